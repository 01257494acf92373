package dev.tandem.pools.internal.executor;

import java.util.concurrent.atomic.AtomicLongArray;

/// An atomic long with its cache lines to itself: threads that write other things do not slow down
/// those that write this one.
final class PaddedLong {
  private static final int PLACE = 16; // 128 bytes on either side: lines are fetched in pairs

  private final AtomicLongArray places = new AtomicLongArray(2 * PLACE + 1);

  long get() {
    return places.get(PLACE);
  }

  long addAndGet(long delta) {
    return places.addAndGet(PLACE, delta);
  }

  boolean compareAndSet(long expected, long value) {
    return places.compareAndSet(PLACE, expected, value);
  }

  void setBit(long bit) {
    places.updateAndGet(PLACE, value -> value | bit);
  }
}
