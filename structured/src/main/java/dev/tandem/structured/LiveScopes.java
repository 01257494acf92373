package dev.tandem.structured;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds the level that the current thread is at, and the roots of all live trees.
///
/// A subtask is its thread's uncaught-exception handler. That ties the two together without an
/// object and without a thread-local map per subtask, which would cost a fork a fifth of its bytes;
/// and a subtask is the right one to hear of an exception that its thread ends with. The scopes of
/// other threads are found in a map; a scope that is never closed stays in it, for the dump to
/// show.
final class LiveScopes {
  private static final Map<Thread, ScopeNode> roots = new ConcurrentHashMap<>();

  private LiveScopes() {}

  /// The subtask that this thread runs.
  static @Nullable Child<?> child(Thread thread) {
    return thread.getUncaughtExceptionHandler() instanceof Child<?> child && child.runsOn(thread)
        ? child
        : null;
  }

  /// The outermost scope that this thread, which is the current one, has open; null if it has none.
  ///
  /// @param child the subtask that it runs
  static @Nullable ScopeNode outermost(Thread thread, @Nullable Child<?> child) {
    return child == null ? roots.get(thread) : child.inner;
  }

  /// The scope of this thread, which is the current one, whose joiner is being asked for the
  /// outcome; null if there is none.
  static @Nullable ScopeNode joining(Thread thread) {
    ScopeNode outermost = outermost(thread, child(thread));
    if (outermost == null) {
      return null;
    }
    Level level = outermost.innermost == null ? outermost : outermost.innermost;
    while (level instanceof ScopeNode scope && !scope.asksJoiner) {
      level = scope.place.level();
    }
    return level instanceof ScopeNode scope ? scope : null;
  }

  static void addRoot(Thread owner, ScopeNode scope) {
    roots.put(owner, scope);
  }

  static void removeRoot(Thread owner) {
    roots.remove(owner);
  }

  /// Whether nobody can close it any more and nothing runs in it.
  private static boolean isLost(Thread owner, ScopeNode scope) {
    return owner.getState() == Thread.State.TERMINATED && scope.state.unfinished() == 0;
  }

  static String dump() {
    roots.entrySet().removeIf(root -> isLost(root.getKey(), root.getValue()));
    return ScopeDump.of(roots.values());
  }
}
