package dev.tandem.pools.internal.share;

import dev.tandem.pools.SharedSegment;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// A [SharedSegment] in one process.
public final class Segment extends Shared implements SharedSegment {
  static final int KIND = 0;

  Segment(SharedFiles files, SharedFile file, long offset, long bytes) {
    super(files, file, offset, bytes);
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public long byteSize() {
    return bytes;
  }

  @Override
  public MemorySegment memory() {
    file.checkOpen();
    return memory;
  }

  @Override
  public SharedSegment slice(long from, long size) {
    SharedFiles.checkSize("bytes", size, bytes);
    return new Segment(files, file, offset + Objects.checkFromIndexSize(from, size, bytes), size);
  }
}
