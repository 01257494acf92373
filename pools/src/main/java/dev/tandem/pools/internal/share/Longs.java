package dev.tandem.pools.internal.share;

import dev.tandem.pools.SharedLongArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/// A [SharedLongArray] in one process.
public final class Longs extends Shared implements SharedLongArray {
  static final int KIND = 1;
  static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment memory;

  Longs(SharedFiles files, SharedFile file, long offset, long bytes) {
    super(files, file, offset, bytes);
    this.memory = content();
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public int length() {
    return (int) (bytes / Long.BYTES);
  }

  private long at(int index) {
    return (long) Objects.checkIndex(index, length()) * Long.BYTES;
  }

  @Override
  public long get(int index) {
    return (long) LONG.getVolatile(memory, at(index));
  }

  @Override
  public void set(int index, long value) {
    LONG.setVolatile(memory, at(index), value);
  }

  @Override
  public long getAndAdd(int index, long delta) {
    return (long) LONG.getAndAdd(memory, at(index), delta);
  }

  @Override
  public boolean compareAndSet(int index, long expected, long value) {
    return LONG.compareAndSet(memory, at(index), expected, value);
  }
}
