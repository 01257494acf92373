package dev.tandem.pools.internal.executor;

import static dev.tandem.core.internal.Checks.notNull;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.core.internal.Handles;
import dev.tandem.pools.internal.executor.RunTerms.Unread;
import dev.tandem.pools.internal.executor.TaskRecord.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A task that runs in another JVM. A subclass knows how its outcome is decided, once; the thread
/// that has decided it publishes it here.
public abstract class RemoteRun<T extends @Nullable Object> extends AcceptedTask<T> {
  /*
   * The deciding thread may be a reader of answers, which must not run code of users. So listeners
   * of the future run among the executor's callbacks; and where task listeners must be told before
   * the future is done, `events` does that, a sequence of its own for each task.
   *
   * `steps` says which of two things have happened: the outcome is published; the other JVM is done
   * with the task. The second of the two threads tells `ended` and counts the task out. So when the
   * executor has terminated, all futures are done.
   */
  private static final int PUBLISHED = 1;
  private static final int GONE = 2;
  private static final VarHandle STEPS = Handles.of(MethodHandles.lookup(), "steps", int.class);

  /// An exception may be one and the same for many tasks: it must not grow without end.
  private static final int MOST_SUPPRESSED = 32;

  private final Executor callbacks;
  private final RunTerms terms;
  private final @Nullable Runnable given;
  private final @Nullable SubmittedHere submitted;

  private final @Nullable TaskRecord record = TaskRecord.submitted();

  private volatile int steps;
  private volatile @Nullable Executor events;
  private volatile @Nullable UnreadFailure unread;

  /// @param callbacks the executor that tells users, apart from readers
  /// @param given the body that `execute` was given, for `shutdownNow` to give back
  /// @param submitted the stack of the submitter, if it is kept
  protected RemoteRun(
      TaskHost host,
      Executor callbacks,
      RunTerms terms,
      @Nullable Runnable given,
      @Nullable SubmittedHere submitted) {
    super(host);
    this.callbacks = callbacks;
    this.terms = terms;
    this.given = given;
    this.submitted = submitted;
  }

  // ---- its terms

  @Override
  public @Nullable String title() {
    return terms.name();
  }

  /// {@return how long it may run; 0 for ever}
  public long timeoutNanos() {
    return terms.timeoutNanos();
  }

  /// {@return how often it runs again when the JVM that has it is lost}
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

  /// Tells listeners that the body has started.
  protected final void begun() {
    startsIn(0);
    Executor own = events();
    if (own != null) {
      own.execute(() -> listeners().started(this));
    }
  }

  /// {@return whether Flight Recorder is told of the task}
  public final boolean isRecorded() {
    return record != null;
  }

  /// Notes that a process has the task, and nothing before it.
  ///
  /// @param pid its process id; 0 if it is not known, or was told before
  public final void startsIn(long pid) {
    if (record != null) {
      record.starts(pid);
    }
  }

  private void settled(Outcome outcome, @Nullable Class<?> failure) {
    if (record != null) {
      record.settled(this, outcome, failure);
    }
  }

  /// Publishes a result.
  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the body has returned
  protected final void returned(@Nullable Object value) {
    settled(Outcome.SUCCEEDED, null);
    publish(() -> succeed((T) value));
  }

  /// Publishes a failure that is this task's alone.
  protected final void failedThere(Throwable e) {
    if (submitted != null && !(e instanceof TaskTimeoutException)) {
      if (e.getSuppressed().length < MOST_SUPPRESSED) {
        e.addSuppressed(submitted.withoutOurs()); // it was made for this task
      }
    }
    boolean late = e instanceof TaskTimeoutException && timeoutNanos() > 0;
    settled(late ? Outcome.TIMED_OUT : Outcome.FAILED, e.getClass());
    publish(() -> fail(e));
  }

  /// Publishes a failure to get the task to another JVM.
  protected final void failedHere(Throwable e) {
    publish(() -> fail(e));
  }

  /// Publishes a cancellation, on the canceller's thread, as for all tasks.
  ///
  /// @param interrupted whether the body may be interrupted
  /// @param ran whether the other JVM may have started it
  protected final void cancelledHere(boolean interrupted, boolean ran) {
    if (ran) {
      settled(Outcome.CANCELLED, null);
    }
    host.enterDuty();
    try {
      host.placeFreed();
      cancelled(interrupted);
    } finally {
      host.leaveDuty();
      step(PUBLISHED, GONE);
    }
  }

  /// Notes that the other JVM is done with the task, or never gets it.
  protected final void left() {
    step(GONE, PUBLISHED);
  }

  protected final boolean hasLeft() {
    return (steps & GONE) != 0;
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
  protected boolean takeBack() {
    return false; // what sends tasks takes each
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

  // ---- TaskInfo

  @Override
  public @Nullable Thread thread() {
    return null; // it is in another JVM
  }
}
