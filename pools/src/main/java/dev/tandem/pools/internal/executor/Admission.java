package dev.tandem.pools.internal.executor;

import dev.tandem.core.Saturation;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// The bounded queue of an executor, as permits: one for each task that may run or wait. A task
/// holds its permit from its submission until its body has ended or it was cancelled before it
/// started, so a cancelled task makes room at once even while its remains lie in some queue.
///
/// A submitter that leaves (interrupted, or out of time) cannot use up another's permit: permits
/// lie in the semaphore until a submitter takes one, and a submitter that leaves wakes the next in
/// the semaphore's queue.
public final class Admission {
  private final String executor;
  private final int capacity;
  private final Saturation whenFull;
  private final BooleanSupplier insideTask;
  private final Permits permits;
  private int running; // @GuardedBy("permits")
  private final AtomicBoolean closed = new AtomicBoolean();

  /// @param executor the name of the executor
  /// @param running how many tasks may run
  /// @param capacity how many tasks may wait
  /// @param whenFull what a submitter does when there is no permit
  /// @param insideTask tells whether the current thread is inside one of the executor's own tasks
  Admission(
      String executor, int running, int capacity, Saturation whenFull, BooleanSupplier insideTask) {
    this.executor = executor;
    this.capacity = capacity;
    this.whenFull = whenFull;
    this.insideTask = insideTask;
    this.permits = new Permits(Math.addExact(running, capacity));
    this.running = running;
  }

  /// Changes how many tasks may run. If they are fewer, nothing new is admitted until as many have
  /// ended.
  public void resize(int now) {
    synchronized (permits) {
      if (now < running) {
        permits.reducePermits(running - now);
      } else {
        permits.release(now - running);
      }
      running = now;
    }
  }

  /// A semaphore from which permits can be taken away that are in use.
  private static final class Permits extends Semaphore {
    private static final long serialVersionUID = 1L;

    Permits(int permits) {
      super(permits);
    }

    @Override
    public void reducePermits(int reduction) {
      super.reducePermits(reduction);
    }
  }

  public boolean tryAcquire() {
    return permits.tryAcquire();
  }

  /// Takes a permit.
  ///
  /// @param nanos how long to wait for room at most
  /// @return false if there was no room in time
  /// @throws RejectedExecutionException if there is no room and it is not to be waited for, or if a
  ///   shutdown ended the wait
  /// @throws InterruptedException if interrupted while waiting
  boolean acquire(long nanos) throws InterruptedException {
    if (permits.tryAcquire()) {
      return true;
    }
    if (whenFull == Saturation.REJECT) {
      throw new RejectedExecutionException(full());
    }
    if (insideTask.getAsBoolean()) {
      throw new RejectedExecutionException(
          full() + "; waiting for room inside one of its own tasks could wait for ever");
    }
    if (!permits.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    if (closed.get()) {
      permits.release();
      throw new RejectedExecutionException(
          executor + " was shut down while a task waited for room");
    }
    return true;
  }

  void release() {
    permits.release();
  }

  /// Lets every waiting submitter go; it finds the flag set, which comes first.
  public void close() {
    if (closed.compareAndSet(false, true)) {
      permits.release(Integer.MAX_VALUE / 2); // added to 2 * 2^29 at the most, it still fits an int
    }
  }

  /// {@return the refusal of a submitter that was interrupted while it waited}
  RejectedExecutionException interrupted(InterruptedException cause) {
    return new RejectedExecutionException(full() + "; interrupted while waiting for room", cause);
  }

  private String full() {
    return "%s is full: %s tasks wait (the capacity of its queue)".formatted(executor, capacity);
  }
}
