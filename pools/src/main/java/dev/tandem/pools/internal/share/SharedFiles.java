package dev.tandem.pools.internal.share;

import dev.tandem.pools.internal.codec.Decoder;
import dev.tandem.pools.internal.codec.DecodingException;
import dev.tandem.pools.internal.codec.Encoder;
import dev.tandem.pools.internal.codec.HandleOpener;
import dev.tandem.pools.internal.codec.Input;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The shared files that one process knows of one pool.
public abstract sealed class SharedFiles implements HandleOpener permits OwnedFiles, OpenedFiles {
  final Map<Long, SharedFile> files = new ConcurrentHashMap<>();
  private final Encoder encoder;

  SharedFiles(Encoder encoder) {
    this.encoder = encoder;
  }

  /// {@return the name of the pool}
  abstract String name();

  /// {@return the file that a handle names; null if it is closed}
  abstract @Nullable SharedFile find(long id, String path, long bytes) throws DecodingException;

  abstract void close(SharedFile file);

  static long checkSize(String name, long bytes) {
    if (bytes < 1 || bytes > Long.MAX_VALUE - SharedFile.HEADER) {
      throw new IllegalArgumentException(name + ": " + bytes + " (expected: at least 1)");
    }
    return bytes;
  }

  final void checkOwn(Shared object, Encoder used) {
    if (used != encoder) {
      throw new IllegalArgumentException(object + " cannot be sent to the workers of another pool");
    }
  }

  @Override
  public final Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    long offset = in.getLong();
    long bytes = in.getLong();
    long id = in.getLong();
    long size = in.getLong();
    SharedFile file = find(id, in.getString(), size);
    if (file == null || file.isClosed()) {
      throw new DecodingException("shared memory " + id + " was closed");
    }
    if (bytes < 1 || offset < 0 || offset > size - bytes || size != file.bytes()) {
      throw new DecodingException("broken message: a part that is not in " + file);
    }
    try {
      return switch (kind) {
        case Segment.KIND -> new Segment(this, file, offset, bytes);
        case Longs.KIND -> new Longs(this, file, offset, bytes);
        case OneLong.KIND -> new OneLong(this, file, offset, bytes);
        default -> throw new DecodingException("broken message: there is no handle " + kind);
      };
    } catch (IllegalStateException e) { // closed just now
      throw new DecodingException(String.valueOf(e.getMessage()));
    }
  }
}
