package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.Handles;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.WorkerCrashedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// A piece of work for one worker: a task, or a chunk of the inputs of a map. Decides which of
/// answer, timeout, cancellation, loss and refusal is its outcome, and tells its [JobClient].
public final class Job {
  /*
   *            dispatcher        answer, timeout, cancel, crash
   *   WAITING ------------> Seat --------------------------------> SETTLED
   *    ^   |                 |                                        ^
   *    |   '-- cancel -------|----------------------------------------'
   *    '---- withdrawn ------'
   *
   * The thread that makes it SETTLED publishes the outcome, so there is one. Only the thread that has
   * withdrawn a job on the status page of its worker may make it WAITING again. There the worker's
   * start and all withdrawals are one compareAndSet; so a job runs at most once, and the way back is
   * closed once the worker has started it.
   *
   * While the reader decodes an answer, the job keeps its seat: timeout, cancel and kill settle it
   * meanwhile as if it still ran, and the answer then comes too late (ReaderState).
   *
   * What the status page says may be garbage. So a canceller that can neither withdraw a job nor
   * finds it withdrawn takes it for started. A canceller that finds it withdrawn waits until the
   * withdrawing thread moves the job on, but not for ever. A withdrawing thread that comes after that
   * finds the job settled, and takes it out.
   *
   * `gone` is called once, by the thread that takes the job out of the fleet: the canceller that
   * found it waiting or has withdrawn it; the reader that got the answer; the reaper of its worker;
   * or the dispatcher or stealer that wanted to move a job that was settled meanwhile.
   */
  private static final Object WAITING = new Object();
  private static final Object SETTLED = new Object();
  private static final VarHandle STAGE = Handles.of(MethodHandles.lookup(), "stage", Object.class);

  /// The place of a job in a worker. A new one each time that the job is sent, so that a step meant
  /// for one place fails when the job has moved to another.
  record Seat(JobHost worker, int number) {
    boolean withdraw() {
      return worker.page().withdraw(number);
    }

    boolean hasStarted() {
      return worker.page().hasStarted(number);
    }

    /// {@return whether another thread has withdrawn the job, and is about to move it} Polled by a
    /// canceller; a bounded number of times, as the page may be garbage.
    ///
    /// @param tries the number of polls before this one
    boolean isMoving(int tries) {
      if (tries > MOST_TRIES || !worker.page().isWithdrawn(number)) {
        return false;
      }
      if (tries < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
      return true;
    }
  }

  /// How a cancellation went.
  public enum CancelOutcome {
    /// The job never ran and never will. The canceller must call [Job#leave()] after it has
    /// published that.
    UNRUN,
    /// The job was running, or about to.
    STOPPED,
    /// The outcome was decided before.
    TOO_LATE
  }

  private static final int SPINS = 1_000;
  private static final int MOST_TRIES = 100_000;

  /// Where processes have no common clock, it is known to the time that a message takes.
  private static final long CLOCKS_DIFFER_NANOS = 1_000_000_000;

  /// WAITING, a seat, or SETTLED.
  private volatile Object stage = WAITING;

  /// Dropped when it is not needed any more: it may be large.
  private volatile @Nullable Message message;

  final JobClient client;

  /// The number of items of a chunk; 0 for a task.
  private final int chunk;

  private final boolean recorded;

  /// See [Message#guest()].
  final @Nullable ClassLoader guest;

  private volatile @Nullable Future<?> deadline;
  private long sentAt; // of one with a timeout
  private boolean wasLate; // Thread: timer
  private boolean timedOut; // Thread: the one that stops its worker

  private @Nullable Suspicion suspicion; // @GuardedBy("this")

  private int losses; // Thread: the reaper of its worker

  /// How long the worker has worked on it. Thread: the reader of its worker.
  long workNanos;

  private Job(JobClient client, @Nullable Message message, int chunk) {
    this.client = client;
    this.message = message;
    this.recorded = client.isRecorded();
    this.guest = message == null ? null : message.guest();
    this.chunk = chunk;
  }

  /// {@return a task}
  ///
  /// @param message what is sent; null if it cannot be, and the job will be refused
  public static Job ofTask(JobClient client, @Nullable Message message) {
    return new Job(client, message, 0);
  }

  /// {@return a chunk of the inputs of a map}
  ///
  /// @param items the number of inputs, at least 1
  public static Job ofChunk(JobClient client, Message message, int items) {
    return new Job(client, message, items);
  }

  /// {@return how many tasks it counts as}
  public int items() {
    return Math.max(1, chunk);
  }

  /// {@return whether [#workNanos()] is of interest}
  boolean measuresWork() {
    return chunk > 0;
  }

  /// {@return how long its worker has worked on it, if it has just answered} The time since the
  /// worker got it or since its answer before this one, whichever was later.
  public long workNanos() {
    return workNanos;
  }

  /// {@return whether it may run again after its worker was lost while running it} Each call counts
  /// as a loss.
  boolean mayRunAgain() {
    return losses++ < client.retries();
  }

  // ---- looking

  boolean isWaiting() {
    return stage == WAITING;
  }

  /// {@return the process id of the worker that runs it, or is about to; 0 if none does}
  public long runningIn() {
    return stage instanceof Seat seat && seat.hasStarted() ? seat.worker().pid() : 0;
  }

  /// {@return whether it is the next that its worker will answer}
  public boolean isNext() {
    return stage instanceof Seat seat && seat.worker().nextAnswer() == seat.number();
  }

  /// {@return whether its worker is stopped for its timeout} Thread: the one that stops it.
  boolean isTimedOut() {
    return timedOut;
  }

  /// Tells its client, if that wants to know, that its worker has nothing before it. Thread: the
  /// holder of the dispatcher's lock, or the reader of the worker.
  void isNext(JobHost in) {
    if (recorded) {
      client.isNext(in.pid());
    }
  }

  /// {@return whether its outcome is decided}
  public boolean isSettled() {
    return stage == SETTLED;
  }

  /// {@return what is sent; null if it is not needed any more}
  @Nullable Message message() {
    return message;
  }

  // ---- moves

  /// Moves it to a worker. The status page of the worker must say by now that the job may be
  /// started or withdrawn. Thread: the holder of the dispatcher's lock.
  ///
  /// @return false if it was cancelled
  boolean send(Seat to) {
    return STAGE.compareAndSet(this, WAITING, to);
  }

  /// Lets it wait for another worker. Thread: the one that has withdrawn it, or the reaper of its
  /// worker.
  ///
  /// @return false if it was settled meanwhile; then it is gone
  boolean waitAgain() {
    cancelDeadline();
    if (stage instanceof Seat seat && STAGE.compareAndSet(this, seat, WAITING)) {
      return true;
    }
    leave();
    return false;
  }

  /// Settles a job that was sent. The caller must know that no thread can withdraw it any more.
  ///
  /// @return whether this call decides the outcome
  public boolean settle() {
    return stage instanceof Seat seat && settle(seat);
  }

  private boolean settle(Seat seat) {
    return STAGE.compareAndSet(this, seat, SETTLED);
  }

  /// Settles a job that the caller has withdrawn; takes it out if a canceller that was tired of
  /// waiting for that has settled it.
  private boolean settleWithdrawn(Seat seat) {
    boolean ours = settle(seat);
    if (!ours) {
      leave();
    }
    return ours;
  }

  /// Settles a job that never runs.
  ///
  /// @return whether this call decides the outcome
  boolean settleWaiting() {
    return STAGE.compareAndSet(this, WAITING, SETTLED);
  }

  /// Fails it, if it waits.
  public void refuse(Throwable reason) {
    if (settleWaiting()) {
      try {
        client.refused(reason);
      } finally {
        leave();
      }
    }
  }

  /// Counts the death of a worker that had it as the next to start; not of one that the pool has
  /// killed for another reason. After too many of these, the job is refused as soon as it waits.
  void suspect(WorkerCrashedException death) {
    WorkerCrashedException verdict;
    synchronized (this) {
      if (suspicion == null) {
        suspicion = new Suspicion();
      }
      verdict = suspicion.add(death, client.title());
    }
    if (verdict != null) {
      refuse(verdict); // one that was sent meanwhile runs, or comes back here
    }
  }

  /// Takes it out of the fleet: after it was answered, lost or refused, or [CancelOutcome#UNRUN].
  public void leave() {
    cancelDeadline();
    message = null;
    client.gone(this);
  }

  // ---- cancelling; any thread

  /// Cancels it.
  ///
  /// @param mayKill whether the worker that runs it is killed
  public CancelOutcome cancel(boolean mayKill) {
    for (int tries = 0; ; tries++) {
      Object now = stage;
      if (now instanceof Seat seat) {
        if (seat.withdraw()) {
          return settleWithdrawn(seat) ? CancelOutcome.UNRUN : CancelOutcome.TOO_LATE;
        }
        if (!seat.isMoving(tries) && settle(seat)) {
          if (mayKill) {
            seat.worker().stop(this, seat.number());
          }
          return CancelOutcome.STOPPED;
        }
      } else if (now == SETTLED) {
        return CancelOutcome.TOO_LATE;
      } else if (settleWaiting()) {
        return CancelOutcome.UNRUN;
      }
    }
  }

  /// Cancels it, unless a worker has started it.
  ///
  /// @return whether it never runs; then the caller must call [#leave()]
  public boolean cancelUnlessRunning() {
    for (int tries = 0; ; tries++) {
      Object now = stage;
      if (now instanceof Seat seat) {
        if (seat.withdraw()) {
          return settleWithdrawn(seat);
        }
        // still there after the look at the page: it was there, and not waiting, at the look
        if (!seat.isMoving(tries) && stage == seat) {
          return false;
        }
      } else if (now == SETTLED) {
        return false;
      } else if (settleWaiting()) {
        return true;
      }
    }
  }

  /// Has the worker that runs it end it before its next item.
  public void abandonItems() {
    if (stage instanceof Seat seat) {
      seat.worker().page().abandon(seat.number());
    }
  }

  // ---- the timeout

  /// Sets the alarm. Called when it is sent, which may be long before it starts. Thread: the holder
  /// of the dispatcher's lock.
  void watch() {
    long timeout = client.timeoutNanos();
    if (timeout > 0) {
      sentAt = System.nanoTime();
      wasLate = false;
      alarm(timeout);
    }
  }

  private void alarm(long nanos) {
    deadline = TaskTimer.after(nanos, this::look);
    if (!(stage instanceof Seat)) {
      cancelDeadline();
    }
  }

  private void cancelDeadline() {
    Future<?> alarm = deadline;
    if (alarm != null) {
      deadline = null;
      alarm.cancel(false);
    }
  }

  /// Decides, at the earliest possible end, whether the time is over. If the job started later, or
  /// has not started yet, there is another alarm; a task that starts after this look is over later
  /// than the next. If it has ended in time, its answer is on its way, and has as long again for
  /// that: its reader may be decoding something that does not end. Thread: timer.
  private void look() {
    if (!(stage instanceof Seat seat)) {
      return;
    }
    JobHost in = seat.worker();
    long timeout = client.timeoutNanos();
    long left;
    if (in.hasMovedOn(seat.number())) {
      left = wasLate ? 0 : timeout;
      wasLate = true;
    } else {
      left = seat.hasStarted() ? timeout - ranFor(in) : timeout;
    }
    if (left > 0) {
      alarm(left);
    } else if (settle(seat)) {
      TaskTimer.handOver(() -> {
        timedOut = true;
        in.stop(this, seat.number());
        client.timedOut(in.pid());
      });
    }
  }

  /// {@return how long it has run} At most the time since it was sent; and that time if the worker
  /// claims that it starts in the future.
  private long ranFor(JobHost in) {
    long sinceSent = System.nanoTime() - sentAt;
    long ran = in.ranFor();
    return ran < -CLOCKS_DIFFER_NANOS || ran > sinceSent ? sinceSent : ran;
  }
}
