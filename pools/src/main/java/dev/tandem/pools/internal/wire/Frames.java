package dev.tandem.pools.internal.wire;

import dev.tandem.pools.internal.codec.Output;
import java.nio.ByteBuffer;
import java.util.List;

/// Puts frames into an [Output], one at a time.
public final class Frames {
  private Frames() {}

  /// Begins the frame that the output, which is empty, shall have.
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

  /// Ends it: its length is known now, and its blobs.
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
}
