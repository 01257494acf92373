package dev.tandem.structured;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Tells one actor that the other is through. A wait that a bug makes endless is a result after ten
/// seconds: after thirty jcstress would give up and say only that.
final class StressEnd {
  static final long LONG = TimeUnit.SECONDS.toNanos(10);
  private static final int SPINS_BEFORE_YIELD = 1_000;

  private volatile boolean reached;

  void reach() {
    reached = true;
  }

  /// Waits for the other actor.
  ///
  /// @return false if it is stuck
  boolean isReached() {
    long since = System.nanoTime();
    for (int i = 0; !reached; i++) {
      if (i < SPINS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else if (System.nanoTime() - since > LONG) {
        return false;
      } else {
        Thread.yield();
      }
    }
    return true;
  }

  /// Lets an owner that joins get anywhere between its first spin and its park.
  static void pauseUntilParked() {
    for (int i = ThreadLocalRandom.current().nextInt(2_500); i > 0; i--) {
      Thread.onSpinWait();
    }
  }
}
