package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives the jobs that wait to the workers that have room.
final class Dispatcher implements Runnable {
  /*
   *   submitters --> WorkQueue --> distribute() --> sockets of the workers
   *
   * One thread at a time distributes, under a lock: mostly the dispatcher's own thread; a submitter,
   * if no worker has anything, because then its task would wait for a thread to wake up; a reader
   * whose worker has answered, because it is awake and the worker is waiting. While many submit, the
   * dispatcher's thread finds many jobs each time, and sends them together: so a task in a crowd
   * costs a fraction of a system call, and one that is alone no change of threads.
   *
   * A worker is refilled when it has half of its window or less, so that a batch is worth sending.
   *
   * No job is stranded. What has to hold: if a job waits and a worker has room, a thread is about to
   * distribute. A job is added, then (full fence) its submitter looks whether there is room; room
   * appears in a worker (volatile), then its reader looks (full fence) whether a job waits: one sees
   * the other, and either distributes itself or wakes the dispatcher's thread; also if it finds the
   * lock taken, since the holder may have looked before. That thread says that it sleeps, then looks
   * at both once more (ParkFlag).
   *
   * Sending does not block: a worker gets no more than fits into its socket. What does not fit, or
   * has large arrays behind it, goes to a worker that has nothing else, from a thread of its own.
   *
   * The lock guards what workers are sent: the queue's consumer side, and in each WorkerFeed and
   * InFlight what is said there. Only this class takes it.
   */
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final long STEAL_NANOS = 1_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final WorkQueue queue = new WorkQueue();
  private final Thread thread;
  private final AtomicBoolean lookAgain = new AtomicBoolean();
  private final ParkFlag flag = new ParkFlag();
  private volatile Worker[] active = {}; // Thread: supervisor; emptied by any thread at the end

  /// Whether the next job has to wait for a worker that has nothing. Writes: @GuardedBy("lock")
  private volatile boolean stuck;

  private volatile boolean ended;

  Dispatcher(String name) {
    thread = new Thread(null, this, name + "-dispatcher", 0, false);
  }

  void start() {
    thread.start();
  }

  void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  /// Sets the workers that get jobs from now on.
  void setActive(List<Worker> workers) {
    active = workers.toArray(Worker[]::new);
    wake();
  }

  int waiting() {
    return queue.size();
  }

  // ---- what happens

  /// Adds a new job. Thread: its submitter.
  void add(Job job) {
    queue.add(job);
    VarHandle.fullFence();
    if (isIdle()) {
      distributeHere();
    } else if (flag.isSleeping() && hasRoom()) {
      wake();
    }
  }

  /// Takes back a job that was lost with its worker and may run again.
  void giveBack(Job job) {
    queue.giveBack(job);
    wake();
  }

  /// Refills a worker that has answered. Thread: its reader.
  void roomIn(Worker worker) {
    VarHandle.fullFence();
    if (!queue.isEmpty()) {
      if (worker.feed.hasRoom()) {
        distributeHere();
      }
    } else if (worker.inFlight.isEmpty() && active.length > 1) {
      distributeHere(); // it may take over what waits in another
    }
  }

  private void distributeHere() {
    if (lock.tryLock()) {
      try {
        distribute();
      } finally {
        lock.unlock();
      }
      VarHandle.fullFence();
      if (queue.isEmpty() || !hasRoom()) {
        return;
      }
    }
    wake();
  }

  /// Makes the dispatcher's thread look.
  void wake() {
    if (flag.call()) {
      LockSupport.unpark(thread);
    }
  }

  private boolean isIdle() {
    Worker[] all = active;
    for (Worker worker : all) {
      if (!worker.inFlight.isEmpty()) {
        return false;
      }
    }
    return all.length > 0;
  }

  private boolean anyIsIdle() {
    for (Worker worker : active) {
      if (worker.inFlight.isEmpty() && worker.feed.hasRoom()) {
        return true;
      }
    }
    return false;
  }

  private boolean hasRoom() {
    for (Worker worker : active) {
      if (worker.feed.hasRoom()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void run() {
    while (!ended) {
      flag.begin();
      lock.lock();
      try {
        distribute();
      } catch (Throwable e) {
        // Of no memory, mostly. A worker that was half sent something will answer out of turn, and
        // be replaced for that.
        log.error("{}: jobs could not be sent", thread.getName(), e);
      } finally {
        lock.unlock();
      }
      boolean mayRest = flag.lieDown();
      if (!mayRest || (!queue.isEmpty() && (stuck ? anyIsIdle() : hasRoom()))) {
        Thread.onSpinWait();
      } else if (!ended) {
        LockSupport.park(this);
      }
      flag.getUp();
    }
  }

  // ---- @GuardedBy("lock")

  private void distribute() {
    Worker[] all = active;
    stuck = false;
    while (true) {
      if (queue.peek() == null) {
        steal(all);
        return;
      }
      Worker best = roomiest(all);
      if (best == null) {
        return;
      }
      int share = Math.ceilDiv(queue.size(), all.length);
      if (best.feed.load(queue, Math.max(1, share)) == 0) {
        if (!best.feed.hasRoom()) {
          continue; // it may not run as much any more
        }
        stuck = true; // the next job has to wait for a worker that has nothing
        return;
      }
    }
  }

  private static @Nullable Worker roomiest(Worker[] all) {
    Worker best = null;
    for (Worker worker : all) {
      if (worker.feed.hasRoom()
          && (best == null || worker.inFlight.size() < best.inFlight.size())) {
        best = worker;
      }
    }
    return best;
  }

  /// Moves jobs from a worker that is busy with a long task to one that has nothing to do. If that
  /// task is not long yet, there is another look in a millisecond.
  private void steal(Worker[] all) {
    Worker idle = null;
    Worker victim = null;
    for (Worker worker : all) {
      if (worker.inFlight.isEmpty() && worker.feed.hasRoom()) {
        idle = worker;
      } else if (worker.inFlight.size() > 1
          && (victim == null || worker.feed.lastProgress() - victim.feed.lastProgress() < 0)) {
        victim = worker;
      }
    }
    if (idle == null || victim == null) {
      return;
    }
    if (System.nanoTime() - victim.feed.lastProgress() < STEAL_NANOS) {
      if (lookAgain.compareAndSet(false, true)) {
        var _ =
            TaskTimer.after(
                STEAL_NANOS,
                () -> {
                  lookAgain.set(false);
                  wake();
                });
      }
    } else if (victim.feed.withdrawHalf(queue) > 0) {
      distribute();
    }
  }

  // ---- taking the lock; any thread

  /// Withdraws from a worker all that it has not started.
  void withdrawAll(Worker worker) {
    locked(() -> worker.feed.withdrawAll(queue));
  }

  /// Withdraws from a worker all that it has not started, and sends it nothing more.
  void wearOut(Worker worker) {
    locked(() -> worker.feed.wearOut(queue));
  }

  /// Withdraws from a worker all that it has not started, then condemns it if it runs this job.
  ///
  /// @return whether its process must be killed now
  boolean stop(Worker worker, Job job, int as) {
    lock.lock();
    try {
      worker.feed.withdrawAll(queue);
      return worker.condemn(job, as);
    } finally {
      lock.unlock();
      wake();
    }
  }

  /// Tells a worker to leave.
  void sendExit(Worker worker) {
    locked(worker.feed::sendExit);
  }

  /// Takes out all jobs that wait.
  void drain(Consumer<Job> action) {
    locked(() -> queue.drain(action));
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
    wake();
  }
}
