package dev.tandem.structured;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.Failures;
import dev.tandem.structured.CancelReason.Kind;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of a scope that does not depend on its type parameters: shared state, subtasks, place
/// in the tree, failures, and cancellation of itself and of all scopes inside.
abstract sealed class ScopeNode extends Level permits ScopeForks {
  static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

  /// The phases of a scope as its owner goes through them.
  enum Life {
    OPEN,
    JOINED,
    CLOSED
  }

  final Thread owner = Thread.currentThread();
  final ScopeOptions options;
  final ScopePlace place;
  final ScopeState state = new ScopeState(owner);
  final Children children = new Children();
  final Failures failures = new Failures();
  final @Nullable StartLimit limit;
  final long openedAt = System.nanoTime();

  // Thread: owner, for all fields from here on.

  Life life = Life.OPEN;

  /// Whether the owner may read the handles of its subtasks.
  boolean readable;

  /// In the outermost scope of a thread: the innermost scope that the thread has open, null if that
  /// is the outermost one itself. Saves the thread a walk through all its open scopes.
  @Nullable ScopeNode innermost;

  /// Whether `join` is asking the joiner for the outcome at this moment.
  boolean asksJoiner;

  /// The joiner's last exception that was made for this scope; the scope's failures may be
  /// suppressed in it.
  @Nullable Throwable made;

  /// The joiner's last exception, made for this scope or not, if it only reports the cancellation.
  @Nullable Throwable madeOfCancel;

  ScopeNode(ScopeOptions options) {
    this.options = options.inherited(); // before this scope is the innermost of its thread
    this.place = ScopePlace.here(owner, options);
    this.limit = options.concurrency() == 0 ? null : new StartLimit(options.concurrency());
  }

  /// Cancels the unfinished subtasks without waiting: the first half of the end. Thread: owner.
  ///
  /// @param first whether this scope is the outermost of those that end
  abstract void beginEnd(boolean first);

  /// Waits until the threads of all subtasks have ended, and leaves the tree: the second half of
  /// the end. No scope may be open inside any more. Thread: owner.
  abstract void finishEnd();

  final void enter() {
    place.enter(this, owner);
    // After entering: see Level.inner. A canceller that came too early to find this scope is seen
    // here.
    ScopeNode outer = place.outer();
    if (outer == null) {
      return;
    }
    ScopeNode deadline = outer.state.expiredBy();
    CancelReason outside = outer.state.outside();
    if (place.level() instanceof Child<?> child) {
      // The subtask before this scope, as in every CancelWalk: an exception that the body throws
      // because of this cancellation must not count as a failure of the subtask.
      if (deadline != null && !outer.isCancelled()) {
        outer.cancel(new CancelReason(Kind.TIMEOUT, deadline, null));
      } else if (outside != null && !outer.isCancelled()) {
        outer.cancel(outside);
      }
      if (outer.isCancelled()) {
        child.cancel();
      }
    }
    // In a subtask that has completed, only a callback or a thread factory can open a scope.
    boolean stopped = !(place.level() instanceof Child<?> c) || c.stage() == Child.INTERRUPTED;
    CancelReason own = stopped ? outer.state.cancellation() : null;
    if (own != null) {
      cancelFromOutside(own.inside());
    }
    if (outside != null) {
      cancelFromOutside(outside);
    }
    if (deadline != null) {
      cancelFromOutside(new CancelReason(Kind.TIMEOUT, deadline, null));
    }
  }

  final void cancel(Kind kind, @Nullable Throwable failure) {
    cancel(new CancelReason(kind, this, failure));
  }

  /// Cancels the scope. If it was cancelled before, its subtasks are cancelled or being cancelled
  /// already; but scopes inside may ignore the first reason and not this one: a shielded scope
  /// ignores a deadline, an unbound one the end of a scope that was joined.
  final void cancel(CancelReason reason) {
    CancelWalk.through(this, reason);
  }

  /// Cancels the unfinished subtasks because the owner leaves. Does nothing if the scope was
  /// cancelled before: a scope inside that is shielded from this scope's deadline goes on, and the
  /// owner waits for it.
  final void leave() {
    if (!isCancelled()) {
      cancel(Kind.LEFT, null);
    }
  }

  /// Cancels the subtasks that the walk of a canceller has not reached yet: the canceller may be
  /// slow, and a subtask that is not interrupted may never end. Thread: owner.
  final void tellRest(CancelReason reason) {
    children.forEach(Child::cancel);
    CancelWalk.inside(this, reason);
  }

  private void cancelFromOutside(CancelReason around) {
    if (place.isReachedBy(around)) {
      CancelWalk.through(this, around);
    }
  }

  /// Cancels what is unfinished at a deadline.
  ///
  /// @param origin the scope that set the deadline: this one or an enclosing one
  final void expire(ScopeNode origin) {
    CancelWalk.through(this, new CancelReason(Kind.TIMEOUT, origin, null));
  }

  /// Ends the cancellation of this scope's subtasks: drops those that wait for a permit, and wakes
  /// the owner.
  final void told() {
    if (limit != null) {
      limit.clear();
    }
    state.wake();
  }

  public final boolean isCancelled() {
    return state.cancellation() != null;
  }

  /// The reason of the cancellation. The scope must be cancelled.
  final CancelReason cancellation() {
    return requireNonNull(state.cancellation());
  }

  final void checkReadable() {
    if (!readable && Thread.currentThread() == owner) {
      throw new IllegalStateException(this + ": result read by the owner before join");
    }
  }

  final void checkNotJoined(String method) {
    if (life != Life.OPEN) {
      throw new IllegalStateException(
          method + ": " + this + (life == Life.CLOSED ? " is closed" : " was joined before"));
    }
  }

  final WrongThreadException wrongThread(String method, Thread current, String others) {
    return new WrongThreadException(
        "%s of %s: called by %s (expected: its owner %s%s)"
            .formatted(method, this, current, owner, others));
  }

  @Override
  final ScopeNode scope() {
    return this;
  }

  @Override
  final String path() {
    return place.path();
  }

  /// The exception of the first subtask that failed; null if none has. After a cancellation that
  /// subtask may not have reported yet, so the subtasks are searched, too.
  final @Nullable Throwable firstFailure() {
    Throwable first = failures.first();
    if (first != null || !isCancelled()) {
      return first;
    }
    Child<?> failed = children.oldestIn(Child.FAILED);
    return failed == null ? null : failed.exception();
  }

  /// Makes the exception of a read of a cancelled subtask's result.
  final CancellationException cancelled(String what) {
    CancelReason reason = cancellation();
    var e = new CancellationException(what + " was cancelled: " + reason.kind().text);
    Throwable cause =
        reason.failure() != null ? reason.failure() : reason.origin().failures.first();
    if (cause != null) {
      e.initCause(cause);
    }
    return e;
  }

  /// Notes an exception that was made for this scope and that `join` is about to throw.
  ///
  /// @param ofCancel whether it only reports that the scope was cancelled
  final void made(Throwable e, boolean ofCancel) {
    made = e;
    madeOfCancel = ofCancel ? e : null;
  }

  /// Notes an exception that was not made for this scope, that `join` is about to throw, and that
  /// reports that the scope was cancelled.
  final void madeElsewhere(Throwable e) {
    made = null;
    madeOfCancel = e;
  }

  /// Describes how many subtasks had not completed at the deadline.
  final String timeoutMessage() {
    CancelReason reason = state.cancellation();
    if (reason == null || reason.kind() != Kind.TIMEOUT) {
      return this + ": the timeout had passed"; // a user's joiner has called timeout()
    }
    int[] cut = {0};
    children.forEach(child -> cut[0] += child.wasCutOff() ? 1 : 0);
    ScopeNode origin = reason.origin();
    return "%s: %s of %s subtasks had not completed at the timeout of %s%s"
        .formatted(
            this,
            cut[0],
            state.forked(),
            origin.options.timeout(),
            origin == this ? "" : " of " + origin + " around it");
  }

  @Override
  public final String toString() {
    return path().isEmpty() ? "scope" : "scope " + path();
  }
}
