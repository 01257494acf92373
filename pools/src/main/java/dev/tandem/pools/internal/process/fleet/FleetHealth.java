package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.PoolState;
import dev.tandem.pools.PoolState.Status;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerListener.ExitReason;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a fleet has the workers that it should have, and what has happened to those that are
/// missing.
///
/// A thread that waits looks under the lock, and each change is followed by [#look()], by the
/// supervisor: so none sleeps through one.
public final class FleetHealth {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  /// So many workers in a row that were killed at their first task are no accident.
  private static final int ENOUGH = 3;

  private final Fleet fleet;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean wasComplete; // Thread of changes: supervisor
  private volatile @Nullable String trouble; // Thread of changes: supervisor
  private int killedCold; // Thread: supervisor

  FleetHealth(Fleet fleet) {
    this.fleet = fleet;
  }

  private int ready() {
    return (int) fleet.workers().stream().filter(Worker::isReady).count();
  }

  private boolean isComplete() {
    return ready() >= fleet.options.size().workers();
  }

  // ---- Thread: supervisor

  /// Takes note of what may have changed.
  void look() {
    if (isComplete()) {
      wasComplete = true;
      trouble = null; // it is over: who is missing later has another reason, or is just replaced
    }
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes note that a worker could not be started.
  void notStarted(String why) {
    trouble = why;
  }

  /// Takes note that a worker is gone.
  ///
  /// @param crash what happened, unless it was told to leave
  void gone(Worker worker, ExitReason reason, @Nullable WorkerCrashedException crash) {
    WorkerEnd.Kill kill = worker.kill();
    if (!worker.phase.wasReady()) {
      trouble = fleet.backoff.lastFailure();
    } else if (crash != null) {
      trouble = crash.getMessage();
    } else if (kill != null) {
      trouble = "worker %s was killed %s".formatted(worker.number, kill.reason());
    }
    boolean cold = worker.feed.tasksDone() == 0;
    if (reason != ExitReason.TIMED_OUT || !cold || anyIsWarm()) {
      killedCold = 0;
    } else if (++killedCold == ENOUGH) {
      log.warn(
          "{}: {} workers in a row were killed at the timeout of their first task, and none has"
              + " completed one. Each kill starts a cold worker: give the first task more time, do"
              + " in withInitializer what it has to load, or have spares (withSpares)",
          fleet.name(),
          ENOUGH);
    }
  }

  private boolean anyIsWarm() {
    return fleet.workers().stream().anyMatch(worker -> worker.feed.tasksDone() > 0);
  }

  // ---- any thread

  /// {@return how the fleet is}
  ///
  /// @param isShutdown whether no task is accepted any more
  public PoolState state(boolean isShutdown) {
    int workers = fleet.options.size().workers();
    int ready = ready();
    PoolStartException broken = fleet.broken;
    if (broken != null) {
      return new PoolHealth(Status.BROKEN, ready, workers, broken.getMessage());
    }
    if (isShutdown) {
      return new PoolHealth(Status.CLOSED, ready, workers, null);
    }
    if (ready >= workers) {
      return new PoolHealth(Status.READY, ready, workers, null);
    }
    return new PoolHealth(wasComplete ? Status.DEGRADED : Status.STARTING, ready, workers, trouble);
  }

  /// {@return whether all workers are ready, in time} False if the fleet ends before.
  ///
  /// @throws PoolStartException if they cannot be started
  public boolean awaitReady(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (true) {
        PoolStartException broken = fleet.broken;
        if (broken != null) {
          throw new PoolStartException(String.valueOf(broken.getMessage()), broken);
        }
        if (fleet.state.isClosing() || isComplete()) {
          return !fleet.state.isClosing();
        }
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
