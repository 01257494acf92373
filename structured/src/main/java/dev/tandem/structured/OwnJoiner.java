package dev.tandem.structured;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.structured.TaskScope.Subtask;
import org.jspecify.annotations.Nullable;

/// A joiner of the library.
///
/// A user's joiner may wrap it, like any other: so this joiner records what its callbacks are told.
/// A scope that it was given to directly only knows more: that scope also sees subtasks that have
/// completed and have not called the joiner yet, because a cancellation came first.
abstract class OwnJoiner<
        T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    implements TaskScope.Joiner<T, R, X> {
  private @Nullable ScopeNode scope;

  /// Ties the joiner to its scope, before the first fork.
  ///
  /// @throws IllegalArgumentException if it serves a scope already
  synchronized void serve(ScopeNode s) {
    if (scope != null) {
      throw new IllegalArgumentException(
          "joiner: it serves %s already (expected: a new joiner for each scope)".formatted(scope));
    }
    scope = s;
  }

  /// The scope that the joiner was given to; null if a user's joiner wraps it.
  final @Nullable ScopeNode served() {
    return scope;
  }

  /// The scope that asks for the outcome, also through joiners that wrap this one; null if there is
  /// none, because a test calls the joiner without a scope.
  final @Nullable ScopeNode scope() {
    ScopeNode s = scope;
    return s != null ? s : LiveScopes.joining(Thread.currentThread());
  }

  /// Whether the exception of `join` carries the failures, so that the scope must keep them.
  boolean keepsFailures() {
    return false;
  }

  @Override
  public boolean onFork(Subtask<T> s) {
    checkForked(s);
    return false;
  }

  @Override
  public boolean onComplete(Subtask<T> s) {
    checkCompleted(s);
    return false;
  }

  static void checkForked(Subtask<?> s) {
    checkArgument(
        notNull(s, "subtask").state() == Subtask.State.UNAVAILABLE,
        "s: %s (expected: a subtask that has not completed)",
        s);
  }

  static Subtask.State checkCompleted(Subtask<?> s) {
    Subtask.State state = notNull(s, "subtask").state();
    checkArgument(
        state != Subtask.State.UNAVAILABLE, "s: %s (expected: a subtask that has completed)", s);
    return state;
  }
}
