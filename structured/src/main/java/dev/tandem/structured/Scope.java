package dev.tandem.structured;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.structured.CancelReason.Kind;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The scope: it brings together what its threads agree on ([ScopeState]), its subtasks
/// ([Children], [Child]), its place in the tree ([ScopePlace]), the joiner, and what failed.
final class Scope<T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    extends ScopeForks<T, R, X> {
  private static final long LOST_CHECK_NANOS = 1_000_000_000;

  // The owner's alone.

  private boolean endedAtDeadline;

  /// What `join` threw.
  private @Nullable Throwable thrown;

  /// The same, if it is an exception of ours on which later failures may hang.
  private @Nullable Throwable wrapper;

  private @Nullable Future<?> timer;

  /// Why it was cancelled when the owner began to leave.
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

  /// Waits for the deadline. One that has passed already, such as what is left until an instant
  /// that is over, cuts off whatever is forked.
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

  /// Hangs the failures on what `join` throws, or on what was made for this scope further down in
  /// it, by one of our joiners that another one wraps.
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

  /// How long to wait before looking whether a thread of a user's factory has ended without running
  /// its subtask: the one completion that nobody reports.
  private long roundNanos() {
    return options.threadFactory() == null ? ScopeState.FOREVER : LOST_CHECK_NANOS;
  }

  /// Whether `join` gave what there was at the deadline. Asked after it.
  boolean endedAtDeadline() {
    return endedAtDeadline;
  }

  /// Says that another exception is thrown in place of what `join` threw.
  void replaced(Throwable e, Throwable by) {
    Child<?> around = LiveScopes.child(owner);
    if (around != null) {
      around.replaceEcho(e, by);
    }
  }

  private R resultAfter(CancelReason reason) throws X {
    tellRest(reason); // so that what was not complete has its final answer
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
      children.forEach(Child::cancel); // those inside follow; all of it each time is too much
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
          new CancelReason(Kind.LEFT, this, null)); // as the JDK's: nothing is left to tell
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
