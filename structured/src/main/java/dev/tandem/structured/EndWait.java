package dev.tandem.structured;

import java.util.concurrent.CountDownLatch;

/// A wait for the ends of several threads, which an interrupt does not shorten.
///
/// A thread whose subtask has completed ends within a microsecond; parking and waking a platform
/// thread takes ten times that. Hence the spinning, with one budget for all threads.
///
/// The end of a thread and the opening of a latch wake all waiters, so a waiter that leaves cannot
/// use up the wake-up of another.
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
        interrupted = true; // restored later: an owner must not leave before its threads have ended
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
