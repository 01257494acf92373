package dev.tandem.pools.internal.channel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Memory of a [Quota] in states to which its methods would take hours.
public final class Quotas {
  public static final int SIZE = Quota.SIZE;

  /// The last epoch before they come again.
  public static final int LAST_EPOCH = Integer.MAX_VALUE;

  private static final int EPOCH_SHIFT = 33;
  private static final long LIMIT_AT = 64;

  private Quotas() {}

  /// {@return memory of a quota of which nothing was given yet}
  static MemorySegment memory() {
    return Arena.ofAuto().allocate(SIZE, 64);
  }

  /// {@return memory of a quota of which all was used}
  static MemorySegment memory(int used, int epoch) {
    MemorySegment memory = memory();
    start(memory, used, epoch);
    return memory;
  }

  /// Writes that so many steps, modulo 2^32, were given and used, and in which epoch.
  public static void start(MemorySegment memory, int used, int epoch) {
    memory.set(
        ValueLayout.JAVA_LONG, 0, (long) epoch << EPOCH_SHIFT | Integer.toUnsignedLong(used));
    setLimit(memory, used);
  }

  static void setLimit(MemorySegment memory, int limit) {
    memory.set(ValueLayout.JAVA_LONG, LIMIT_AT, limit);
  }
}
