package dev.tandem.pools.internal.thread;

import java.util.concurrent.atomic.AtomicInteger;

/// How many runners of a map are queued or at work.
final class RunnerCount {
  /*
   * No input is stranded. The consumer publishes an input (MapRing.filled), then reads `active` and
   * starts a runner if there are too few. A runner that finds nothing to claim decrements `active`,
   * then looks for inputs again, and goes on if there are some. All four steps are volatile or
   * atomic, so if the consumer still counts the runner, the runner sees the input.
   */
  private final MapRing ring;
  private final AtomicInteger active = new AtomicInteger();
  private final int max;

  RunnerCount(MapRing ring, int max) {
    this.ring = ring;
    this.max = max;
  }

  /// {@return whether there were too few, and one more is counted in} One step, because a runner
  /// that comes back counts itself in at the same time.
  boolean tryAdd() {
    while (true) {
      int n = active.get();
      if (n >= max) {
        return false;
      }
      if (active.compareAndSet(n, n + 1)) {
        return true;
      }
    }
  }

  boolean isZero() {
    return active.get() == 0;
  }

  void remove() {
    active.decrementAndGet();
  }

  /// Counts out a runner that has found nothing to claim.
  ///
  /// @return true if it is counted out; false if it must go on, because there is something now
  boolean retire() {
    active.decrementAndGet();
    return !(ring.hasUnclaimed() && tryAdd()); // if all are there again, others are at it
  }
}
