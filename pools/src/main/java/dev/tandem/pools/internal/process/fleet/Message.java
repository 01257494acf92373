package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.codec.ApplicationCode;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.FrameWriter;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The frame of a task, encoded once by its submitter, for any worker: [SendStream] fills in the
/// task's number, which differs from worker to worker.
public final class Message {
  private static final int[] NONE = {};

  /// The frame without its blobs, not to be changed.
  final byte[] bytes;

  /// The large arrays behind it, by reference.
  final List<ByteBuffer> blobs;

  /// The definitions that the worker must have first.
  final int[] definitions;

  private @Nullable ClassLoader guest; // written before the message is shared

  private Message(byte[] bytes, List<ByteBuffer> blobs, int[] definitions) {
    this.bytes = bytes;
    this.blobs = blobs;
    this.definitions = definitions;
  }

  /// Ends the frame that [FrameWriter#beginTask] has begun, and copies it.
  public static Message of(Output out) {
    FrameWriter.end(out);
    int count = out.definitionCount();
    int[] definitions = count == 0 ? NONE : new int[count];
    for (int i = 0; i < count; i++) {
      definitions[i] = out.definition(i);
    }
    return new Message(
        Arrays.copyOf(out.array(), out.length()), List.copyOf(out.blobs()), definitions);
  }

  /// {@return the frame of the initializer}
  ///
  /// @throws IllegalArgumentException if that cannot be sent
  static Message ofInitializer(FleetOptions options, Encoder encoder, ApplicationCode origins) {
    Output out = new Output(options.limits().message());
    FrameWriter.beginTask(out, Frame.INITIALIZE, 0);
    Object body = options.code().initializer();
    if (body == null) {
      return of(out);
    }
    try {
      encoder.encodeBody(body, out);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "initializer: cannot be sent to a worker: " + e.getMessage(), e);
    }
    Message message = of(out);
    message.guest = origins.allow(body.getClass(), message.definitions);
    return message;
  }

  /// {@return the length of the frame without its blobs}
  int length() {
    return bytes.length;
  }

  /// Sets the loader that finds the classes of its answer: see [ApplicationCode#allow].
  void setGuest(@Nullable ClassLoader loader) {
    guest = loader;
  }

  /// {@return that loader; null if the pool's finds them}
  @Nullable ClassLoader guest() {
    return guest;
  }

  /// {@return how many bytes its large arrays have}
  long blobBytes() {
    long bytes = 0;
    for (ByteBuffer blob : blobs) {
      bytes += blob.remaining();
    }
    return bytes;
  }

  boolean hasBlobs() {
    return !blobs.isEmpty();
  }
}
