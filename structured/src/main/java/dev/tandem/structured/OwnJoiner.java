package dev.tandem.structured;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.structured.TaskScope.Subtask;
import org.jspecify.annotations.Nullable;

/// A joiner of the library.
///
/// A user's joiner may wrap it, as any other: so it remembers what it is told, and a scope that it
/// was given to is no more than a better memory. That scope also knows of subtasks that have
/// completed and have not come to tell, for a cancellation came first.
abstract class OwnJoiner<
        T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    implements TaskScope.Joiner<T, R, X> {
  private @Nullable ScopeNode scope;

  /// Ties it to the scope that it was given to. Before the first subtask is forked.
  synchronized void serve(ScopeNode s) {
    if (scope != null) {
      throw new IllegalArgumentException(
          "joiner: it serves %s already (expected: a new joiner for each scope)".formatted(scope));
    }
    scope = s;
  }

  /// The scope that it was given to; null if a user's joiner wraps it.
  final @Nullable ScopeNode served() {
    return scope;
  }

  /// The scope that asks for the outcome, through whatever stands between; null if there is none:
  /// somebody tries out a joiner without a scope.
  final @Nullable ScopeNode scope() {
    ScopeNode s = scope;
    return s != null ? s : LiveScopes.joining(Thread.currentThread());
  }

  /// Whether failures are for the exception that `join` throws, and have to be kept for it.
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
