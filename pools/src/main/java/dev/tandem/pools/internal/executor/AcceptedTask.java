package dev.tandem.pools.internal.executor;

import static dev.tandem.core.internal.Checks.notNull;

import com.google.common.util.concurrent.AbstractFuture;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.LiveTask;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One submitted task: its future and its [TaskInfo] in a single object, and the way in which its
/// outcome is counted, told to listeners and published. A subclass runs it and stops it: exactly
/// one thread calls one of [#succeed], [#fail] and [#cancelled]; then listeners are told `ended`,
/// and [TaskHost#placeFreed()] and [TaskHost#bodyEnded()] are called once each.
public abstract class AcceptedTask<T extends @Nullable Object> extends AbstractFuture<T>
    implements Runnable, LiveTask {
  /*
   * A failure is read when an ExecutionException leaves `get`. Guava's callbacks, allAsList and
   * setFuture all come through `get`, because this class extends AbstractFuture directly: only for
   * its own, trusted subclasses does Guava look at the failure past `get`.
   */

  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  public final TaskHost host;
  private long id; // 0 until it is accepted

  protected AcceptedTask(TaskHost host) {
    this.host = host;
  }

  // ---- what a subclass may override

  protected TaskListeners listeners() {
    return host.listeners;
  }

  public TaskCounters counters() {
    return host.counters;
  }

  /// Handles a failure that has no reader yet. Called before the future completes.
  ///
  /// @return what waits for a reader, if anything does
  protected @Nullable UnreadFailure failedUnread(Throwable exception) {
    return UnreadFailure.register(this, exception, host.unread);
  }

  /// {@return whether it is a task to those outside, and not only a means to run others}
  public boolean isCounted() {
    return true;
  }

  // ---- submitting

  public final boolean isAccepted() {
    return id != 0;
  }

  /// Gives the task its number and tells listeners that it was submitted.
  public final void accept() {
    id = counters().submitted();
    TaskRecord.accepted(this);
    if (!listeners().isEmpty()) {
      host.enterDuty();
      try {
        listeners().submitted(this);
      } finally {
        host.leaveDuty();
      }
    }
  }

  /// Ends an accepted task that could not be started, of which its submitter hears by an exception.
  ///
  /// @return false if it has started or ended: `shutdownNow` may have cancelled it
  protected abstract boolean takeBack();

  /// {@return the refusal of this task, which could not be given a thread}
  public final RejectedExecutionException notStarted(Throwable cause) {
    if (cause instanceof RejectedExecutionException refusal) {
      return refusal;
    }
    return new RejectedExecutionException(
        "%s: task %s could not be started: %s"
            .formatted(executor(), name(), GuardedLog.text(cause)),
        cause);
  }

  /// Cancels it if it has not started.
  ///
  /// @return what `shutdownNow` gives back for it, or null if it has started or ended
  public abstract @Nullable Runnable withdraw();

  /// Does the same, whatever users' code throws: others are to be withdrawn, too.
  final @Nullable Runnable withdrawGuarded() {
    try {
      return withdraw();
    } catch (Throwable e) { // of a listener of its future
      GuardedLog.error(log, "A listener of a cancelled task threw", e);
      return this;
    }
  }

  // ---- the outcome; published by the thread that has decided it

  protected void succeed(T value) {
    try {
      counters().succeeded();
      listeners().succeeded(this);
    } finally {
      set(value); // also when there is no memory to count it
    }
  }

  protected final void fail(Throwable exception) {
    try {
      counters().failed();
      listeners().failed(this, exception);
      UnreadFailure unread = failedUnread(exception);
      if (unread != null) {
        remember(unread);
      }
    } finally {
      setException(exception); // also when there is no memory to remember it
    }
  }

  /// Keeps the failure for [#unreadFailure()].
  protected abstract void remember(UnreadFailure unread);

  protected final void cancelled(boolean interrupted) {
    try {
      counters().cancelled();
      listeners().cancelled(this);
    } finally {
      super.cancel(interrupted);
    }
  }

  // ---- the future

  /// {@return the failure of this future as long as it is not known to have been read; else null}
  protected abstract @Nullable UnreadFailure unreadFailure();

  @Override
  public T get() throws InterruptedException, ExecutionException {
    try {
      return super.get();
    } catch (ExecutionException e) {
      failureRead();
      throw e;
    }
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, TimeoutException, ExecutionException {
    try {
      return super.get(timeout, notNull(unit, "unit"));
    } catch (ExecutionException e) {
      failureRead();
      throw e;
    }
  }

  private void failureRead() {
    UnreadFailure failure = unreadFailure();
    if (failure != null) {
      failure.read();
    }
  }

  /// {@return the state} This reads no failure; the inherited method would call `get`.
  @Override
  public State state() {
    if (!isDone()) {
      return State.RUNNING;
    }
    if (isCancelled()) {
      return State.CANCELLED;
    }
    return unreadFailure() != null ? State.FAILED : super.state();
  }

  // ---- TaskInfo

  @Override
  public final long id() {
    return id;
  }

  @Override
  public String name() {
    String own = title();
    return own == null ? host.name + "-" + id : own;
  }

  /// {@return the name that the submitter has given it; null if it has a number only}
  public @Nullable String title() {
    return null;
  }

  @Override
  public final String executor() {
    return host.name;
  }

  /// Reads no failure, as the inherited method would.
  @Override
  public String toString() {
    State state = state();
    String now = state == State.RUNNING && !isRunning() ? "QUEUED" : state.name();
    return "Task[%s of %s: %s]".formatted(name(), executor(), now);
  }
}
