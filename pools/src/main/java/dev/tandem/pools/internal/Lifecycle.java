package dev.tandem.pools.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Knows when an executor that was shut down has no tasks left.
final class Lifecycle {
  /*
   * One number: twice the tasks accepted and not yet ended, plus one once shut down. Because both
   * halves change in one atomic step, there is no moment in which a task is accepted by an executor
   * that another thread has just found empty and declared terminated. It is exactly 1 once, after
   * which nothing is added: `accept` of a shut-down executor adds and takes back, and may pass
   * through 1 again, which only counts an open latch down once more.
   */
  private static final long SHUT_DOWN = 1;
  private static final long TASK = 2;

  private final AtomicLong state = new AtomicLong();
  private final CountDownLatch terminated = new CountDownLatch(1);
  private final Runnable onTermination;

  /// @param onTermination called once or more, before waiters are released
  Lifecycle(Runnable onTermination) {
    this.onTermination = onTermination;
  }

  /// {@return whether a task was counted in; if so, [#ended()] must follow}
  boolean accept() {
    if ((state.getAndAdd(TASK) & SHUT_DOWN) == 0) {
      return true;
    }
    ended();
    return false;
  }

  void ended() {
    checkTermination(state.addAndGet(-TASK));
  }

  void shutdown() {
    checkTermination(state.updateAndGet(s -> s | SHUT_DOWN));
  }

  private void checkTermination(long s) {
    if (s == SHUT_DOWN) {
      onTermination.run();
      terminated.countDown();
    }
  }

  boolean isShutdown() {
    return (state.get() & SHUT_DOWN) != 0;
  }

  boolean isTerminated() {
    return terminated.getCount() == 0;
  }

  boolean await(long nanos) throws InterruptedException {
    return terminated.await(nanos, TimeUnit.NANOSECONDS);
  }
}
