package dev.tandem.structured;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.Failures;
import dev.tandem.structured.CancelReason.Kind;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A scope as its tree and its subtasks see it, whatever its types: what its threads agree on, its
/// subtasks, its place, what failed, and how it is cancelled and cancels what is inside.
abstract sealed class ScopeNode extends Level permits ScopeForks {
  static final Logger LOG = LoggerFactory.getLogger(TaskScope.class);

  /// How far the owner has come.
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

  // The owner's alone.

  Life life = Life.OPEN;

  /// Whether the owner may read the handles of its subtasks.
  boolean readable;

  /// The innermost scope that its thread has open, if this is the outermost one; null if that is
  /// this one, too. So the thread need not go through all that it has open.
  @Nullable ScopeNode innermost;

  /// Whether `join` is asking the joiner for the outcome at this moment.
  boolean asksJoiner;

  /// What the joiner has thrown last that was made for this scope, on which its failures may hang.
  @Nullable Throwable made;

  /// The same, made here or elsewhere, if it only says that the scope was cancelled.
  @Nullable Throwable madeOfCancel;

  ScopeNode(ScopeOptions options) {
    this.options = options;
    this.place = ScopePlace.here(owner, options);
    this.limit = options.concurrency() == 0 ? null : new StartLimit(options.concurrency());
  }

  /// Stops what runs, and waits for nothing: the first half of the end. Called by the owner.
  ///
  /// @param first whether it is the outermost of those that end
  abstract void beginEnd(boolean first);

  /// Waits until the threads of all subtasks have ended, and leaves the tree: the second half of
  /// the end, when nothing is open inside any more. Called by the owner.
  abstract void finishEnd();

  final void enter() {
    place.enter(this, owner);
    // After entering: see Level.inner. What was cancelled before it could see us, we see here.
    ScopeNode outer = place.outer();
    if (outer == null) {
      return;
    }
    ScopeNode deadline = outer.state.expiredBy();
    CancelReason outside = outer.state.outside();
    if (place.level() instanceof Child<?> child) {
      // Whoever cancels tells the subtask before what is inside it, and so do we: what its body
      // throws for that is no failure of its own.
      if (deadline != null && !outer.isCancelled()) {
        outer.cancel(new CancelReason(Kind.TIMEOUT, deadline, null));
      } else if (outside != null && !outer.isCancelled()) {
        outer.cancel(outside);
      }
      if (outer.isCancelled()) {
        child.cancel();
      }
    }
    // In a subtask that has completed, only a callback or a thread factory can open one.
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

  /// Cancels it. If it was cancelled before, all here has been told or is being told; but what is
  /// inside may have reasons to ignore the first reason and not this one: a deadline that it need
  /// not keep, a scope that was joined.
  final void cancel(CancelReason reason) {
    CancelWalk.through(this, reason);
  }

  /// Cancels what is not complete because the owner leaves. If it was cancelled before, there is
  /// nothing more to tell: a scope inside that does not keep our deadline goes on, and the owner
  /// waits for it.
  final void leave() {
    if (!isCancelled()) {
      cancel(Kind.LEFT, null);
    }
  }

  /// Tells what a canceller has not reached yet. Called by the owner: a canceller may be slow, and
  /// what nobody tells may never end.
  final void tellRest(CancelReason reason) {
    children.forEach(Child::cancel);
    CancelWalk.inside(this, reason);
  }

  private void cancelFromOutside(CancelReason around) {
    if (place.isReachedBy(around)) {
      CancelWalk.through(this, around);
    }
  }

  /// A deadline has passed: ours, or one around us. What has completed is not cut off.
  ///
  /// @param origin whose deadline it was
  final void expire(ScopeNode origin) {
    CancelWalk.through(this, new CancelReason(Kind.TIMEOUT, origin, null));
  }

  /// All subtasks have been told to stop.
  final void told() {
    if (limit != null) {
      limit.clear();
    }
    state.wake();
  }

  public final boolean isCancelled() {
    return state.cancellation() != null;
  }

  /// Why it was cancelled. Only for what follows from the cancellation.
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

  /// What the first subtask threw that failed. After a cancellation it may not have told us yet.
  final @Nullable Throwable firstFailure() {
    Throwable first = failures.first();
    if (first != null || !isCancelled()) {
      return first;
    }
    Child<?> failed = children.oldestIn(Child.FAILED);
    return failed == null ? null : failed.exception();
  }

  /// What a read of the result of a cancelled subtask throws.
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

  /// An exception was made for this scope, to be thrown by `join`.
  ///
  /// @param ofCancel whether it only says that the scope was cancelled
  final void made(Throwable e, boolean ofCancel) {
    made = e;
    madeOfCancel = ofCancel ? e : null;
  }

  /// An exception of somebody else's is to be thrown by `join`, and says that the scope was
  /// cancelled.
  final void madeElsewhere(Throwable e) {
    made = null;
    madeOfCancel = e;
  }

  /// Says what was not complete at the deadline.
  final String timeoutMessage() {
    CancelReason reason = state.cancellation();
    if (reason == null || reason.kind() != Kind.TIMEOUT) {
      return this + ": the timeout had passed"; // a user's joiner says so
    }
    int[] cut = {0};
    children.forEach(child -> cut[0] += child.wasCutOff() ? 1 : 0);
    ScopeNode origin = reason.origin();
    return "%s: %d of %d subtasks had not completed at the timeout of %s%s"
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
