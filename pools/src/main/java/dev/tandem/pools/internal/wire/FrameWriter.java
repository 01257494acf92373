package dev.tandem.pools.internal.wire;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.BitSet;
import java.util.List;

/// Writes the frames of one direction of a connection. For one thread at a time.
public abstract class FrameWriter {
  /*
   * This class alone knows the bytes of a frame on the way out, as FrameInput does on the way in.
   * A frame is made in an Output: begin() reserves the header, the caller puts the content, end()
   * fills in the header once the length and the blobs are known. A finished frame is only moved, its
   * bytes first, then its blobs, so whatever changes a whole payload (compression, a checksum)
   * belongs into end() and into complete() of FrameInput. The first TASK_HEAD bytes of the content
   * must stay as they are: the pool sets the number of a task when it sends it, and a worker claims
   * the task by that number before it has read the rest.
   */

  /// The end of the number of a task, in the frame of a task or of a chunk.
  protected static final int TASK_NUMBER_END = Frame.HEADER + 4;

  /// The most bytes of a piece in the stream: after it, there may be room in the ring again.
  private static final int PIECE = 1 << 16;

  private final WritableByteChannel channel;
  private final Encoder encoder;
  private final BitSet defined = new BitSet();
  private final Output own = new Output();

  /// Creates a writer that has sent no definition.
  protected FrameWriter(WritableByteChannel channel, Encoder encoder) {
    this.channel = channel;
    this.encoder = encoder;
  }

  // ---- one frame

  /// Begins a frame in an empty output.
  public static void begin(Output out, int kind) {
    out.putInt(0);
    out.putByte(kind);
    out.putLong(0);
  }

  /// Begins a frame about a task.
  public static void begin(Output out, int kind, int task) {
    begin(out, kind);
    out.putInt(task);
  }

  /// Begins the frame of a task, a chunk or an initializer, which has no number yet.
  public static void beginTask(Output out, int kind, int flags) {
    begin(out, kind, 0);
    out.putByte(flags);
  }

  /// Ends the frame.
  public static void end(Output out) {
    List<ByteBuffer> blobs = out.blobs();
    int count = blobs.size();
    if (count > 0) {
      out.setLong(Frame.BLOB_BYTES_AT, out.blobBytes());
      for (int i = 0; i < count; i++) {
        out.putLong(blobs.get(i).remaining());
      }
      out.putInt(count);
      out.array()[Frame.KIND_AT] |= Frame.BLOBS;
    }
    out.setInt(0, out.length() - Frame.HEADER);
  }

  /// {@return the first frame of a connection, in which a worker authenticates itself}
  ///
  /// @param number the worker's
  /// @param token the secret that the pool has given to this worker
  public static Output hello(int number, byte[] token) {
    Output out = new Output();
    begin(out, Frame.HELLO);
    out.putVarInt(token.length);
    out.putBytes(token, 0, token.length);
    out.putInt(number);
    out.putLong(System.nanoTime());
    out.putString(Fingerprint.ofThisJvm());
    end(out);
    return out;
  }

  /// {@return the first frame of a worker's second connection}
  ///
  /// @param number the worker's
  /// @param token the secret that the pool has sent over the first connection
  public static Output helloAgain(int number, byte[] token) {
    Output out = new Output();
    begin(out, Frame.HELLO_AGAIN);
    out.putVarInt(token.length);
    out.putBytes(token, 0, token.length);
    out.putInt(number);
    end(out);
    return out;
  }

  /// Sets the number of a task in the copy of its frame that begins at this position of a buffer.
  protected static void setTask(ByteBuffer buffer, int frame, int number) {
    buffer.putInt(frame + Frame.HEADER, number);
  }

  // ---- the stream

  /// Adds a frame to the stream, which copies or sends its bytes before this method returns.
  protected abstract void put(Output frame) throws IOException;

  /// Begins a frame of the stream's own; [#putOwn()] ends it.
  protected final Output beginOwn(int kind) {
    own.reset();
    begin(own, kind);
    return own;
  }

  /// Ends the stream's own frame, and adds it.
  protected final void putOwn() throws IOException {
    end(own);
    put(own);
  }

  /// Adds a definition, unless the stream has it.
  protected final void define(int id) throws IOException {
    if (!defined.get(id)) {
      byte[] definition = encoder.definition(id);
      Output out = beginOwn(Frame.DEFINE);
      out.putInt(id);
      out.putBytes(definition, 0, definition.length);
      putOwn();
      defined.set(id);
    }
  }

  /// Sends bytes at once.
  protected final void write(ByteBuffer bytes) throws IOException {
    int end = bytes.limit();
    while (bytes.position() < end) {
      bytes.limit(bytes.position() + Math.min(Frame.SLICE, end - bytes.position())); // no overflow
      channel.write(bytes);
    }
  }

  /// Sends blobs of a frame that was marked by [#markPieces], in pieces, and leaves their positions
  /// as they are.
  protected final void writePieces(List<ByteBuffer> blobs, BlobRing ring) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
    for (int i = 0; i < blobs.size(); i++) {
      ByteBuffer blob = blobs.get(i).duplicate();
      int end = blob.limit();
      while (blob.position() < end) {
        int inRing = ring.put(blob);
        int here = inRing > 0 ? 0 : Math.min(PIECE, end - blob.position());
        write(length.clear().putInt(inRing > 0 ? -inRing : here).flip());
        write(blob.limit(blob.position() + here));
        blob.limit(end);
      }
    }
  }

  /// Marks a frame, whose first bytes are at this position, as one whose blobs come in pieces.
  protected static void markPieces(ByteBuffer buffer, int frame) {
    int at = frame + Frame.KIND_AT;
    buffer.put(at, (byte) (buffer.get(at) | Frame.PIECES));
  }

  /// Sends blobs at once, and leaves their positions as they are.
  protected final void write(List<ByteBuffer> blobs) throws IOException {
    for (int i = 0; i < blobs.size(); i++) {
      write(blobs.get(i).duplicate());
    }
  }
}
