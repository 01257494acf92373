package dev.tandem.structured;

import org.jspecify.annotations.Nullable;

/// Something inside which a thread can open a scope: a scope that it owns, or the subtask that it
/// runs. The scopes that one thread has open form a chain through [#inner].
abstract class Level {
  /// The scope that is open directly inside. Written by the thread whose level this is; read by
  /// whoever cancels. Volatile for a race between the two: the opener writes this, then reads
  /// whether the level was cancelled; the canceller marks the level, then reads this. One of them
  /// sees the other, so no scope opens unnoticed inside something that is being cancelled.
  volatile @Nullable ScopeNode inner;

  /// The scope that a scope opened here is inside of.
  abstract ScopeNode scope();

  /// The names from the outermost scope to here, joined with slashes; empty if there are none.
  abstract String path();

  /// Cancels the scope that is open directly inside, if it ends with this level.
  final void cancelInner(Cancellation cancellation) {
    ScopeNode open = inner;
    if (open != null) {
      open.cancelFromOutside(cancellation.inside());
    }
  }

  /// Closes what the thread has left open inside.
  ///
  /// @return whether there was something
  final boolean closeInner() {
    boolean any = false;
    for (ScopeNode open = inner; open != null; open = inner) {
      any = true;
      open.end();
    }
    return any;
  }
}
