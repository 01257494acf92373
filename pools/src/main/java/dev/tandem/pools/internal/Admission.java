package dev.tandem.pools.internal;

import dev.tandem.core.Saturation;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/// The bounded queue of an executor, as permits: one for each task that may run or wait. A task
/// holds its permit from its submission until its body has ended or it was cancelled before it
/// started, so a cancelled task makes room at once even while its remains lie in some queue.
final class Admission {
  private final String executor;
  private final int capacity;
  private final Saturation whenFull;
  private final Semaphore permits;
  private volatile boolean closed;

  Admission(String executor, int running, int capacity, Saturation whenFull) {
    this.executor = executor;
    this.capacity = capacity;
    this.whenFull = whenFull;
    this.permits = new Semaphore(Math.addExact(running, capacity));
  }

  boolean tryAcquire() {
    return permits.tryAcquire();
  }

  /// @param running tells whether the current thread is inside one of the executor's own tasks
  void acquire(RunningTasks running) {
    if (permits.tryAcquire()) {
      return;
    }
    if (whenFull == Saturation.REJECT) {
      throw new RejectedExecutionException(full());
    }
    if (running.isCurrentThreadInside()) {
      throw new RejectedExecutionException(
          full() + "; waiting for room inside one of its own tasks could wait for ever");
    }
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException(full() + "; interrupted while waiting for room", e);
    }
    if (closed) {
      permits.release();
      throw new RejectedExecutionException(
          executor + " was shut down while a task waited for room");
    }
  }

  void release() {
    permits.release();
  }

  /// Lets every waiting submitter go; it finds [#closed] set, which is written first.
  void close() {
    if (!closed) {
      closed = true;
      permits.release(Integer.MAX_VALUE / 2); // more than there can be threads
    }
  }

  private String full() {
    return "%s is full: %d tasks wait (the capacity of its queue)".formatted(executor, capacity);
  }
}
