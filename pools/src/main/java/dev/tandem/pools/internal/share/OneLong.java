package dev.tandem.pools.internal.share;

import dev.tandem.pools.SharedLong;
import java.nio.ByteBuffer;

/// A [SharedLong] in one process.
public final class OneLong extends Shared implements SharedLong {
  static final int KIND = 2;

  private final ByteBuffer number;

  OneLong(SharedFiles files, SharedFile file, long offset, long bytes) {
    super(files, file, offset, bytes);
    this.number = memory.asByteBuffer();
  }

  private ByteBuffer open() {
    file.checkOpen();
    return number;
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public long get() {
    return (long) SharedFile.LONG.getVolatile(open(), 0);
  }

  @Override
  public void set(long value) {
    SharedFile.LONG.setVolatile(open(), 0, value);
  }

  @Override
  public long getAndAdd(long delta) {
    return (long) SharedFile.LONG.getAndAdd(open(), 0, delta);
  }

  @Override
  public boolean compareAndSet(long expected, long value) {
    return SharedFile.LONG.compareAndSet(open(), 0, expected, value);
  }
}
