package dev.tandem.pools.internal.thread;

import dev.tandem.testing.StressRounds;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A thread that plays one part in a round; what it throws fails the round.
final class StressActor {
  private final Thread thread;
  private volatile Throwable failure;

  StressActor(String name, StressRounds.Round part, long seed) {
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("stress-" + name)
            .start(() -> {
              try {
                part.play(new Random(seed));
              } catch (Throwable e) {
                failure = e;
              }
            });
  }

  Thread thread() {
    return thread;
  }

  void join() throws InterruptedException {
    if (!thread.join(Duration.ofSeconds(30))) {
      AssertionError stuck = new AssertionError(thread.getName() + " is stuck");
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    }
    if (failure != null) {
      throw new AssertionError(thread.getName() + " failed", failure);
    }
  }

  /// Simulates work that waits.
  static void pause(long nanos) throws InterruptedException {
    if (nanos > 100_000) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } else {
      LockSupport.parkNanos(nanos);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
