package dev.tandem.structured;

import dev.tandem.core.Outcome;
import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.Handles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One subtask: its handle, its level in the tree, and the protocol between its start, its
/// completion and its cancellation.
///
/// ```text
///   NEW ──start──▶ STARTED ──body returns──▶ SUCCESS
///    │                │ └──────body throws──▶ FAILED
///    │ cancel         │ cancel
///    ▼                ▼
///   CANCELLED ◀──── INTERRUPTED      (when the body ends, however it ends)
/// ```
///
/// Every arrow is a compare-and-set, so of cancel and start, and of cancel and completion, exactly
/// one wins: a subtask that was cancelled first never runs; one that completed first keeps its
/// result; the one canceller that moves it to INTERRUPTED interrupts it. SUCCESS, FAILED and
/// CANCELLED are final, and INTERRUPTED already reads as cancelled: an outcome that a handle has
/// shown never changes.
abstract sealed class Child<T extends @Nullable Object> extends Level
    implements TaskScope.Subtask<T> permits ThreadChild, ExecutorChild {
  static final int NEW = 0;
  static final int STARTED = 1;
  static final int INTERRUPTED = 2;
  static final int SUCCESS = 3;
  static final int FAILED = 4;
  static final int CANCELLED = 5;

  private static final VarHandle STATE = Handles.of(MethodHandles.lookup(), "state", int.class);

  final ScopeForks<? super T, ?, ?> scope;

  /// The number of the fork in its scope, from 1.
  private final int number;

  private final @Nullable String name;

  /// See [Children].
  @Nullable Child<?> older;

  private volatile int state;

  /// The value or the exception; written before the state becomes SUCCESS or FAILED. While the body
  /// runs, the exception with which a scope inside has reported its cancellation; see [#echo].
  private @Nullable Object result;

  /// The time of the start, for the dump. Written before the state becomes STARTED.
  private long startedAt;

  Child(ScopeForks<? super T, ?, ?> scope, int number, @Nullable String name) {
    this.scope = scope;
    this.number = number;
    this.name = name;
  }

  /// Acquires the resources of the start. Thread: forking.
  abstract void prepare() throws Exception;

  /// Starts the body. The state is STARTED.
  abstract void launch() throws Exception;

  /// Interrupts the body. The state is INTERRUPTED. Called once, perhaps before `launch` returns.
  abstract void interrupt();

  /// Drops the body, which never runs.
  abstract void discard();

  /// Whether no thread runs the body, now or later.
  abstract boolean isOver();

  /// Waits for the end of the thread.
  ///
  /// @return false if there is no thread to wait for yet
  abstract boolean awaitEnd(EndWait wait);

  /// Whether a thread runs this subtask.
  abstract boolean runsOn(Thread thread);

  final int stage() {
    return state;
  }

  final boolean isFinal() {
    return state >= SUCCESS;
  }

  final int number() {
    return number;
  }

  final boolean wasCutOff() {
    int now = state;
    return now == INTERRUPTED || now == CANCELLED;
  }

  final long startedAt() {
    return startedAt;
  }

  /// Starts the subtask.
  ///
  /// @return false if it never runs, which has been reported to the scope
  final boolean start() {
    startedAt = System.nanoTime();
    if (!STATE.compareAndSet(this, NEW, STARTED)) {
      return false; // cancelled; the canceller reports it
    }
    try {
      launch();
      return true;
    } catch (Throwable e) {
      discard();
      fail(rejected(e));
      return false;
    }
  }

  /// Completes a subtask that has no thread and will get none.
  final void refuse(Throwable e) {
    if (STATE.compareAndSet(this, NEW, STARTED)) {
      discard();
      fail(rejected(e));
    }
  }

  private Throwable rejected(Throwable e) {
    if (e instanceof RejectedExecutionException) {
      return e;
    }
    try {
      return new RejectedExecutionException(
          "subtask " + label() + " could not start: " + GuardedLog.shortText(e), e);
    } catch (Throwable _) {
      return e; // no memory for that either
    }
  }

  /// Cancels the subtask, and then the scope inside it. Does nothing if the subtask has completed
  /// or was cancelled before. The subtask's own scope must be cancelled.
  final void cancel() {
    if (markToStop()) {
      interruptGuarded();
      // After the interrupt, so that the owner of the inner scope is interrupted before it can see
      // that scope cancelled.
      CancelWalk.inside(this, scope.cancellation());
    }
  }

  /// Moves the subtask from NEW to CANCELLED, or from STARTED to INTERRUPTED.
  ///
  /// @return whether the caller must interrupt the body
  final boolean markToStop() {
    if (state > STARTED) {
      return false;
    }
    scope.state.cutOff();
    if (STATE.compareAndSet(this, NEW, CANCELLED)) {
      discard();
      scope.neverRan();
      return false;
    }
    return STATE.compareAndSet(this, STARTED, INTERRUPTED);
  }

  /// Interrupts the body of a marked subtask. `Thread.interrupt` may be overridden, so its
  /// exceptions are logged.
  final void interruptGuarded() {
    try {
      interrupt();
    } catch (Throwable e) {
      GuardedLog.warn(ScopeNode.LOG, this + " could not be interrupted", e);
    }
  }

  /// Completes the subtask with the value that the body has returned.
  final void succeed(T value) {
    if (isFinal()) {
      return;
    }
    result = value;
    if (STATE.compareAndSet(this, STARTED, SUCCESS)) {
      scope.completed(this, null);
    } else {
      end(null);
    }
  }

  /// Completes the subtask with an exception of the body or of the start.
  final void fail(Throwable e) {
    if (isFinal()) {
      return;
    }
    boolean echo = isEcho(e);
    result = e;
    if (echo && scope.isCancelled()) {
      // The scope was cancelled first, and the body answers that; the canceller's walk has not
      // reached this subtask yet.
      scope.state.cutOff();
      STATE.compareAndSet(this, STARTED, INTERRUPTED);
    }
    if (STATE.compareAndSet(this, STARTED, FAILED)) {
      scope.completed(this, e);
    } else {
      end(echo ? null : e);
    }
  }

  /// Ends a cancelled subtask when its body has ended.
  ///
  /// @param news the body's exception, unless that is only the answer to the cancellation
  final void end(@Nullable Throwable news) {
    if (!STATE.compareAndSet(this, INTERRUPTED, CANCELLED)) {
      return; // another call has counted the subtask out
    }
    result = null;
    scope.endedLate(news);
  }

  /// Notes the exception with which `join` of a scope inside reports a cancellation from outside.
  /// Thread: the body's.
  final void echo(Throwable e) {
    if (!isFinal()) {
      result = e;
    }
  }

  /// Replaces the exception that [#echo] has noted.
  final void replaceEcho(Throwable e, Throwable by) {
    if (!isFinal() && result == e) {
      result = by;
    }
  }

  /// Whether an exception only reports that the body has stopped because it was cancelled. An
  /// exception with suppressed failures, from a scope inside, reports more.
  private boolean isEcho(Throwable e) {
    return (e == result || e instanceof CancellationException || Causes.isOfInterrupt(e))
        && e.getSuppressed().length == 0;
  }

  /// Completes a subtask whose thread has ended without running it.
  void failIfLost() {}

  @Override
  final ScopeNode scope() {
    return scope;
  }

  @Override
  final String path() {
    return name == null && scope.path().isEmpty() ? "" : label();
  }

  /// The path, or the number if there are no names.
  final String label() {
    String label = name == null ? Integer.toString(number) : name + "-" + number;
    return ScopePlace.path(scope.path(), label);
  }

  @Override
  public final State state() {
    return switch (state) {
      case SUCCESS -> State.SUCCESS;
      case FAILED -> State.FAILED;
      default -> State.UNAVAILABLE;
    };
  }

  @Override
  public final T get() {
    return switch (outcome()) {
      case Outcome.Success<T>(var value) -> value;
      case Outcome.Failure<T>(var e) -> throw new IllegalStateException(this + " failed", e);
      case Outcome.Cancelled<T>() -> throw scope.cancelled(toString());
    };
  }

  @Override
  public final Throwable exception() {
    if (outcome() instanceof Outcome.Failure<T>(var e)) {
      return e;
    }
    throw new IllegalStateException(this + " did not fail");
  }

  @Override
  @SuppressWarnings("unchecked") // a result of type T was written before SUCCESS
  public final Outcome<T> outcome() {
    scope.checkReadable();
    if (state <= STARTED && scope.isCancelled()) {
      cancel(); // help the canceller, which is late, so that the answer is final
    }
    return switch (state) {
      case SUCCESS -> new Outcome.Success<>((T) result);
      case FAILED -> new Outcome.Failure<>(failure());
      case INTERRUPTED, CANCELLED -> new Outcome.Cancelled<>();
      default -> throw new IllegalStateException(this + " has not completed");
    };
  }

  private Throwable failure() {
    if (result instanceof Throwable e) {
      return e;
    }
    throw new AssertionError(result);
  }

  /// Adds on what the subtask runs, unless that is a thread of its own.
  void tellWhere(DumpEntry entry) {}

  static String words(int state) {
    return switch (state) {
      case NEW -> "not started";
      case STARTED -> "running";
      case INTERRUPTED -> "told to stop";
      case SUCCESS -> "succeeded";
      case FAILED -> "failed";
      default -> "cancelled";
    };
  }

  @Override
  public final String toString() {
    int now = state;
    String failure = now == FAILED ? ": " + GuardedLog.shortText(failure()) : "";
    return "Subtask[" + label() + ", " + words(now) + failure + "]";
  }
}
