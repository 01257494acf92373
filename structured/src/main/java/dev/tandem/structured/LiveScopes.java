package dev.tandem.structured;

import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.InheritedContext;
import dev.tandem.core.internal.ScopesInDump;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The lookup of the current thread's level, and the registry of the roots of all live trees.
///
/// A subtask is its thread's uncaught-exception handler. That ties the two together without an
/// object and without a thread-local map per subtask, which would cost a fork a fifth of its bytes;
/// and the subtask must learn of an exception that its thread ends with anyway. The scopes of other
/// threads are found in a map; a scope that is never closed stays in the map, and the dump shows
/// it.
final class LiveScopes {
  private static final Map<Thread, ScopeNode> roots = new ConcurrentHashMap<>();

  static {
    InheritedContext.findScopesBy(LiveScopes::innermost);
  }

  static {
    ScopesInDump.set(LiveScopes::dump);
  }

  private LiveScopes() {}

  /// The subtask that a thread runs; null if it runs none.
  static @Nullable Child<?> child(Thread thread) {
    return thread.getUncaughtExceptionHandler() instanceof Child<?> child && child.runsOn(thread)
        ? child
        : null;
  }

  /// The outermost scope that a thread has open; null if it has none.
  ///
  /// @param thread the current thread
  /// @param child the subtask that the thread runs
  static @Nullable ScopeNode outermost(Thread thread, @Nullable Child<?> child) {
    return child == null ? roots.get(thread) : child.inner;
  }

  /// The place at which a thread would open a scope: the innermost scope that it has open, or else
  /// the subtask that it runs; null if there is neither.
  ///
  /// @param thread the current thread
  static @Nullable Level innermost(Thread thread) {
    Child<?> child = child(thread);
    return innermost(outermost(thread, child), child);
  }

  /// As [#innermost(Thread)], of a thread that has this outermost scope open and runs this subtask.
  static @Nullable Level innermost(@Nullable ScopeNode outermost, @Nullable Child<?> child) {
    if (outermost == null) {
      return child;
    }
    return outermost.innermost == null ? outermost : outermost.innermost;
  }

  /// The innermost scope of a thread that is asking its joiner for the outcome; null if there is
  /// none.
  ///
  /// @param thread the current thread
  static @Nullable ScopeNode joining(Thread thread) {
    ScopeNode outermost = outermost(thread, child(thread));
    if (outermost == null) {
      return null;
    }
    Level level = innermost(outermost, null);
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

  /// Whether the owner's thread has ended, so that the scope can never be closed, and no subtask is
  /// unfinished.
  private static boolean isLost(Thread owner, ScopeNode scope) {
    return owner.getState() == Thread.State.TERMINATED && scope.state.unfinished() == 0;
  }

  /// Adds the live trees to a dump.
  static void dump(DumpEntry root) {
    roots.entrySet().removeIf(tree -> isLost(tree.getKey(), tree.getValue()));
    ScopeDump.add(root, roots.values());
  }
}
