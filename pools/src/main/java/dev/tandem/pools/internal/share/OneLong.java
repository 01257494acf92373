package dev.tandem.pools.internal.share;

import dev.tandem.pools.SharedLong;
import java.lang.foreign.MemorySegment;

/// A [SharedLong] in one process.
public final class OneLong extends Shared implements SharedLong {
  static final int KIND = 2;

  private final MemorySegment memory;

  OneLong(SharedFiles files, SharedFile file, long offset, long bytes) {
    super(files, file, offset, bytes);
    this.memory = content();
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public long get() {
    return (long) Longs.LONG.getVolatile(memory, 0L);
  }

  @Override
  public void set(long value) {
    Longs.LONG.setVolatile(memory, 0L, value);
  }

  @Override
  public long getAndAdd(long delta) {
    return (long) Longs.LONG.getAndAdd(memory, 0L, delta);
  }

  @Override
  public boolean compareAndSet(long expected, long value) {
    return Longs.LONG.compareAndSet(memory, 0L, expected, value);
  }
}
