package dev.tandem.structured;

import static java.util.Objects.requireNonNull;

import dev.tandem.structured.Cancellation.Kind;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// A scope as its tree and its subtasks see it, whatever its types: what its threads agree on, its
/// subtasks, its place, what failed, and how it is cancelled and cancels what is inside.
abstract sealed class ScopeNode extends Level permits Scope {
  final Thread owner = Thread.currentThread();
  final ScopeOptions options;
  final ScopePlace place;
  final ScopeState state = new ScopeState(owner);
  final Children children = new Children();
  final Failures failures = new Failures();
  final @Nullable StartLimit limit;
  final long openedAt = System.nanoTime();

  ScopeNode(ScopeOptions options) {
    this.options = options;
    this.place = ScopePlace.here(owner, options);
    this.limit = options.concurrency() == 0 ? null : new StartLimit(options.concurrency());
  }

  /// Ends this scope and what was left open inside. Called by the owner.
  ///
  /// @return whether something was
  abstract boolean end();

  final void enter() {
    place.enter(this, owner);
    // After entering: see Level.inner. What was cancelled before it could see us, we see here.
    ScopeNode outer = place.outer();
    if (outer == null) {
      return;
    }
    boolean stopped = !(place.level() instanceof Child<?> c) || c.stage() == Child.INTERRUPTED;
    Cancellation own = stopped ? outer.state.cancellation() : null;
    if (own != null) {
      cancelFromOutside(own.inside());
    }
    Cancellation outside = outer.state.outside();
    if (outside != null) {
      cancelFromOutside(outside);
    }
    ScopeNode deadline = outer.state.expiredBy();
    if (deadline != null) {
      cancelFromOutside(new Cancellation(Kind.TIMEOUT, deadline, null));
    }
  }

  final void cancel(Kind kind, @Nullable Throwable failure) {
    cancel(new Cancellation(kind, this, failure));
  }

  final void cancel(Cancellation reason) {
    if (state.cancel(reason)) {
      reachAll(reason);
    } else {
      // All here has been told. What is inside may have reasons to ignore the first reason, but not
      // this one: a deadline that it need not keep, a scope that was joined.
      children.forEach(child -> child.cancelInner(reason));
      cancelInner(reason);
    }
  }

  /// Cancels what is not complete because the owner leaves. If it was cancelled before, there is
  /// nothing more to tell: a scope inside that does not keep our deadline goes on, and the owner
  /// waits for it.
  final void leave() {
    Cancellation left = new Cancellation(Kind.LEFT, this, null);
    if (state.cancel(left)) {
      reachAll(left);
    }
  }

  /// Tells everything inside to stop. What was told before is not told again, so the owner may do
  /// the same at the same time.
  final void reachAll(Cancellation reason) {
    try {
      children.forEach(Child::cancel);
      if (limit != null) {
        limit.clear();
      }
      cancelInner(reason);
    } finally {
      state.wake();
    }
  }

  final void cancelFromOutside(Cancellation around) {
    if (!place.isReachedBy(around)) {
      return;
    }
    if (around.kind() == Kind.TIMEOUT) {
      expire(around.origin());
    } else {
      state.cancelledOutside(around);
      cancel(around);
    }
  }

  /// A deadline has passed: ours, or one around us. What has completed is not cut off.
  ///
  /// @param origin whose deadline it was
  final void expire(ScopeNode origin) {
    Cancellation timeout = new Cancellation(Kind.TIMEOUT, origin, null);
    if (state.expire(origin)) {
      cancel(timeout);
    } else {
      cancelInner(timeout); // the deadline is for what the owner does inside
    }
  }

  public final boolean isCancelled() {
    return state.cancellation() != null;
  }

  /// Why it was cancelled. Only for what follows from the cancellation.
  final Cancellation cancellation() {
    return requireNonNull(state.cancellation());
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
    Cancellation reason = cancellation();
    var e = new CancellationException(what + " was cancelled: " + reason.kind().text);
    Throwable cause =
        reason.failure() != null ? reason.failure() : reason.origin().failures.first();
    if (cause != null) {
      e.initCause(cause);
    }
    return e;
  }

  /// Says what was not complete at the deadline.
  final String timeoutMessage() {
    int[] cut = {0};
    children.forEach(child -> cut[0] += child.wasCutOff() ? 1 : 0);
    ScopeNode origin = cancellation().origin();
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
