package dev.tandem.pools.internal.process;

import static dev.tandem.core.internal.Checks.notNull;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.core.internal.Handles;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.internal.executor.AcceptedTask;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.executor.TaskListeners;
import dev.tandem.pools.internal.executor.UnreadFailure;
import dev.tandem.pools.internal.process.RunTerms.Unread;
import dev.tandem.pools.internal.process.fleet.Job;
import dev.tandem.pools.internal.process.fleet.Job.CancelOutcome;
import dev.tandem.pools.internal.process.fleet.JobClient;
import dev.tandem.pools.internal.process.fleet.Message;
import java.io.NotSerializableException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A task that runs in a worker process.
final class ProcessRun<T extends @Nullable Object> extends AcceptedTask<T> implements JobClient {
  /*
   * Its job decides the outcome (Job); the thread that has decided publishes it here: the reader of
   * the worker, its reaper, a thread of the timer, a canceller. A reader must not run code of users.
   * So listeners of the future run among the executor's callbacks; and where task listeners must be
   * told before the future is done, `events` does that, a sequence of its own for each task.
   *
   * `steps` says which of two things have happened: the outcome is published; the job is gone. The
   * second of the two threads tells `ended` and counts the task out. So when the executor has
   * terminated, all futures are done.
   */
  private static final int PUBLISHED = 1;
  private static final int GONE = 2;
  private static final VarHandle STEPS = Handles.of(MethodHandles.lookup(), "steps", int.class);
  private static final long SPIN_NANOS = 30_000;

  /// An exception may be one and the same for many tasks: it must not grow without end.
  private static final int MOST_SUPPRESSED = 32;

  private final Executor callbacks;
  final Job job;
  private final RunTerms terms;
  private final @Nullable Runnable given;
  private final @Nullable SubmittedHere submitted;

  /// Why it cannot be sent; null if it can.
  final @Nullable NotSerializableException unsendable;

  private volatile int steps;
  private volatile @Nullable Executor events;
  private volatile @Nullable UnreadFailure unread;

  /// @param callbacks the executor that tells users, apart from readers
  /// @param given the body that `execute` was given, for `shutdownNow` to give back
  /// @param message what is sent; null if the body cannot be sent
  /// @param unsendable why that is
  /// @param submitted the stack of the submitter, if it is kept
  ProcessRun(
      TaskHost host,
      Executor callbacks,
      RunTerms terms,
      @Nullable Runnable given,
      @Nullable Message message,
      @Nullable NotSerializableException unsendable,
      @Nullable SubmittedHere submitted) {
    super(host);
    this.callbacks = callbacks;
    this.terms = terms;
    this.given = given;
    this.job = Job.ofTask(this, message);
    this.unsendable = unsendable;
    this.submitted = submitted;
  }

  /// {@return the failure of a task that was stopped by killing the process that ran it}
  static TaskTimeoutException killedAtTimeout(String task, long timeoutNanos, long pid) {
    return new TaskTimeoutException(
        task,
        Duration.ofNanos(timeoutNanos),
        "its worker process (pid %d) was killed".formatted(pid),
        false);
  }

  // ---- its terms

  @Override
  public String name() {
    String own = terms.name();
    return own == null ? super.name() : own;
  }

  @Override
  public @Nullable String title() {
    return terms.name();
  }

  @Override
  public long timeoutNanos() {
    return terms.timeoutNanos();
  }

  @Override
  public int retries() {
    return terms.retries();
  }

  @Override
  protected TaskListeners listeners() {
    return terms.listeners();
  }

  @Override
  protected @Nullable UnreadFailure failedUnread(Throwable exception) {
    return switch (terms.unread()) {
      case LATER -> super.failedUnread(exception);
      case NOW -> {
        UnreadFailure.log("Task " + name() + " failed", name(), host.isStopping(), exception);
        yield null;
      }
      case NEVER -> null;
    };
  }

  /// {@return whether telling the outcome runs code of users} A logger's appender is such code.
  private boolean tellsUsers() {
    return !listeners().isEmpty() || terms.unread() == Unread.NOW;
  }

  /// {@return the sequence that tells users of this task; null if there are none}
  private @Nullable Executor events() {
    Executor own = events;
    if (own == null && tellsUsers()) {
      synchronized (this) {
        own = events;
        if (own == null) {
          own = MoreExecutors.newSequentialExecutor(host.onDuty(callbacks));
          events = own;
        }
      }
    }
    return own;
  }

  // ---- the outcome

  private void publish(Runnable outcome) {
    Executor own = events();
    if (own == null) {
      publishHere(outcome);
    } else {
      own.execute(() -> publishHere(outcome));
    }
  }

  private void publishHere(Runnable outcome) {
    try {
      host.placeFreed();
      outcome.run();
    } finally {
      step(PUBLISHED, GONE);
    }
  }

  private int addStep(int step) {
    return (int) STEPS.getAndBitwiseOr(this, step);
  }

  private void step(int mine, int other) {
    if ((addStep(mine) & other) == 0) {
      return;
    }
    Executor own = events();
    if (own == null) {
      host.bodyEnded();
    } else {
      own.execute(() -> {
        listeners().ended(this);
        host.bodyEnded();
      });
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the body has returned
  private void returned(@Nullable Object value) {
    publish(() -> succeed((T) value));
  }

  private void failHere(Throwable e) {
    if (submitted != null && !(e instanceof TaskTimeoutException)) {
      if (e.getSuppressed().length < MOST_SUPPRESSED) {
        e.addSuppressed(submitted.withoutOurs()); // it was made for this task
      }
    }
    publish(() -> fail(e));
  }

  @Override
  protected void remember(UnreadFailure failure) {
    unread = failure;
  }

  @Override
  protected @Nullable UnreadFailure unreadFailure() {
    return unread;
  }

  // ---- stopping

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isAccepted()) {
      return super.cancel(mayInterruptIfRunning);
    }
    CancelOutcome how = job.cancel(mayInterruptIfRunning);
    if (how == CancelOutcome.TOO_LATE) {
      return isCancelled() && super.cancel(mayInterruptIfRunning);
    }
    host.enterDuty();
    try {
      host.placeFreed();
      cancelled(mayInterruptIfRunning); // on the canceller's thread, as for all tasks
    } finally {
      host.leaveDuty();
      step(PUBLISHED, GONE);
      if (how == CancelOutcome.UNRUN) {
        job.leave();
      }
    }
    return true;
  }

  @Override
  protected boolean takeBack() {
    return false; // the fleet takes every job
  }

  @Override
  public @Nullable Runnable withdraw() {
    if (!cancel(false)) {
      return null;
    }
    return given == null ? this : given;
  }

  /// Does nothing: what `shutdownNow` gives back was cancelled.
  @Override
  public void run() {}

  // ---- the future

  @Override
  public void addListener(Runnable listener, Executor on) {
    notNull(listener, "listener");
    notNull(on, "executor");
    Executor apart = step -> callbacks.execute(() -> on.execute(step));
    super.addListener(listener, isDone() ? on : apart);
  }

  /// Spins for as long as a quick answer takes, since to be woken takes as long again.
  @Override
  public T get() throws InterruptedException, ExecutionException {
    spin(SPIN_NANOS);
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, TimeoutException, ExecutionException {
    spin(Math.min(SPIN_NANOS, unit.toNanos(timeout)));
    return super.get(timeout, unit);
  }

  private void spin(long nanos) {
    if (isDone() || Thread.currentThread().isVirtual() || !job.isNext()) {
      return;
    }
    long end = System.nanoTime() + nanos;
    do {
      for (int i = 0; i < 32; i++) {
        if (isDone()) {
          return;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - end < 0);
  }

  // ---- TaskInfo

  @Override
  public @Nullable Thread thread() {
    return null; // it is in another JVM
  }

  @Override
  public boolean isRunning() {
    return job.isRunning() && (steps & GONE) == 0;
  }

  // ---- JobClient

  @Override
  public void started() {
    Executor own = events();
    if (own != null) {
      own.execute(() -> listeners().started(this));
    }
  }

  @Override
  public void answered(int kind, @Nullable Object answer) {
    if (answer instanceof Failed failed) {
      failHere(failed.failure());
    } else {
      returned(answer);
    }
  }

  @Override
  public void refused(Throwable reason) {
    if (reason instanceof WorkerCrashedException) {
      failHere(reason); // it was sent, and is this task's alone
      return;
    }
    // a shared exception must not collect what belongs to single tasks
    Throwable own =
        reason instanceof PoolStartException shared
            ? new PoolStartException(String.valueOf(shared.getMessage()), shared)
            : reason;
    publish(() -> fail(own));
  }

  @Override
  public void crashed(Throwable failure, int itemsBegun) {
    failHere(failure);
  }

  @Override
  public void timedOut(long pid) {
    failHere(killedAtTimeout(name(), timeoutNanos(), pid));
  }

  @Override
  public void abandoned() {
    cancel(false);
  }

  @Override
  public void gone(Job settled) {
    step(GONE, PUBLISHED);
  }
}
