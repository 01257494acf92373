package dev.tandem.pools.internal.wire;

import static java.nio.ByteOrder.nativeOrder;

import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.FuzzBound;
import dev.tandem.pools.internal.codec.Input;
import dev.tandem.pools.internal.codec.Output;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A target of the fuzzer: frames, behind a byte that says who reads them and how they arrive.
///
/// What the reader gives is compared with what stands in the bytes, found in the simplest way.
public final class FuzzFrame {
  // the first byte
  private static final int TRUSTING = 1;
  private static final int SKIP_SECOND = 2;
  private static final int RING = 4;
  private static final int FOLLOWED = 8;

  private static final long MOST = 1 << 20;
  private static final int ROOM = 1 << 9;

  private FuzzFrame() {}

  /// {@return real messages to begin with}
  public static List<byte[]> seeds() {
    List<byte[]> frames = new ArrayList<>();
    Encoder encoder = new Encoder();
    int[] kinds = {1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27};
    Object[] contents = {"text", new byte[20_000], new Object[] {new byte[17_000], 5}};
    for (int kind : kinds) {
      frames.add(frame(kind, contents[0], encoder));
    }
    frames.add(frame(Frame.TASK, contents[1], encoder));
    frames.add(frame(Frame.RESULT, contents[2], encoder));
    frames.add(small(Frame.TASK | Frame.BLOBS, new int[] {3, 5}, null));
    frames.add(small(Frame.RESULT | Frame.BLOBS | Frame.PIECES, new int[] {6}, new int[] {2, -4}));
    frames.add(
        small(Frame.TASK | Frame.BLOBS | Frame.PIECES, new int[] {3, 4}, new int[] {-3, 1, -3}));
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] frame : frames) {
      for (int mode : new int[] {0, TRUSTING, RING, TRUSTING | RING | SKIP_SECOND, FOLLOWED}) {
        if (frame.length < 1_000 || mode == 0) {
          byte[] seed = new byte[1 + 2 * frame.length];
          seed[0] = (byte) (mode | mode << 4);
          System.arraycopy(frame, 0, seed, 1, frame.length);
          System.arraycopy(frame, 0, seed, 1 + frame.length, frame.length);
          seeds.add(seed);
        }
      }
    }
    return seeds;
  }

  private static byte[] frame(int kind, Object content, Encoder encoder) {
    Output out = new Output();
    FrameWriter.beginTask(out, kind, 3);
    try {
      encoder.encode(content, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    FrameWriter.end(out);
    int size = out.length() + (int) out.blobBytes();
    ByteBuffer all = ByteBuffer.allocate(size).put(out.array(), 0, out.length());
    out.blobs().forEach(blob -> all.put(blob.duplicate()));
    return all.array();
  }

  /// A frame with blobs that are smaller than those that are sent, so that changes reach all of it.
  private static byte[] small(int kind, int[] sizes, int[] pieces) {
    ByteBuffer all = ByteBuffer.allocate(200).order(nativeOrder());
    int total = Arrays.stream(sizes).sum();
    all.putInt(Frame.TASK_HEAD + 8 * sizes.length + 4).put((byte) kind).putLong(total);
    all.putInt(1).put((byte) 3);
    for (int size : sizes) {
      all.putLong(size);
    }
    all.putInt(sizes.length);
    for (int piece : pieces == null ? new int[0] : pieces) {
      all.putInt(piece);
      all.position(all.position() + Math.max(0, piece));
    }
    all.position(all.position() + (pieces == null ? total : 0));
    return Arrays.copyOf(all.array(), all.position());
  }

  /// Gives bytes in pieces of a size, then ends.
  private static final class Source implements ReadableByteChannel {
    final ByteBuffer left;
    final int size;
    int reads;

    Source(ByteBuffer left, int size) {
      this.left = left;
      this.size = size;
    }

    @Override
    public int read(ByteBuffer target) {
      reads++;
      int count = Math.min(size, Math.min(left.remaining(), target.remaining()));
      if (!left.hasRemaining()) {
        return -1;
      }
      if (count == 0) {
        throw new AssertionError("a read of nothing, which would never end");
      }
      target.put(left.slice(left.position(), count));
      left.position(left.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  public static void fuzzerTestOneInput(byte[] data) throws Exception {
    if (data.length > 0) {
      FuzzBound.check(
          data.length,
          () -> {
            read(data[0], data);
            return null;
          });
    }
  }

  private static void read(int mode, byte[] data) {
    boolean trusting = (mode & TRUSTING) != 0;
    int split = (mode & FOLLOWED) == 0 || trusting ? data.length : (data.length + 1) / 2;
    int size = (mode & 0xf0) == 0 ? data.length : (mode & 0xf0) >> 4;
    Source source = new Source(ByteBuffer.wrap(data, 1, split - 1), size);
    FrameInput frames = trusting ? FrameInput.ofPool(source) : FrameInput.ofWorker(source, MOST);
    frames.allow(MOST);
    if ((mode & RING) != 0) {
      frames.through(
          BlobRing.over(ByteBuffer.allocateDirect(64 + ROOM).order(nativeOrder()), ROOM, 1));
    }
    Oracle oracle = new Oracle(data);
    int count = 0;
    boolean more = !trusting && split < data.length;
    while (true) {
      try {
        boolean here = frames.hasNext();
        int reads = source.reads;
        int kind = frames.begin();
        boolean skip = (count++ & 1) == 1 && (mode & SKIP_SECOND) != 0;
        oracle.head(kind, frames.length());
        if (trusting && (skip || frames.excess() != null)) {
          frames.skip();
          oracle.skipped();
        } else {
          frames.complete();
          oracle.read(frames.input());
        }
        if (here && source.reads != reads) {
          throw new AssertionError("a frame that was here has waited");
        }
      } catch (EOFException e) {
        if (!more || (mode & RING) != 0) {
          return;
        }
        more = false; // what is on the page comes behind what has arrived
        byte[] rest = Arrays.copyOfRange(data, split, data.length);
        if (oracle.isInBlobs(split)) {
          return; // blobs that were begun are gone with the connection
        }
        frames = frames.followedBy(rest);
      } catch (IOException e) {
        if (String.valueOf(e.getMessage()).isBlank()) {
          throw new AssertionError("a failure without a message", e);
        }
        return;
      }
    }
  }

  /// The frames as they stand in the bytes, up to the first whose blobs come in pieces.
  private static final class Oracle {
    private final ByteBuffer bytes;
    private int at = 1;
    private boolean lost;

    Oracle(byte[] data) {
      bytes = ByteBuffer.wrap(data).order(nativeOrder());
    }

    void head(int kind, long length) {
      int given = lost ? 0 : bytes.get(at + Frame.KIND_AT);
      lost |= (given & Frame.PIECES) != 0;
      if (!lost) {
        long stands = bytes.getInt(at) + bytes.getLong(at + Frame.BLOB_BYTES_AT);
        if (kind != (given & Frame.KIND) || length != stands) {
          throw new AssertionError("%s of %s bytes at %s".formatted(kind, length, at));
        }
      }
    }

    boolean isInBlobs(int split) {
      return lost
          || (at + Frame.HEADER <= bytes.capacity()
              && (bytes.get(at + Frame.KIND_AT) & Frame.BLOBS) != 0
              && at < split);
    }

    void read(Input in) throws IOException {
      if (lost) {
        return;
      }
      int content = bytes.getInt(at);
      long blobs = bytes.getLong(at + Frame.BLOB_BYTES_AT);
      int count = blobs == 0 ? -1 : bytes.getInt(at + Frame.HEADER + content - 4);
      int values = blobs == 0 ? content : content - 4 - 8 * count;
      if (in.remaining() != values) {
        throw new AssertionError("%s bytes (expected: %s)".formatted(in.remaining(), values));
      }
      try {
        byte[] given = in.getBytes(values);
        int from = at + Frame.HEADER;
        if (!Arrays.equals(given, 0, values, bytes.array(), from, from + values)) {
          throw new AssertionError("other bytes at " + at);
        }
      } catch (dev.tandem.pools.internal.codec.DecodingException e) {
        throw new AssertionError(e);
      }
      skipped();
    }

    void skipped() {
      if (!lost) {
        long next = at + Frame.HEADER + bytes.getInt(at) + bytes.getLong(at + Frame.BLOB_BYTES_AT);
        if (next > bytes.capacity()) {
          throw new AssertionError("a frame was passed of which not all was there");
        }
        at = (int) next;
      }
    }
  }
}
