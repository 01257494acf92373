package dev.tandem.structured;

import java.util.concurrent.CountDownLatch;

/// A wait for the ends of several threads that an interrupt does not shorten.
///
/// A thread whose subtask has completed needs less than a microsecond to end, parking and being
/// woken takes a platform thread ten times that: hence the spinning, once for all.
///
/// The end of a thread and the opening of a latch wake all that wait for them, so a waiter that
/// leaves cannot use up the wake-up of another.
final class EndWait {
  private static final int SPINS = 2_000;
  private static final int SPINS_VIRTUAL = 50;

  private int spins = Thread.currentThread().isVirtual() ? SPINS_VIRTUAL : SPINS;
  private boolean interrupted;

  /// Waits for a thread that was started.
  void forThread(Thread thread) {
    for (; spins > 0; spins--) {
      if (!thread.isAlive()) {
        return;
      }
      Thread.onSpinWait();
    }
    while (true) {
      try {
        thread.join();
        return;
      } catch (InterruptedException _) {
        interrupted = true; // Kept: leaving a scope waits for its threads whatever happens.
      }
    }
  }

  /// Waits for a latch.
  void forLatch(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
  }

  void restoreInterrupt() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
