package dev.tandem.structured;

import org.jspecify.annotations.Nullable;

/// The position of a scope in the tree: the level that it was opened in, its path of names, and
/// which cancellations of enclosing scopes reach it. Immutable.
///
/// @param level the level that the scope was opened in; null for the root of a tree
/// @param outermost the outermost scope that the scope's thread has open; null if that is the scope
///   itself
/// @param bound whether the end of the enclosing scope ends this scope, too. False if the thread
///   had already joined the enclosing scope: its later work is no part of what was joined. The ends
///   of scopes further out still reach this scope.
/// @param shielded whether the scope ignores the deadlines of enclosing scopes
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
    Level level = LiveScopes.innermost(outermost, child);
    String path = path(level == null ? "" : level.path(), options.name());
    boolean bound = level instanceof Child || (level instanceof ScopeNode s && !s.state.isJoined());
    return new ScopePlace(level, outermost, bound, !options.outerDeadline(), path);
  }

  /// Appends a name to the path of the enclosing scope. A very long path is cut in the middle: each
  /// scope and each thread has a copy of its own.
  static String path(String outer, @Nullable String name) {
    String path = name == null ? outer : outer.isEmpty() ? name : outer + "/" + name;
    return path.length() <= MAX_PATH
        ? path
        : path.substring(0, KEPT) + "..." + path.substring(path.length() - KEPT);
  }

  /// The enclosing scope; null for the root of a tree.
  @Nullable ScopeNode outer() {
    return level == null ? null : level.scope();
  }

  /// Whether the cancellation of an enclosing scope cancels this scope, too.
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
