package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.Frames;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frame of a task, encoded once by its submitter, for whatever worker will get it: the task's
/// number, which a worker's connection gives it, is filled in when it is sent.
public final class Message {
  private static final int[] NONE = {};
  private static final int NUMBER_AT = Frame.HEADER;

  /// The bytes up to the number, and that: what differs from worker to worker.
  static final int HEAD = NUMBER_AT + 4;

  private final byte[] bytes;
  private final List<ByteBuffer> blobs;
  private final int[] definitions;
  private @Nullable ClassLoader guest; // written before the message is shared

  private Message(byte[] bytes, List<ByteBuffer> blobs, int[] definitions) {
    this.bytes = bytes;
    this.blobs = blobs;
    this.definitions = definitions;
  }

  /// Begins the frame of a task that has no number yet.
  public static void begin(Output out, int kind, int flags) {
    Frames.begin(out, kind, 0);
    out.putByte(flags);
  }

  /// Ends the frame.
  public static Message of(Output out) {
    Frames.end(out);
    int count = out.definitionCount();
    int[] definitions = count == 0 ? NONE : new int[count];
    for (int i = 0; i < count; i++) {
      definitions[i] = out.definition(i);
    }
    return new Message(
        Arrays.copyOf(out.array(), out.length()), List.copyOf(out.blobs()), definitions);
  }

  /// {@return the frame of what a worker does first}
  ///
  /// @throws IllegalArgumentException if that cannot be sent
  static Message ofInitializer(FleetOptions settings, Encoder encoder, ApplicationCode origins) {
    Output out = new Output(settings.maxMessage());
    begin(out, Frame.INITIALIZE, 0);
    Object body = settings.initializer();
    if (body == null) {
      return of(out);
    }
    try {
      encoder.encode(body, out);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "initializer: cannot be sent to a worker: " + e.getMessage(), e);
    }
    Message message = of(out);
    message.guest = origins.allow(body.getClass(), message.definitions());
    return message;
  }

  /// {@return the length of the frame without its blobs}
  int length() {
    return bytes.length;
  }

  /// {@return the large arrays behind it, by reference}
  List<ByteBuffer> blobs() {
    return blobs;
  }

  /// {@return what the worker must know first}
  int[] definitions() {
    return definitions;
  }

  /// Notes whose classes its answer is of: see [ApplicationCode#allow].
  void setGuest(@Nullable ClassLoader loader) {
    guest = loader;
  }

  /// {@return the loader that finds the classes of its answer; null if that is the pool's}
  @Nullable ClassLoader guest() {
    return guest;
  }

  boolean hasBlobs() {
    return !blobs.isEmpty();
  }

  /// Puts the frame without its blobs into a buffer that has room for it.
  void putInto(ByteBuffer target, int number) {
    int at = target.position();
    target.put(bytes);
    target.putInt(at + NUMBER_AT, number);
  }

  /// Puts the first [#HEAD] bytes into a buffer: a large frame is not copied for its number.
  void putHeadInto(ByteBuffer target, int number) {
    target.put(bytes, 0, NUMBER_AT).putInt(number);
  }

  /// {@return the frame behind its head, without its blobs}
  ByteBuffer behindHead() {
    return ByteBuffer.wrap(bytes, HEAD, bytes.length - HEAD);
  }
}
