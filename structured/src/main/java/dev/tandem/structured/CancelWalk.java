package dev.tandem.structured;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.TaskTimer;
import dev.tandem.structured.CancelReason.Kind;
import org.jspecify.annotations.Nullable;

/// One walk through a scope and everything inside it that says: stop.
///
/// The tree is as deep as the user nests, so nothing here recurses, and nothing is kept for the way
/// back: a scope knows the level that it was opened in, and a subtask the next older one, so the
/// walk needs no more than where it stands. For the same reason it allocates nothing on its way.
///
/// Several walks may go through a tree at the same time, with different reasons, and none waits for
/// another. Therefore:
/// - A subtask is told before the scope inside it is. Whatever a body throws because its own scope
///   was cancelled around it is thrown by a subtask that was cancelled, whichever walk came first.
/// - The walk that tells a subtask goes on into the scope inside it. It does so with the reason of
///   the subtask's scope, if that says more than its own: a deadline does not reach a scope that
///   need not keep it, all other reasons do.
/// - A subtask that was told by another walk is passed over, unless this walk may reach what the
///   other had to leave alone.
///
/// An `Error` on the way (no memory, say) does not end the walk: it goes on from where it stood on
/// another thread. The walk exists before the first thing is marked, and what is marked but not
/// interrupted yet is remembered in it.
final class CancelWalk implements Runnable {
  private final ScopeNode root;
  private final CancelReason reason;

  /// What the reason means for all that is inside.
  private final CancelReason inside;

  /// The scope that is being told; null before the start and after the end.
  private @Nullable ScopeNode at;

  /// Its next subtask; null if only the scope that its owner has opened inside is left.
  private @Nullable Child<?> next;

  /// The subtask that was told last, until the walk has moved on; and whether it was interrupted.
  private @Nullable Child<?> told;

  private boolean interrupted;
  private boolean begun;

  private CancelWalk(ScopeNode root, CancelReason reason) {
    this.root = root;
    this.reason = reason;
    this.inside = reason.inside();
  }

  /// Cancels a scope and all that is inside it.
  static void through(ScopeNode scope, CancelReason reason) {
    CancelWalk walk = new CancelWalk(scope, reason); // before anything is marked
    try {
      walk.walk();
    } catch (Throwable e) {
      walk.goOnElsewhere(e);
    }
  }

  /// Cancels the scope that is open directly inside a level, if it ends with that level.
  ///
  /// @param reason why the level ends
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

  /// Does the rest of what an error has broken off.
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

  /// Begins with a scope. At a deadline, what has completed is not cut off; the deadline is then
  /// for what the owner does inside.
  private void enter(ScopeNode scope, CancelReason why) {
    boolean unfinished = true;
    if (why.kind() == Kind.TIMEOUT) {
      unfinished = scope.state.expire(why.origin());
    } else if (why.kind() == Kind.OUTER) {
      scope.state.cancelledOutside(why);
    }
    boolean first = unfinished && scope.state.cancel(why);
    if (why.kind() == Kind.LEFT && !first && scope.state.cancellation() != why) {
      return; // it was cancelled before: see ScopeNode.leave
    }
    next = unfinished ? scope.children.newest() : null;
    at = scope;
  }

  /// Tells a subtask.
  ///
  /// @return the scope inside it, if this walk goes on there
  private @Nullable ScopeNode tell(ScopeNode scope, Child<?> child) {
    CancelReason first = requireNonNull(scope.state.cancellation());
    boolean byDeadline = inside.kind() == Kind.TIMEOUT;
    if (child.markToStop()) {
      told = child; // no call between the mark and this
      interrupted = false;
      child.interruptGuarded();
      interrupted = true;
      // After the interrupt, so that the owner finds its own interrupt before it learns of this.
      if (byDeadline && first.kind() != Kind.TIMEOUT) {
        inside(child, first);
        return null;
      }
      return child.inner;
    }
    return !byDeadline && first.kind() == Kind.TIMEOUT ? child.inner : null;
  }

  /// Goes to what follows a scope that has been told with everything inside it.
  private void leave(ScopeNode scope) {
    ScopeNode done = scope;
    while (done != root) {
      // Not null: the walk came from there.
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
