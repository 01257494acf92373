package dev.tandem.queues;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets both actors of a test begin at the same time, give or take less than a microsecond. Left to
/// themselves the shorter one runs ahead with the next states, and seldom meets the other where it
/// is dangerous.
public final class StressStart {
  private static final int SPINS_BEFORE_YIELD = 1_000;
  private static final int JITTER = 24;

  private final AtomicInteger here = new AtomicInteger();

  /// Waits for the other actor.
  public void together() {
    here.incrementAndGet();
    for (int i = 0; here.get() < 2; i++) {
      if (i < SPINS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    for (int i = ThreadLocalRandom.current().nextInt(JITTER); i > 0; i--) {
      Thread.onSpinWait();
    }
  }
}
