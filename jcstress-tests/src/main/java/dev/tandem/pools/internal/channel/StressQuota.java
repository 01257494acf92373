package dev.tandem.pools.internal.channel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/// A giver and a user over the same memory, made by the thousand.
final class StressQuota {
  private static final int QUOTAS = 1 << 14; // more than jcstress has at the same time
  private static final MemorySegment ARENA =
      Arena.global().allocate((long) QUOTAS * Quota.SIZE, Quota.SIZE);
  private static final AtomicInteger next = new AtomicInteger();

  final Quota giver;
  final Quota user;

  /// @param given how many steps were given; the user has used the first, and so knows the limit
  StressQuota(int given) {
    long at = (next.getAndIncrement() & (QUOTAS - 1)) * (long) Quota.SIZE;
    MemorySegment memory = ARENA.asSlice(at, Quota.SIZE).fill((byte) 0);
    giver = new Quota(memory);
    user = new Quota(memory);
    if (given > 0) {
      giver.give(given);
      var _ = user.use();
    }
  }
}
