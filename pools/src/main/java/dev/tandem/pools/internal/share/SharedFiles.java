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
  /// Those that are mapped, by their numbers.
  final Map<Long, SharedFile> files = new ConcurrentHashMap<>();

  private final Encoder encoder;

  SharedFiles(Encoder encoder) {
    this.encoder = encoder;
  }

  /// {@return the name of the pool}
  abstract String name();

  /// {@return the file with this number; null if its owner has closed it}
  abstract @Nullable SharedFile find(long id, String path, long bytes) throws DecodingException;

  abstract void close(SharedFile file);

  static long checkSize(String name, long size, long most) {
    if (size < 1 || size > most) {
      throw new IllegalArgumentException(
          name + ": " + size + " (expected: from 1 to " + most + ")");
    }
    return size;
  }

  final void checkOwn(Shared object, Encoder used) {
    if (used != encoder) {
      throw new IllegalArgumentException(object + ": cannot be sent to workers of another pool");
    }
  }

  /// A handle whose file was closed on its way opens as one that is closed: as if the file had been
  /// closed right after.
  @Override
  public final Object open(int kind, Input in, Decoder decoder) throws DecodingException {
    long offset = in.getLong();
    long bytes = in.getLong();
    long id = in.getLong();
    long size = in.getLong();
    SharedFile file = find(id, in.getString(), size);
    if (file == null) {
      file = SharedFile.gone(id, size);
    }
    if (bytes < 1 || offset < 0 || offset > size - bytes || size != file.bytes) {
      throw new DecodingException("broken message: a part that is not in " + file);
    }
    if (kind == Segment.KIND) {
      return new Segment(this, file, offset, bytes);
    }
    if (offset != 0 || bytes % Long.BYTES != 0 || bytes / Long.BYTES > Longs.MOST) {
      throw new DecodingException("broken message: a part of " + file + " with no numbers");
    }
    return switch (kind) {
      case Longs.KIND -> new Longs(this, file, offset, bytes);
      case OneLong.KIND -> new OneLong(this, file, offset, bytes);
      default -> throw new DecodingException("broken message: there is no handle " + kind);
    };
  }
}
