package dev.tandem.structured;

import org.jspecify.annotations.Nullable;

/// Where a scope is in the tree: what it was opened inside of, its names, and whether what happens
/// around it reaches it. Immutable.
///
/// @param level what it was opened inside of; null for the root of a tree
/// @param outermost the outermost scope that its thread has open; null if that is this one
/// @param bound whether the end of the scope around it is its end, too. Not so if the same thread
///   had already joined that one: what it does after that has nothing to do with what it joined.
///   The ends of scopes further out still reach it.
/// @param shielded whether it ignores the deadline of the scope around it
/// @param path the names from the outermost scope to this one; empty if there are none
record ScopePlace(
    @Nullable Level level,
    @Nullable ScopeNode outermost,
    boolean bound,
    boolean shielded,
    String path) {
  private static final int MAX_PATH = 500;
  private static final int KEPT = 200;

  /// The place of a scope that the current thread is about to open.
  static ScopePlace here(Thread owner, ScopeOptions options) {
    Child<?> child = LiveScopes.child(owner);
    ScopeNode outermost = LiveScopes.outermost(owner, child);
    ScopeNode innermost = outermost == null ? null : outermost.innermost;
    Level level = innermost != null ? innermost : outermost != null ? outermost : child;
    String path = path(level == null ? "" : level.path(), options.name());
    boolean bound = level instanceof Child || (level instanceof ScopeNode s && !s.state.isJoined());
    return new ScopePlace(level, outermost, bound, !options.outerDeadline(), path);
  }

  /// The names from the outermost scope to a new one. Of a path that is very long, the first and
  /// the last names: each scope has its own copy, and so has each thread.
  static String path(String outer, @Nullable String name) {
    String path = name == null ? outer : outer.isEmpty() ? name : outer + "/" + name;
    return path.length() <= MAX_PATH
        ? path
        : path.substring(0, KEPT) + "..." + path.substring(path.length() - KEPT);
  }

  /// The scope around it.
  @Nullable ScopeNode outer() {
    return level == null ? null : level.scope();
  }

  /// Whether what has happened around it is its end, too.
  boolean isReachedBy(CancelReason around) {
    boolean ofJoined = !bound && around.origin() == outer();
    return !ofJoined && !(shielded && around.kind() == CancelReason.Kind.TIMEOUT);
  }

  void enter(ScopeNode scope, Thread owner) {
    if (outermost != null) {
      outermost.innermost = scope;
    }
    if (level == null) {
      LiveScopes.addRoot(owner, scope);
    } else {
      level.inner = scope;
    }
  }

  void leave(Thread owner) {
    if (outermost != null) {
      outermost.innermost = level == outermost ? null : outer();
    }
    if (level == null) {
      LiveScopes.removeRoot(owner);
    } else {
      level.inner = null;
    }
  }
}
