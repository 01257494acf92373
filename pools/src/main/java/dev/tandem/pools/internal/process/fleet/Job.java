package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.WorkerCrashedException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Something for a worker to do: a task, or some inputs of a map.
public abstract class Job {
  /*
   *            dispatcher        answer, timeout, cancel, crash
   *   WAITING ------------> Seat --------------------------------> SETTLED
   *    ^   |                 |                                        ^
   *    |   '-- cancel -------|----------------------------------------'
   *    '---- withdrawn ------'
   *
   * Whoever makes it SETTLED publishes the outcome, so there is one. A job that has a seat can only
   * become WAITING again by whoever has withdrawn it on its worker's status page, where the worker's
   * start and all withdrawals are one compareAndSet; so it runs at most once, and if the worker has
   * started it, the way back is closed.
   *
   * While the reader decodes an answer, the job keeps its seat: timeout, cancel and kill settle it
   * meanwhile as if it still ran, and the answer then comes too late (ReaderState).
   *
   * What the status page says may be garbage. So a canceller that can neither withdraw a job nor
   * finds it withdrawn takes it for started; and one that finds it withdrawn waits for whoever is
   * about to say what for, but not for ever. If that one comes after all, it finds the job settled,
   * and takes it out.
   *
   * `gone` is called once, by whoever takes the job out of the fleet: the canceller that found it
   * waiting or has withdrawn it; the reader that got the answer; the undertaker of its worker; or the
   * dispatcher or stealer that wanted to move a job that was settled meanwhile.
   */
  private static final Object WAITING = new Object();
  private static final Object SETTLED = new Object();
  private static final VarHandle STAGE;

  static {
    try {
      STAGE = MethodHandles.lookup().findVarHandle(Job.class, "stage", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Where a job is. A new one each time that it is sent, so that a step meant for one place fails
  /// when the job has moved to another.
  record Seat(JobHost worker, int number) {
    boolean withdraw() {
      return worker.page().withdraw(number);
    }

    boolean hasStarted() {
      return worker.page().hasStarted(number);
    }

    /// {@return whether another has withdrawn it, and is about to say what for} Asked again and
    /// again; not for ever, as the page may say anything.
    ///
    /// @param tries how often it was asked before
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

  private static final int SPINS = 1_000;
  private static final int MOST_TRIES = 100_000;

  /// Where processes have no common clock, it is known to the time that a message takes.
  private static final long CLOCKS_DIFFER_NANOS = 1_000_000_000;

  /// An answer that is a failure: the task's, or one to read the answer.
  public record Failed(Throwable failure) {}

  /// WAITING, a seat, or SETTLED.
  private volatile Object stage = WAITING;

  /// Dropped when it is not needed any more: it may be large.
  private volatile @Nullable Message message;

  private volatile @Nullable Future<?> deadline;
  private long sentAt; // of one with a timeout
  private boolean wasLate; // the timer's
  private @Nullable Suspicion suspicion; // under the monitor

  /// See [Message#guest()].
  private final @Nullable ClassLoader guest;

  /// How long the worker was at it. The reader's.
  long workNanos;

  /// Creates a job.
  ///
  /// @param message what is sent
  protected Job(@Nullable Message message) {
    this.message = message;
    this.guest = message == null ? null : message.guest();
  }

  // ---- what it means to its maker; called by threads that must not wait or run users' code

  /// The worker has started it. Only if the message says so.
  protected void started() {}

  /// The worker has answered; the job is settled by this.
  ///
  /// @param answer what it has answered, decoded; a [Failed] if that is a failure
  protected abstract void answered(int kind, @Nullable Object answer);

  /// An item of a chunk has been answered.
  ///
  /// @param answer as above
  protected void itemAnswered(int kind, @Nullable Object answer) {}

  /// What has arrived in one go has been given.
  protected void batchEnded() {}

  /// The worker that ran it is gone; the job is settled by this.
  ///
  /// @param itemsBegun how many items of a chunk it had begun; -1 if that is not known
  protected abstract void crashed(Throwable failure, int itemsBegun);

  /// It will never run; the job is settled by this.
  protected abstract void refused(Throwable reason);

  /// It ran longer than its timeout; the job is settled by this, and the worker is being killed.
  protected void timedOut(long pid) {}

  /// The fleet has ended before it could run.
  protected abstract void abandoned();

  /// {@return what the fleet's user knows it as}
  protected abstract Object owner();

  /// It is nowhere in the fleet any more; called once, whatever happened.
  protected abstract void gone();

  /// {@return how long it may run; 0 for ever}
  protected long timeoutNanos() {
    return 0;
  }

  /// {@return its name, for people; null if it has none of its own}
  protected @Nullable String title() {
    return null;
  }

  /// {@return how many tasks it counts as}
  protected int items() {
    return 1;
  }

  /// {@return whether [#workNanos()] is of interest}
  protected boolean measuresWork() {
    return false;
  }

  /// Asked when its worker was lost while it ran.
  ///
  /// @return whether it may run again; each time that it says so counts
  protected boolean mayRunAgain() {
    return false;
  }

  // ---- moves

  final boolean isWaiting() {
    return stage == WAITING;
  }

  /// {@return how long its worker has been at it, if it has just answered} The time since it got it
  /// or since its answer before this one, whatever was later.
  protected final long workNanos() {
    return workNanos;
  }

  /// Cancels it, unless a worker has started it.
  ///
  /// @return whether it never runs; [#drop()] follows
  public final boolean cancelUnlessRunning() {
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

  /// Has a worker that runs it end it before its next item.
  protected final void abandonItems() {
    if (stage instanceof Seat seat) {
      seat.worker().page().abandon(seat.number());
    }
  }

  /// {@return whether a worker runs it, or is about to}
  public final boolean isRunning() {
    return stage instanceof Seat seat && seat.hasStarted();
  }

  /// {@return whether it is the next that its worker will answer}
  public final boolean isNext() {
    return stage instanceof Seat seat && seat.worker().nextAnswer() == seat.number();
  }

  /// {@return whether its outcome is decided}
  public final boolean isSettled() {
    return stage == SETTLED;
  }

  /// The dispatcher sends it. The status page of the worker says by now that it may be started or
  /// withdrawn.
  ///
  /// @return false if it was cancelled
  final boolean send(Seat to) {
    return STAGE.compareAndSet(this, WAITING, to);
  }

  /// Whoever has withdrawn it lets it wait for another worker.
  ///
  /// @return false if it was settled meanwhile; then it is gone
  final boolean waitAgain() {
    cancelDeadline();
    if (stage instanceof Seat seat && STAGE.compareAndSet(this, seat, WAITING)) {
      return true;
    }
    leave();
    return false;
  }

  /// {@return whether this call decides the outcome of a job that was sent} For whoever knows that
  /// nobody can withdraw it any more.
  final boolean settle() {
    return stage instanceof Seat seat && settle(seat);
  }

  /// Settles what the caller has withdrawn; if somebody was tired of waiting for that, takes it
  /// out.
  private boolean settleWithdrawn(Seat seat) {
    boolean ours = settle(seat);
    if (!ours) {
      leave();
    }
    return ours;
  }

  private boolean settle(Seat seat) {
    return STAGE.compareAndSet(this, seat, SETTLED);
  }

  /// For a job that may be settled by its timeout while its answer arrives in parts.
  ///
  /// @return whether the answer decides the outcome
  protected final boolean settleAnswered() {
    return settle();
  }

  /// Decides the outcome of a job that never runs.
  ///
  /// @return whether this call does
  final boolean settleWaiting() {
    return STAGE.compareAndSet(this, WAITING, SETTLED);
  }

  /// Nobody will ever run it.
  public final void refuse(Throwable reason) {
    if (settleWaiting()) {
      try {
        refused(reason);
      } finally {
        leave();
      }
    }
  }

  /// {@return the loader that finds the classes of its answer; null if that is the pool's}
  final @Nullable ClassLoader guest() {
    return guest;
  }

  /// A worker has died that had it as the next to start. Not for what the pool has killed for
  /// another reason. If there were too many of these, it is refused, as soon as it waits.
  final void suspect(WorkerCrashedException death) {
    WorkerCrashedException verdict;
    synchronized (this) {
      if (suspicion == null) {
        suspicion = new Suspicion();
      }
      verdict = suspicion.add(death, title());
    }
    if (verdict != null) {
      refuse(verdict); // one that was sent meanwhile runs, or comes back here
    }
  }

  /// {@return what is sent; null if it is not needed any more}
  final @Nullable Message message() {
    return message;
  }

  /// It is nowhere any more.
  final void leave() {
    cancelDeadline();
    message = null;
    gone();
  }

  /// Cancels it.
  ///
  /// @param mayKill whether the worker that runs it is killed
  /// @return UNRUN, STOPPED or TOO_LATE
  public final Cancellation cancel(boolean mayKill) {
    for (int tries = 0; ; tries++) {
      Object now = stage;
      if (now instanceof Seat seat) {
        if (seat.withdraw()) {
          return settleWithdrawn(seat) ? Cancellation.UNRUN : Cancellation.TOO_LATE;
        }
        if (!seat.isMoving(tries) && settle(seat)) {
          if (mayKill) {
            seat.worker().stop(this, seat.number());
          }
          return Cancellation.STOPPED;
        }
      } else if (now == SETTLED) {
        return Cancellation.TOO_LATE;
      } else if (settleWaiting()) {
        return Cancellation.UNRUN;
      }
    }
  }

  /// How a cancellation went.
  public enum Cancellation {
    /// It never ran and never will; [Job#drop()] follows, when that was told.
    UNRUN,
    /// It was running, or about to.
    STOPPED,
    /// Its outcome was decided before.
    TOO_LATE
  }

  /// After UNRUN: takes it out.
  public final void drop() {
    leave();
  }

  // ---- the timeout

  /// Sets the alarm. Called when it was sent, which may be long before it starts.
  final void watch() {
    long timeout = timeoutNanos();
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

  /// The alarm rings: at the earliest possible end. If it started later, or has not started yet,
  /// there is another; a task that starts after this look is over later than the next. If it has
  /// ended in time, its answer is on its way, and has as long again for that: who reads it may be
  /// decoding something that does not end.
  private void look() {
    if (!(stage instanceof Seat seat)) {
      return;
    }
    JobHost in = seat.worker();
    long timeout = timeoutNanos();
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
        in.stop(this, seat.number());
        timedOut(in.pid());
      });
    }
  }

  /// {@return how long it has run} Not longer than since it was sent; and that long if the worker
  /// says that it starts in the future.
  private long ranFor(JobHost in) {
    long sinceSent = System.nanoTime() - sentAt;
    long ran = in.ranFor();
    return ran < -CLOCKS_DIFFER_NANOS || ran > sinceSent ? sinceSent : ran;
  }
}
