package dev.tandem.pools.internal.process.fleet;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo.State;
import dev.tandem.pools.internal.wire.Frame;
import dev.tandem.pools.internal.wire.StatusPage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The jobs that one worker is sent, and how many at a time.
///
/// Jobs are sent and withdrawn under the dispatcher's lock; what is answered is counted by the
/// worker's reader. Any thread may ask for room.
@SuppressWarnings("NonAtomicVolatileUpdate") // each has one writer at a time
final class WorkerFeed {
  private final Fleet fleet;
  private final Worker worker;
  private final InFlight inFlight;
  private final PrefetchWindow window;
  private final int mostTasks;
  private volatile @Nullable SendStream stream;
  private volatile boolean active; // Thread: supervisor

  // writes: @GuardedBy("the dispatcher's lock")
  private volatile int tasksLeft;

  /// Whether a thread of its own is sending a large message.
  private volatile boolean sendingLarge;

  // Thread: the reader of the worker
  private long measuredAt;
  private volatile long tasksDone;

  WorkerFeed(Fleet fleet, Worker worker, InFlight inFlight) {
    this.fleet = fleet;
    this.worker = worker;
    this.inFlight = inFlight;
    this.window = new PrefetchWindow(fleet.options.limits().prefetch());
    this.mostTasks = fleet.options.recycling().tasks();
    this.tasksLeft = mostTasks;
  }

  void connected(SendStream to) {
    stream = to;
  }

  /// {@return whether it is one of those that work, and no spare}
  boolean isActive() {
    return active;
  }

  void setActive(boolean now) {
    active = now;
  }

  /// {@return how many tasks it may still be sent}
  int tasksLeft() {
    return tasksLeft;
  }

  long tasksDone() {
    return tasksDone;
  }

  /// {@return whether it has nothing, and no thread is sending it anything}
  boolean isQuiet() {
    return inFlight.isEmpty() && !sendingLarge;
  }

  /// {@return when the worker has answered last, or got something after it had nothing}
  long lastProgress() {
    return window.lastProgress();
  }

  /// {@return whether it should be sent something}
  boolean hasRoom() {
    return active
        && worker.phase.is(State.IDLE)
        && !sendingLarge
        && tasksLeft > 0
        && isRefillable(inFlight.size(), window.window())
        && !inFlight.isFull();
  }

  private static boolean isRefillable(int size, int window) {
    return size <= window / 2 && size < window;
  }

  // ---- sending; @GuardedBy("the dispatcher's lock")

  /// Sends jobs.
  ///
  /// @param share the most jobs to send
  /// @return how many were taken from the queue; 0 if the next has to wait
  int load(WorkQueue queue, int share) {
    int room = Math.min(share, window.window() - inFlight.size());
    boolean wasIdle = inFlight.isEmpty();
    int taken = 0;
    SendStream to = requireNonNull(stream);
    try {
      for (Job job; taken < room && tasksLeft > 0 && (job = queue.peek()) != null; taken++) {
        Message message = job.message();
        if (message != null && !fits(job, message)) {
          break;
        }
        queue.remove(job);
        if (message == null || !seat(job, message, taken == 0)) {
          continue; // cancelled just now
        }
        if (InFlight.isLarge(message)) {
          sendLarge(to, message, inFlight.last());
          return taken + 1;
        }
        to.add(message, inFlight.last());
      }
      to.flush();
    } catch (IOException e) {
      // The reader sees the end of the connection, too, and does what has to be done.
    } catch (Throwable e) {
      cannotSend(inFlight.last(), e);
    } finally {
      if (wasIdle) {
        window.busy();
      }
      if (tasksLeft <= mostTasks / 4) {
        fleet.sizer.recycleSoon(worker);
      }
    }
    return taken;
  }

  private boolean fits(Job job, Message message) {
    if (job.items() > tasksLeft) {
      tasksLeft = 0; // it would run more than it may: its replacement takes the job
      fleet.sizer.recycleNow(worker);
      return false;
    }
    return inFlight.isEmpty() || (!InFlight.isLarge(message) && inFlight.hasRoomFor(message));
  }

  /// {@return false if the job was cancelled}
  private boolean seat(Job job, Message message, boolean first) {
    if (!inFlight.add(job, message, first)) {
      return false;
    }
    tasksLeft -= job.items();
    job.isNext(worker); // or it is told again, when what is before it was answered
    job.watch();
    return true;
  }

  /// Gives up the worker after a failure to send, of no memory mostly. The job would do the same to
  /// the next worker; what was sent of it is lost with this one, and the rest goes elsewhere.
  private void cannotSend(int number, Throwable e) {
    Job job = inFlight.withdraw(number);
    if (job != null && job.waitAgain()) {
      job.refuse(e);
    }
    worker.kill(Kind.LOST, "a task could not be sent to it: " + e);
  }

  /// Sends a message in a thread of its own: the worker reads it while it does nothing else, but
  /// may be slow.
  private void sendLarge(SendStream to, Message message, int number) {
    sendingLarge = true;
    TaskTimer.handOver(() -> {
      try {
        to.add(message, number);
        to.flush();
      } catch (IOException e) {
        // as above
      } catch (Throwable e) {
        cannotSend(number, e);
      } finally {
        sendingLarge = false;
        fleet.dispatcher.wake();
        if (worker.phase.is(State.DRAINING)) {
          fleet.supervisor.lookAround();
        }
      }
    });
  }

  /// Takes back about half of what the worker has not started, the newest first.
  ///
  /// @return how many jobs
  int withdrawHalf(WorkQueue queue) {
    return withdraw(queue, (inFlight.size() + 1) / 2);
  }

  void withdrawAll(WorkQueue queue) {
    withdraw(queue, StatusPage.SLOTS);
  }

  private int withdraw(WorkQueue queue, int most) {
    int count = 0;
    for (int as = inFlight.last(); as - inFlight.next() >= 0 && count < most; as--) {
      Job job = inFlight.withdraw(as);
      if (job != null) {
        tasksLeft += job.items();
        count++;
        if (job.waitAgain()) {
          queue.giveBack(job);
        }
      }
    }
    return count;
  }

  /// Takes back all that the worker has not started, and sends nothing more.
  void wearOut(WorkQueue queue) {
    withdrawAll(queue);
    tasksLeft = 0;
  }

  /// Tells the worker to leave.
  void sendExit() {
    try {
      requireNonNull(stream).send(Frame.EXIT);
    } catch (IOException e) {
      // it is gone
    }
  }

  // ---- answers; Thread: the reader of the worker

  /// Takes out the next job, which the worker is through with.
  ///
  /// @param ran whether the worker ran it
  void answered(int number, boolean ran) {
    Job job = inFlight.take(number);
    if (job != null) {
      job.workNanos = job.measuresWork() ? sinceLastAnswer() : 0;
      tasksDone += ran ? job.items() : 0;
    }
    inFlight.answered(number);
    Job next = inFlight.job(number + 1);
    if (next != null) {
      next.isNext(worker);
    }
  }

  private long sinceLastAnswer() {
    long now = System.nanoTime();
    long since = now - Math.max(measuredAt, window.busySince());
    measuredAt = now;
    return since;
  }

  /// Adapts the window to the pace of tasks that were answered together.
  void paced(int tasks) {
    if (tasks > 0) {
      window.answered(tasks);
    }
  }
}
