package dev.tandem.pools.internal.share;

import dev.tandem.pools.SharedLongArray;
import java.nio.ByteBuffer;
import java.util.Objects;

/// A [SharedLongArray] in one process.
public final class Longs extends Shared implements SharedLongArray {
  static final int KIND = 1;

  /// As many as a buffer has room for.
  static final int MOST = Integer.MAX_VALUE / Long.BYTES;

  private final ByteBuffer numbers;

  Longs(SharedFiles files, SharedFile file, long offset, long bytes) {
    super(files, file, offset, bytes);
    this.numbers = memory.asByteBuffer();
  }

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public int length() {
    return (int) (bytes / Long.BYTES);
  }

  /// {@return where an element is, for one use}
  private int at(int index) {
    file.checkOpen();
    return Objects.checkIndex(index, length()) * Long.BYTES;
  }

  @Override
  public long get(int index) {
    return (long) SharedFile.LONG.getVolatile(numbers, at(index));
  }

  @Override
  public void set(int index, long value) {
    SharedFile.LONG.setVolatile(numbers, at(index), value);
  }

  @Override
  public long getAndAdd(int index, long delta) {
    return (long) SharedFile.LONG.getAndAdd(numbers, at(index), delta);
  }

  @Override
  public boolean compareAndSet(int index, long expected, long value) {
    return SharedFile.LONG.compareAndSet(numbers, at(index), expected, value);
  }
}
