package dev.tandem.pools.internal.worker;

import dev.tandem.pools.internal.codec.Input;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/// Reads the frames of a connection, one after the other. For one thread.
public final class FrameInput {
  private static final int BUFFER = 1 << 16;

  /// How much of a blob is read at a time: the JDK copies a heap array through a direct buffer of
  /// this size, which it keeps.
  private static final int SLICE = 1 << 18;

  private static final byte[][] NO_BLOBS = {};

  private final @Nullable ReadableByteChannel channel;
  private long maxMessage;
  private byte[] bytes = new byte[BUFFER];
  private ByteBuffer buffer = wrap(bytes);
  private int from; // the next byte of the stream
  private int to; // the end of what was read
  private long received;
  private @Nullable Input input;

  /// Creates the reader of a connection.
  ///
  /// @param maxMessage how large a frame may be; a larger one is an error
  public FrameInput(ReadableByteChannel channel, long maxMessage) {
    this.channel = channel;
    this.maxMessage = maxMessage;
  }

  /// Creates the reader of what is left of a connection.
  private FrameInput(FrameInput before, byte[] rest) {
    this.channel = null;
    this.maxMessage = before.maxMessage;
    this.received = before.received + rest.length;
    bytes = new byte[before.to - before.from + rest.length];
    System.arraycopy(before.bytes, before.from, bytes, 0, before.to - before.from);
    System.arraycopy(rest, 0, bytes, before.to - before.from, rest.length);
    buffer = wrap(bytes);
    to = bytes.length;
  }

  /// {@return a reader of what this one has read and not given, and of these bytes behind it}
  public FrameInput followedBy(byte[] rest) {
    return new FrameInput(this, rest);
  }

  private static ByteBuffer wrap(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.nativeOrder());
  }

  /// From now on frames may be this large.
  public void allow(long newMaxMessage) {
    maxMessage = newMaxMessage;
  }

  /// {@return how many bytes of the stream have been read}
  public long received() {
    return received;
  }

  /// {@return whether the next frame is here already, so that [#next()] does not wait}
  public boolean hasNext() {
    if (to - from < Frame.HEADER) {
      return false;
    }
    return (bytes[from + 4] & Frame.BLOBS) == 0 && to - from - Frame.HEADER >= intAt(from);
  }

  /// Waits for the next frame; [#input()] then gives its content.
  ///
  /// @return its kind
  /// @throws EOFException at the end of the stream, also in the middle of a frame
  /// @throws IOException if the connection fails or the frame is too large
  public int next() throws IOException {
    input = null; // nothing of the last frame is kept while there is none
    require(Frame.HEADER);
    int length = intAt(from);
    int kind = bytes[from + 4];
    if (length < 0 || length > maxMessage) {
      throw tooLarge(length);
    }
    require(Frame.HEADER + length);
    int start = from + Frame.HEADER;
    int end = start + length;
    from = end;
    if ((kind & Frame.BLOBS) == 0) {
      input = new Input(bytes, start, end, NO_BLOBS);
      return kind;
    }
    if (length < 4) {
      throw broken("a frame of kind " + kind + " has no room for its blobs");
    }
    int count = intAt(end - 4);
    if (count < 0 || count > (length - 4) / 8) {
      throw broken("a frame says that it has blobs: " + count);
    }
    int table = end - 4 - 8 * count;
    long total = length;
    byte[][] blobs = new byte[count][];
    for (int i = 0; i < count; i++) {
      long size = buffer.getLong(table + 8 * i);
      total += size;
      if (size < 0 || total > maxMessage || size > Integer.MAX_VALUE - 8) {
        throw tooLarge(total);
      }
      blobs[i] = blob((int) size);
    }
    input = new Input(bytes, start, table, blobs);
    return kind & ~Frame.BLOBS;
  }

  /// What arrived is no frame, or not one that may be sent.
  public static final class BrokenFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenFrameException(String message) {
      super(message);
    }
  }

  private static BrokenFrameException broken(String message) {
    return new BrokenFrameException(message);
  }

  private IOException tooLarge(long length) {
    return broken(
        "a message of "
            + length
            + " bytes (expected: at most "
            + maxMessage
            + "; see withMaxMessage)");
  }

  /// {@return the content of the frame; valid until the next [#next()]}
  public Input input() {
    Input current = input;
    if (current == null) {
      throw new IllegalStateException("no frame was read");
    }
    return current;
  }

  private byte[] blob(int size) throws IOException {
    byte[] blob = new byte[size];
    int done = Math.min(size, to - from);
    System.arraycopy(bytes, from, blob, 0, done);
    from += done;
    ByteBuffer target = ByteBuffer.wrap(blob);
    while (done < size) {
      target.limit(Math.min(size, done + SLICE)).position(done);
      done += read(target);
    }
    return blob;
  }

  private int read(ByteBuffer target) throws IOException {
    int n = channel == null ? -1 : channel.read(target);
    if (n < 0) {
      throw new EOFException("the connection has ended");
    }
    received += n;
    return n;
  }

  /// Waits until so many bytes are there.
  private void require(int n) throws IOException {
    if (to - from >= n) {
      return;
    }
    if (bytes.length - from < n) {
      byte[] target = bytes.length < n ? new byte[Math.max(n, BUFFER)] : bytes;
      System.arraycopy(bytes, from, target, 0, to - from);
      to -= from;
      from = 0;
      if (target != bytes) {
        bytes = target;
        buffer = wrap(target);
      }
    } else if (from == to && bytes.length > BUFFER) {
      bytes = new byte[BUFFER]; // one large message does not keep its buffer for ever
      buffer = wrap(bytes);
      from = 0;
      to = 0;
    } else if (from == to) {
      from = 0;
      to = 0;
    }
    while (to - from < n) {
      buffer.limit(bytes.length).position(to);
      to += read(buffer);
    }
    buffer.clear();
  }

  private int intAt(int at) {
    return buffer.getInt(at);
  }
}
