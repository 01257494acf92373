package dev.tandem.pools.internal.executor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Knows when an executor that was shut down has no tasks left.
public final class Lifecycle {
  /*
   * `accepted` is twice the tasks accepted, plus one once shut down: because both change in one
   * atomic step, no task is accepted by an executor that another thread has just found empty and
   * declared terminated. `ended` counts the tasks that have ended. The two lie apart, because
   * submitters write one and the tasks' threads the other; a task's thread looks at `accepted` only
   * after `shutDown` was set.
   *
   * - Not too early: once the flag is in `accepted`, that stays as it is, and `ended` equals it only
   *   if each task accepted has ended. (To add first and take back when refused would be quicker
   *   under contention, but then a shutdown of an idle executor can miss its end for a moment: the
   *   model checker found it.)
   * - Not never: a task's thread adds to `ended`, then reads `shutDown`; shutdown() writes `shutDown`,
   *   then reads `ended`: one sees the other.
   */
  private static final long SHUT_DOWN = 1;
  private static final long TASK = 2;

  private final PaddedLong accepted = new PaddedLong();
  private final PaddedLong ended = new PaddedLong();
  private volatile boolean shutDown;
  private final CountDownLatch terminated = new CountDownLatch(1);
  private final Runnable onTermination;

  /// @param onTermination called once or more, before waiters are released
  public Lifecycle(Runnable onTermination) {
    this.onTermination = onTermination;
  }

  /// {@return whether a task was counted in; if so, [#ended()] must follow}
  public boolean accept() {
    long a;
    do {
      a = accepted.get();
      if ((a & SHUT_DOWN) != 0) {
        return false;
      }
    } while (!accepted.compareAndSet(a, a + TASK));
    return true;
  }

  public void ended() {
    ended.addAndGet(1);
    if (shutDown) {
      checkTermination();
    }
  }

  public void shutdown() {
    accepted.setBit(SHUT_DOWN);
    shutDown = true;
    checkTermination();
  }

  private void checkTermination() {
    long a = accepted.get();
    if ((a & SHUT_DOWN) != 0 && ended.get() == a / TASK) {
      try {
        onTermination.run();
      } finally {
        terminated.countDown(); // also when the delegate throws at its shutdown
      }
    }
  }

  public boolean isShutdown() {
    return (accepted.get() & SHUT_DOWN) != 0;
  }

  public boolean isTerminated() {
    return terminated.getCount() == 0;
  }

  public boolean await(long nanos) throws InterruptedException {
    return terminated.await(nanos, TimeUnit.NANOSECONDS);
  }
}
