package dev.tandem.structured;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.ThrowingRunnable;
import dev.tandem.core.internal.Bodies;
import dev.tandem.core.internal.InheritedContext;
import dev.tandem.core.internal.Options;
import dev.tandem.structured.CancelReason.Kind;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The part of a scope that its owner shares with the subtasks: forking, starting, and the reports
/// of ending subtasks. All methods may be called by several threads at once.
abstract sealed class ScopeForks<
        T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    extends ScopeNode implements TaskScope<T, R, X> permits Scope {
  final Joiner<? super T, ? extends R, X> joiner;

  ScopeForks(Joiner<? super T, ? extends R, X> joiner, ScopeOptions options) {
    super(options);
    this.joiner = joiner;
  }

  @Override
  public <U extends T> Subtask<U> fork(Callable<? extends U> task) {
    return forkThread(null, notNull(task, "task"));
  }

  @Override
  public <U extends T> Subtask<@Nullable U> fork(Runnable task) {
    return forkThread(null, callable(task));
  }

  @Override
  public <U extends T> Subtask<@Nullable U> fork(ThrowingRunnable task) {
    return forkThread(null, callable(task));
  }

  @Override
  public <U extends T> Subtask<U> fork(String name, Callable<? extends U> task) {
    return forkThread(Options.name(name), notNull(task, "task"));
  }

  @Override
  public <U extends T> Subtask<@Nullable U> fork(String name, ThrowingRunnable task) {
    return forkThread(Options.name(name), callable(task));
  }

  private static <U extends @Nullable Object> SerializableCallable<@Nullable U> callable(
      Runnable task) {
    return Bodies.of(notNull(task, "task"), null);
  }

  @Override
  public <U extends T> Subtask<U> forkOn(
      TaskExecutor executor, SerializableCallable<? extends U> task) {
    notNull(executor, "executor");
    notNull(task, "task");
    checkMayFork();
    return fork(number -> {
      String label = path().isEmpty() ? "subtask-" + number : path() + "/" + number;
      return new ExecutorChild<U>(this, number, executor, null, Task.of(label, task));
    });
  }

  @Override
  public <U extends T> Subtask<@Nullable U> forkOn(
      TaskExecutor executor, SerializableRunnable task) {
    return forkOn(executor, callable(task));
  }

  @Override
  public <U extends T> Subtask<U> forkOn(
      TaskExecutor executor, String name, SerializableCallable<? extends U> task) {
    return forkOn(executor, Task.of(name, task));
  }

  @Override
  public <U extends T> Subtask<@Nullable U> forkOn(
      TaskExecutor executor, String name, SerializableRunnable task) {
    return forkOn(executor, name, callable(task));
  }

  @Override
  public <U extends T> Subtask<U> forkOn(TaskExecutor executor, Task<? extends U> task) {
    notNull(executor, "executor");
    notNull(task, "task");
    checkMayFork();
    return fork(number -> new ExecutorChild<U>(this, number, executor, task.name(), task));
  }

  private <U extends T> Subtask<U> forkThread(@Nullable String name, Callable<? extends U> task) {
    checkMayFork();
    Callable<? extends U> inContext = InheritedContext.subtask(task, options.context());
    return fork(number -> new ThreadChild<U>(this, number, name, inContext));
  }

  private <U extends T> Subtask<U> fork(IntFunction<Child<U>> maker) {
    Child<U> child = make(maker);
    tellJoiner(child);
    children.add(child);
    try {
      begin(child);
    } catch (Throwable e) { // an error: the subtask is counted in, so it must be counted out
      child.refuse(e);
      throw e;
    }
    children.sweepIfWorthIt(child.number(), state.unfinished());
    return child;
  }

  private void begin(Child<?> child) {
    ScopeNode deadline = state.expiredBy();
    if (!isCancelled()) {
      if (deadline != null) {
        cancel(new CancelReason(Kind.TIMEOUT, deadline, null));
      } else if (state.isClosing()) {
        leave();
      }
    }
    // After adding: either this thread sees the cancellation, or the canceller's walk the subtask.
    if (isCancelled()) {
      child.cancel();
    } else {
      launch(child);
    }
  }

  private <U extends @Nullable Object> Child<U> make(IntFunction<Child<U>> maker) {
    int number = state.fork();
    try {
      return maker.apply(number);
    } catch (Throwable e) {
      state.finished();
      throw e;
    }
  }

  @SuppressWarnings("unchecked") // a joiner of a supertype takes the handle as one of its own
  private <U extends T> void tellJoiner(Child<U> child) {
    try {
      if (((Joiner<U, ?, ?>) joiner).onFork(child)) {
        cancel(Kind.ENOUGH, null);
      }
    } catch (Throwable e) {
      try {
        cancel(Kind.CALLBACK, e);
      } finally {
        child.cancel(); // counted in, so it must be counted out
      }
      throw e;
    }
  }

  private void launch(Child<?> child) {
    try {
      child.prepare();
    } catch (Throwable e) {
      child.refuse(e);
      return;
    }
    if (limit == null || child instanceof ExecutorChild) {
      child.start();
    } else {
      limit.startOrQueue(child);
    }
  }

  private void checkMayFork() {
    Thread current = Thread.currentThread();
    if (current == owner) {
      checkNotJoined("fork");
      return;
    }
    Child<?> child = LiveScopes.child(current);
    for (ScopeNode s = child == null ? null : child.scope; s != null; s = s.place.outer()) {
      if (s == this) {
        checkNotOver();
        return;
      }
    }
    if (!children.contains(current)) { // contained if the body has set a handler of its own
      throw wrongThread("fork", current, " or one of its subtasks");
    }
  }

  /// Checks that the owner has not joined. Only a subtask of a scope inside or a thread whose
  /// subtask has completed can fork that late: the owner joins before a subtask has completed only
  /// if the scope is cancelled.
  private void checkNotOver() {
    if (state.isJoined() && !isCancelled()) {
      throw new IllegalStateException("fork: " + this + " was joined before");
    }
  }

  // ---- reports of subtasks

  /// Reports that a subtask has succeeded or failed.
  void completed(Child<?> child, @Nullable Throwable failure) {
    try {
      boolean keeps = joiner instanceof OwnJoiner<?, ?, ?> own && own.keepsFailures();
      if (failure != null && (keeps || isCancelled())) {
        failures.add(failure, false);
      }
      if (!isCancelled() && onComplete(child)) {
        if (failure != null && !keeps) {
          failures.add(failure, false);
        }
        cancel(Kind.ENOUGH, null);
      }
    } finally {
      state.finished();
    }
  }

  @SuppressWarnings("unchecked") // as in onFork
  private boolean onComplete(Child<?> child) {
    boolean byOwner = Thread.currentThread() == owner; // if the subtask could not be started
    boolean readableBefore = readable;
    try {
      if (byOwner) {
        readable = true;
      }
      return ((Joiner<Object, ?, ?>) joiner).onComplete((Subtask<Object>) child);
    } catch (Throwable e) {
      failures.add(e, true);
      cancel(Kind.CALLBACK, e);
      return true; // the scope is cancelled, and the joiner has not seen the subtask's failure
    } finally {
      if (byOwner) {
        readable = readableBefore;
      }
    }
  }

  /// Reports that a cancelled subtask has ended.
  ///
  /// @param failure its exception, unless that is only the answer to the cancellation
  void endedLate(@Nullable Throwable failure) {
    if (failure != null) {
      failures.add(failure, true);
    }
    state.finished();
  }

  /// Reports that a subtask was cancelled before it started.
  void neverRan() {
    state.finished();
  }

  /// Reports that a body has ended, and passes its permit on.
  void bodyEnded() {
    if (limit != null) {
      limit.startNext();
    }
  }
}
