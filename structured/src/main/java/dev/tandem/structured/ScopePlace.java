package dev.tandem.structured;

import org.jspecify.annotations.Nullable;

/// Where a scope is in the tree: what it was opened inside of, its names, and whether what happens
/// around it reaches it. Immutable.
///
/// @param level what it was opened inside of; null for the root of a tree
/// @param bound whether the end of the scope around it is its end, too. Not so if the same thread
///   had already joined that one: what it does after that has nothing to do with what it joined.
///   The ends of scopes further out still reach it.
/// @param shielded whether it ignores the deadline of the scope around it
/// @param path the names from the outermost scope to this one; empty if there are none
record ScopePlace(@Nullable Level level, boolean bound, boolean shielded, String path) {
  /// The place of a scope that the current thread is about to open.
  static ScopePlace here(Thread owner, ScopeOptions options) {
    Level level = LiveScopes.innermost(owner);
    String outer = level == null ? "" : level.path();
    String name = options.name();
    String path = name == null ? outer : outer.isEmpty() ? name : outer + "/" + name;
    boolean bound = level instanceof Child || (level instanceof ScopeNode s && !s.state.isJoined());
    return new ScopePlace(level, bound, !options.outerDeadline(), path);
  }

  /// The scope around it.
  @Nullable ScopeNode outer() {
    return level == null ? null : level.scope();
  }

  /// Whether what has happened around it is its end, too.
  boolean isReachedBy(Cancellation around) {
    boolean ofJoined = !bound && around.origin() == outer();
    return !ofJoined && !(shielded && around.kind() == Cancellation.Kind.TIMEOUT);
  }

  void enter(ScopeNode scope, Thread owner) {
    if (level == null) {
      LiveScopes.addRoot(owner, scope);
    } else {
      level.inner = scope;
    }
  }

  void leave(Thread owner) {
    if (level == null) {
      LiveScopes.removeRoot(owner);
    } else {
      level.inner = null;
    }
  }
}
