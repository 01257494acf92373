package dev.tandem.pools.internal.wire;

import static java.util.Objects.requireNonNull;

import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the frames of a connection, one after the other. For one thread.
public final class FrameInput {
  /*
   * A frame is read in two steps: begin() waits for its head, which says what it is and how much
   * it needs; complete() for the rest, or skip() passes over that in bounded memory. So a worker
   * claims a task, and finds out whether it has room for it, before it reads it.
   *
   * The pool does not believe a length that a worker sends: memory grows with what has arrived, to
   * at most EAGER times of that. A worker believes the pool, and has no heap to spare for copies.
   */
  private static final int BUFFER = 1 << 16;

  /// How much is allocated for a sender that is not trusted before any of it has arrived.
  private static final int FIRST = 1 << 20;

  private static final int EAGER = 8;

  private static final byte[][] NO_BLOBS = {};

  private final @Nullable ReadableByteChannel channel;
  private final boolean trusting;
  private long most;
  private byte[] bytes = new byte[BUFFER];
  private ByteBuffer buffer = wrap(bytes);
  private int from; // the next byte of the stream: of a frame that has begun, its first
  private int to; // the end of what was read
  private long received;
  private int kind;
  private @Nullable Input input;
  private @Nullable BlobRing pieces; // by which the blobs of this frame come
  private long blobBytes;
  private volatile @Nullable BlobRing ring;

  private FrameInput(ReadableByteChannel channel, long maxMessage, boolean trusting) {
    this.channel = channel;
    this.trusting = trusting;
    this.most = largest(maxMessage);
  }

  /// Creates the reader of what is left of a connection.
  private FrameInput(FrameInput before, byte[] rest) {
    this.channel = null;
    this.trusting = before.trusting;
    this.most = before.most;
    this.received = before.received + rest.length;
    if (rest.length == 0) {
      bytes = before.bytes;
      from = before.from;
      to = before.to;
    } else {
      int kept = before.to - before.from;
      bytes = new byte[Math.addExact(kept, rest.length)];
      System.arraycopy(before.bytes, before.from, bytes, 0, kept);
      System.arraycopy(rest, 0, bytes, kept, rest.length);
      to = bytes.length;
    }
    buffer = wrap(bytes);
  }

  /// {@return a reader for the pool, of what a worker sends}
  ///
  /// @param maxMessage how large a message may be; a larger one is an error
  public static FrameInput ofWorker(ReadableByteChannel channel, long maxMessage) {
    return new FrameInput(channel, maxMessage, false);
  }

  /// {@return a reader for a worker, of what its pool sends}
  public static FrameInput ofPool(ReadableByteChannel channel) {
    return new FrameInput(channel, Integer.MAX_VALUE, true);
  }

  /// {@return a reader of what this one has read and not given, and of these bytes behind it}
  public FrameInput followedBy(byte[] rest) {
    return new FrameInput(this, rest);
  }

  /// {@return how large a frame may be whose values may have so many bytes} Lengths of blobs, which
  /// have 16 KiB at least, and numbers of tasks stand beside the values.
  private static long largest(long maxMessage) {
    long beside = (maxMessage >> 10) + 1024;
    return maxMessage > Long.MAX_VALUE - beside ? Long.MAX_VALUE : maxMessage + beside;
  }

  private static ByteBuffer wrap(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.nativeOrder());
  }

  /// Changes how large a message may be.
  public void allow(long newMaxMessage) {
    most = largest(newMaxMessage);
  }

  /// Takes where blobs may come in pieces from now on. Thread: any, before the sender knows.
  public void through(BlobRing newRing) {
    ring = newRing;
  }

  /// {@return how many bytes of the stream have been read}
  public long received() {
    return received;
  }

  /// {@return whether the next frame is here already, so that reading it does not wait}
  public boolean hasNext() {
    return to - from >= Frame.HEADER && isComplete();
  }

  /// {@return whether all of the frame that has begun is here}
  public boolean isComplete() {
    return (bytes[from + Frame.KIND_AT] & Frame.BLOBS) == 0
        && to - from - Frame.HEADER >= contentLength();
  }

  /// Waits for the next frame; [#input()] then gives its content.
  ///
  /// @return its kind
  /// @throws EOFException at the end of the stream, also in the middle of a frame
  /// @throws IOException if the connection fails or the frame is too large
  public int next() throws IOException {
    var _ = begin();
    complete();
    return kind;
  }

  /// {@return the kind of the frame that was begun last}
  public int kind() {
    return kind;
  }

  // ---- the head

  /// Waits for the head of the next frame.
  ///
  /// @return its kind
  /// @throws EOFException at the end of the stream
  /// @throws IOException if the connection fails or the head is broken
  public int begin() throws IOException {
    input = null; // nothing of the last frame is kept while there is none
    require(Frame.HEADER);
    int length = contentLength();
    int given = bytes[from + Frame.KIND_AT];
    boolean blobs = (given & Frame.BLOBS) != 0;
    blobBytes = buffer.getLong(from + Frame.BLOB_BYTES_AT);
    boolean inPieces = (given & Frame.PIECES) != 0;
    pieces = inPieces ? ring : null;
    boolean isLength = length >= 0 && blobBytes >>> 62 == 0; // so that length() does not overflow
    if (!isLength || blobs != blobBytes > 0 || inPieces != (pieces != null)) {
      throw new BrokenFrameException(
          "a frame of kind %s with %s bytes and %s in blobs".formatted(given, length, blobBytes));
    }
    require(Frame.HEADER + Math.min(length, Frame.TASK_HEAD));
    kind = given & Frame.KIND;
    return kind;
  }

  private int contentLength() {
    return buffer.getInt(from);
  }

  /// {@return how many bytes the blobs of the frame have that was begun last}
  public long blobBytes() {
    return blobBytes;
  }

  /// {@return how many bytes the frame that has begun has behind its header}
  public long length() {
    return contentLength() + blobBytes;
  }

  /// {@return the number of the task that has begun}
  public int taskNumber() throws IOException {
    checkTask();
    return buffer.getInt(from + Frame.HEADER);
  }

  /// {@return the flags of the task that has begun}
  public int taskFlags() throws IOException {
    checkTask();
    return bytes[from + Frame.HEADER + 4];
  }

  private void checkTask() throws IOException {
    if (contentLength() < Frame.TASK_HEAD) {
      throw new BrokenFrameException("a task of %s bytes".formatted(contentLength()));
    }
  }

  /// {@return why the frame that has begun can never be read; null if it can}
  public @Nullable String excess() {
    int longest = Output.LARGEST_ARRAY - Frame.HEADER;
    if (contentLength() > longest) {
      return "%s bytes beside its large arrays (expected: at most %s, as many as a JVM's array has)"
          .formatted(contentLength(), longest);
    }
    if (length() > most) {
      return "%s bytes (expected: at most %s; see withMaxMessage)".formatted(length(), most);
    }
    return null;
  }

  // ---- the rest

  /// Waits for the rest of the frame that has begun; [#input()] then gives its content.
  public void complete() throws IOException {
    String excess = excess();
    if (excess != null) {
      throw new BrokenFrameException("a message of " + excess);
    }
    int length = contentLength();
    long left = blobBytes;
    require(Frame.HEADER + length);
    int start = from + Frame.HEADER;
    int end = start + length;
    from = end;
    if (left == 0) {
      input = new Input(bytes, start, end, NO_BLOBS);
      return;
    }
    int count = length < 4 ? -1 : buffer.getInt(end - 4);
    if (count < 0 || count > (length - 4) / 8) {
      throw new BrokenFrameException("a frame says that it has blobs: " + count);
    }
    int table = end - 4 - 8 * count;
    byte[][] blobs = new byte[count][];
    for (int i = 0; i < count; i++) {
      long size = buffer.getLong(table + 8 * i);
      if (size < 0 || size > left || size > Output.LARGEST_ARRAY) {
        throw new BrokenFrameException(
            "a blob of %s bytes where %s are left".formatted(size, left));
      }
      left -= size;
      blobs[i] = blob((int) size);
    }
    if (left != 0) {
      throw new BrokenFrameException(
          "blobs of %s bytes less than their frame says".formatted(left));
    }
    input = new Input(bytes, start, table, blobs);
  }

  /// Passes over the rest of the frame that has begun.
  public void skip() throws IOException {
    BlobRing through = pieces;
    skip(Frame.HEADER + (through == null ? length() : contentLength()));
    for (long left = through == null ? 0 : blobBytes; left > 0; ) {
      int piece = piece(left);
      left -= Math.abs(piece);
      if (piece > 0) {
        skip(piece);
      } else {
        received -= piece;
        requireNonNull(through).skip(-piece);
      }
    }
  }

  /// Passes over bytes of the stream.
  private void skip(long count) throws IOException {
    for (long left = count; left > 0; ) {
      require(1);
      int here = (int) Math.min(left, to - from);
      from += here;
      left -= here;
    }
  }

  /// {@return the length of the next piece of a blob; negative if it is in the ring}
  ///
  /// @param left how much of the blob, or of all blobs, is left
  private int piece(long left) throws IOException {
    byte[] head = new byte[Integer.BYTES];
    fill(head, 0, head.length);
    received -= head.length; // it is not of the stream that the sender counts
    int piece = wrap(head).getInt(0);
    if (piece == 0 || piece == Integer.MIN_VALUE || Math.abs(piece) > left) {
      throw new BrokenFrameException(
          "a piece of %s bytes where %s are left".formatted(piece, left));
    }
    return piece;
  }

  /// What arrived is no frame, or not one that may be sent.
  public static final class BrokenFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenFrameException(String message) {
      super(message);
    }
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
    byte[] blob = new byte[trusting ? size : Math.min(size, FIRST)];
    BlobRing through = pieces;
    for (int done = 0; done < size; ) {
      int piece = through == null ? size - done : piece(size - done);
      for (int end = done + Math.abs(piece); done < end; ) {
        if (done == blob.length) {
          blob = Arrays.copyOf(blob, believed(size, done));
        }
        int part = Math.min(end, blob.length) - done;
        if (piece > 0) {
          fill(blob, done, part);
        } else {
          requireNonNull(through).get(blob, done, part);
          received += part;
        }
        done += part;
      }
    }
    return blob;
  }

  /// Waits for bytes of the stream.
  private void fill(byte[] array, int at, int count) throws IOException {
    int done = Math.min(count, to - from);
    System.arraycopy(bytes, from, array, at, done);
    from += done;
    ByteBuffer target = ByteBuffer.wrap(array);
    while (done < count) {
      target.limit(at + done + Math.min(Frame.SLICE, count - done)).position(at + done);
      done += read(target);
    }
  }

  /// {@return how much is allocated for something of this size of which so much has arrived}
  private static int believed(int size, int arrived) {
    return (int) Math.min(size, (long) EAGER * arrived);
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
    if (from == to) {
      if (bytes.length > BUFFER) {
        bytes = new byte[BUFFER]; // one large message does not keep its buffer for ever
        buffer = wrap(bytes);
      }
      from = 0;
      to = 0;
    }
    while (to - from < n) {
      int enough = trusting ? n : Math.min(n, Math.max(FIRST, believed(n, to - from)));
      if (bytes.length - from < enough) {
        move(enough);
      }
      while (to < bytes.length && to - from < n) {
        buffer.limit(bytes.length).position(to);
        to += read(buffer);
      }
    }
    buffer.clear();
  }

  /// Moves what is there to the beginning of an array that has room for so many bytes.
  private void move(int room) {
    byte[] target = bytes.length < room ? new byte[Math.max(room, BUFFER)] : bytes;
    System.arraycopy(bytes, from, target, 0, to - from);
    to -= from;
    from = 0;
    if (target != bytes) {
      bytes = target;
      buffer = wrap(target);
    }
  }
}
