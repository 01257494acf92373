package dev.tandem.structured;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.FlightRecorder;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.structured.CancelReason.Kind;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The scope: brings together the shared state of its threads ([ScopeState]), its subtasks
/// ([Children], [Child]), its place in the tree ([ScopePlace]), the joiner, and the failures.
final class Scope<T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    extends ScopeForks<T, R, X> {
  private static final long LOST_CHECK_NANOS = 1_000_000_000;

  // Thread: owner, for all fields.

  private boolean endedAtDeadline;

  /// The exception that `join` has thrown.
  private @Nullable Throwable thrown;

  /// The exception that was made for this scope and in which later failures may be suppressed:
  /// [#thrown], or a cause of it.
  private @Nullable Throwable wrapper;

  private @Nullable Future<?> timer;

  private final @Nullable Object recorded = recorded();

  /// The reason why the scope was cancelled when the owner began to leave; null if it was not.
  private @Nullable CancelReason cancelledBefore;

  private Scope(Joiner<? super T, ? extends R, X> joiner, ScopeOptions options) {
    super(joiner, options);
  }

  static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      Scope<T, R, X> open(Joiner<? super T, ? extends R, X> joiner, ScopeOptions options) {
    notNull(joiner, "joiner");
    Scope<T, R, X> scope = new Scope<>(joiner, options);
    if (joiner instanceof OwnJoiner<?, ?, ?> own) {
      own.serve(scope);
    }
    scope.enter();
    try {
      scope.startTimer();
    } catch (Throwable e) { // no memory, say
      endAll(scope);
      throw e;
    }
    return scope;
  }

  /// Starts the timer of the deadline. A timeout of zero or less, such as the time left until an
  /// instant in the past, expires at once: every fork is then cut off.
  private void startTimer() {
    Duration timeout = options.timeout();
    if (timeout == null) {
      return;
    }
    if (timeout.isPositive()) {
      timer = TaskTimer.after(timeout, () -> TaskTimer.handOver(() -> expire(this)));
    } else {
      expire(this);
    }
  }

  /// {@return what Flight Recorder is told at the end; null if it records no scopes, or if there is
  /// no memory for it}
  private static @Nullable Object recorded() {
    try {
      return FlightRecorder.isInUse() ? JfrScopeEvent.started() : null;
    } catch (Throwable _) {
      return null;
    }
  }

  // ---- cancelling

  @Override
  public void cancel() {
    if (Thread.currentThread() == owner) {
      readable = true;
    }
    if (!state.isClosing()) {
      cancel(Kind.REQUESTED, null);
    }
  }

  // ---- joining and closing

  @Override
  public R join() throws X, InterruptedException {
    checkOwner("join");
    checkNotJoined("join");
    readable = true;
    wrapper = null;
    await(0);
    life = Life.JOINED;
    state.joined();
    stopTimer();
    CancelReason reason = state.cancellation();
    made = null;
    madeOfCancel = null;
    asksJoiner = true;
    try {
      return reason == null ? joiner.result() : resultAfter(reason);
    } catch (Throwable e) {
      thrown = e;
      hangFailures(e);
      if (reason != null && reason.origin() != this && e == madeOfCancel) {
        Child<?> around = LiveScopes.child(owner);
        if (around != null) {
          around.echo(e);
        }
      }
      throw e;
    } finally {
      asksJoiner = false;
    }
  }

  /// Adds the failures as suppressed exceptions to the one that `join` throws, or to the one in its
  /// chain of causes that a wrapped joiner of the library has made for this scope.
  private void hangFailures(Throwable e) {
    Throwable ours = made;
    if (ours != null && (e == ours || Causes.chain(e).contains(ours))) {
      wrapper = ours;
      failures.hangOn(ours);
    }
  }

  /// Waits until fewer than `max` subtasks are unfinished.
  ///
  /// @return false if the scope was cancelled
  boolean awaitRoom(int max) throws InterruptedException {
    await(max - 1);
    return !isCancelled();
  }

  private void await(int unfinished) throws InterruptedException {
    try {
      while (!state.await(this, unfinished, roundNanos())) {
        children.forEach(Child::failIfLost);
      }
    } catch (InterruptedException e) {
      thrown = e;
      wrapper = e;
      failures.hangOn(e);
      throw e;
    }
  }

  /// The length of a round of the owner's wait in nanoseconds. After each round the owner looks for
  /// threads of a user's factory that have ended without running their subtasks: no thread reports
  /// these.
  private long roundNanos() {
    return options.threadFactory() == null ? ScopeState.FOREVER : LOST_CHECK_NANOS;
  }

  /// Whether `join` has returned the partial outcome at the deadline. Called after `join`.
  boolean endedAtDeadline() {
    return endedAtDeadline;
  }

  /// Notes that another exception is thrown in place of that of `join`.
  void replaced(Throwable e, Throwable by) {
    Child<?> around = LiveScopes.child(owner);
    if (around != null) {
      around.replaceEcho(e, by);
    }
  }

  private R resultAfter(CancelReason reason) throws X {
    tellRest(reason); // so that each unfinished subtask has its final outcome
    return switch (reason.kind()) {
      case TIMEOUT -> {
        endedAtDeadline = state.hasCutOff();
        yield endedAtDeadline ? joiner.timeout() : joiner.result();
      }
      case CALLBACK -> {
        var e = new CompletionException(this + ": " + reason.kind().text, reason.failure());
        made(e, false);
        throw e;
      }
      default -> joiner.result();
    };
  }

  @Override
  public void close() {
    checkOwner("close");
    if (life == Life.CLOSED) {
      return;
    }
    boolean outOfOrder = inner != null;
    endAll(this);
    if (outOfOrder) {
      throw new IllegalStateException(
          this + " was closed while a scope inside it was open (expected: the reverse order)");
    }
  }

  @Override
  void beginEnd(boolean first) {
    cancelledBefore = state.cancellation();
    if (state.close()) {
      leave();
    }
    CancelReason reason = state.cancellation();
    if (reason == null) {
      return;
    }
    if (first) {
      tellRest(reason);
    } else {
      children.forEach(Child::cancel); // no walk inside: endAll calls each scope inside, too
    }
  }

  @Override
  void finishEnd() {
    children.awaitEnd();
    stopTimer();
    place.leave(owner);
    boolean joined = life == Life.JOINED;
    life = Life.CLOSED;
    readable = true;
    if (!joined) {
      state.cancel(
          new CancelReason(Kind.LEFT, this, null)); // as in the JDK; no subtask is left to cancel
    }
    if (recorded != null) {
      JfrScopeEvent.ended(recorded, this, joined, cancelledBefore);
    }
    Losses.tell(this, joined, thrown, wrapper, cancelledBefore);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void checkOwner(String method) {
    Thread current = Thread.currentThread();
    if (current != owner) {
      throw wrongThread(method, current, "");
    }
  }
}
