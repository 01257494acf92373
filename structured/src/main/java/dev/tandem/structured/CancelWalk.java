package dev.tandem.structured;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.structured.CancelReason.Kind;
import org.jspecify.annotations.Nullable;

/// One walk of a canceller through a scope and all scopes and subtasks inside it.
///
/// The tree is as deep as the user nests, so the walk does not recurse, and keeps nothing for the
/// way back: a scope knows the level that it was opened in, and a subtask the next older one, so
/// the position is all the state that the walk needs. For the same reason a walk allocates nothing
/// on its way.
///
/// Several walks may go through a tree at the same time, with different reasons, and none waits for
/// another. Therefore:
/// - A subtask is cancelled before the scope inside it. An exception that a body throws because an
///   enclosing scope was cancelled is thus always thrown by a cancelled subtask, whichever walk
///   came first.
/// - The walk that cancels a subtask goes on into the scope inside the subtask. It does so with the
///   reason of the subtask's scope where that reason reaches further than the walk's own: a
///   deadline does not reach a shielded scope, all other reasons do.
/// - A subtask that another walk has cancelled is passed over, unless this walk may reach scopes
///   that the other walk had to leave alone.
///
/// An `Error` on the way (no memory, say) does not end the walk: another thread continues it from
/// the same position. The walk object exists before the first mark is set, and remembers the
/// subtask that is marked but not interrupted yet.
final class CancelWalk implements Runnable {
  private final ScopeNode root;
  private final CancelReason reason;

  /// The reason as the scopes inside see it.
  private final CancelReason inside;

  /// The scope that is being cancelled; null before the start and after the end.
  private @Nullable ScopeNode at;

  /// The next subtask of [#at]; null if only the scope that the owner has opened inside is left.
  private @Nullable Child<?> next;

  /// The subtask that was marked last, until the walk has moved on.
  private @Nullable Child<?> told;

  /// Whether [#told] was interrupted.
  private boolean interrupted;

  private boolean begun;

  private CancelWalk(ScopeNode root, CancelReason reason) {
    this.root = root;
    this.reason = reason;
    this.inside = reason.inside();
  }

  /// Cancels a scope and all scopes and subtasks inside it.
  static void through(ScopeNode scope, CancelReason reason) {
    CancelWalk walk = new CancelWalk(scope, reason); // before anything is marked
    try {
      walk.walk();
    } catch (Throwable e) {
      walk.goOnElsewhere(e);
    }
  }

  /// Cancels the scope that is open directly inside a level, if that scope ends with the level.
  ///
  /// @param reason the reason why the level ends
  static void inside(Level level, CancelReason reason) {
    ScopeNode inner = level.inner;
    if (inner != null) {
      CancelReason inside = reason.inside();
      if (inner.place.isReachedBy(inside)) {
        through(inner, inside);
      }
    }
  }

  private void goOnElsewhere(Throwable e) {
    try {
      TaskTimer.handOver(this);
    } catch (Throwable again) {
      again.addSuppressed(e);
      throw again;
    }
  }

  @Override
  public void run() {
    try {
      Child<?> child = told;
      if (child != null) {
        finish(child);
      }
      walk();
    } catch (Throwable e) {
      goOnElsewhere(e);
    }
  }

  /// Completes the step at a subtask that an error has broken off.
  private void finish(Child<?> child) {
    boolean again = !interrupted;
    interrupted = true;
    if (again) {
      child.interruptGuarded();
    }
    inside(child, child.scope.cancellation());
    next = child.older;
    told = null;
  }

  private void walk() {
    if (!begun) {
      enter(root, reason);
      begun = true;
    }
    for (ScopeNode scope = at; scope != null; scope = at) {
      Child<?> child = next;
      ScopeNode inner;
      if (child != null) {
        inner = tell(scope, child);
      } else {
        scope.told();
        inner = scope.inner;
      }
      if (inner != null && inner.place.isReachedBy(inside)) {
        enter(inner, inside);
      } else if (child != null) {
        next = child.older;
      } else {
        leave(scope);
      }
      told = null;
    }
  }

  /// Marks a scope and positions the walk at its newest subtask. A deadline does not cancel a scope
  /// whose subtasks have all completed; it then reaches only the scopes that the owner opened
  /// inside.
  private void enter(ScopeNode scope, CancelReason why) {
    boolean unfinished = true;
    if (why.kind() == Kind.TIMEOUT) {
      unfinished = scope.state.expire(why.origin());
    } else if (why.kind() == Kind.OUTER) {
      scope.state.cancelledOutside(why);
    }
    boolean first = unfinished && scope.state.cancel(why);
    if (why.kind() == Kind.LEFT && !first && scope.state.cancellation() != why) {
      return; // the scope was cancelled before: see ScopeNode.leave
    }
    next = unfinished ? scope.children.newest() : null;
    at = scope;
  }

  /// Marks and interrupts a subtask.
  ///
  /// @return the scope inside the subtask, if this walk goes on there
  private @Nullable ScopeNode tell(ScopeNode scope, Child<?> child) {
    CancelReason first = requireNonNull(scope.state.cancellation());
    boolean byDeadline = inside.kind() == Kind.TIMEOUT;
    if (child.markToStop()) {
      told = child; // no call may stand between the mark and this write
      interrupted = false;
      child.interruptGuarded();
      interrupted = true;
      // After the interrupt, so that the owner of the inner scope is interrupted before it can see
      // that scope cancelled.
      if (byDeadline && first.kind() != Kind.TIMEOUT) {
        inside(child, first);
        return null;
      }
      return child.inner;
    }
    return !byDeadline && first.kind() == Kind.TIMEOUT ? child.inner : null;
  }

  /// Moves the walk past a scope that was cancelled with everything inside it.
  private void leave(ScopeNode scope) {
    ScopeNode done = scope;
    while (done != root) {
      // Not null: the walk entered the scope from its level.
      switch (requireNonNull(done.place.level())) {
        case Child<?> child -> {
          next = child.older;
          at = child.scope;
          return;
        }
        case ScopeNode around -> done = around;
        default -> throw new AssertionError(done);
      }
    }
    at = null;
  }
}
