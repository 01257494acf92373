package dev.tandem.structured;

import org.jspecify.annotations.Nullable;

/// A joiner of ours. It knows its scope.
abstract class OwnJoiner<
        T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    implements TaskScope.Joiner<T, R, X> {
  private @Nullable ScopeNode scope;

  /// Ties it to its scope.
  synchronized void serve(ScopeNode s) {
    if (scope != null) {
      throw new IllegalArgumentException(
          "joiner: it serves %s already (expected: a new joiner for each scope)".formatted(scope));
    }
    scope = s;
  }

  final ScopeNode scope() {
    ScopeNode s = scope;
    if (s == null) {
      throw new IllegalStateException("the joiner serves no scope yet");
    }
    return s;
  }

  /// Whether failures are for the exception that `join` throws, and have to be kept for it.
  boolean keepsFailures() {
    return false;
  }
}
