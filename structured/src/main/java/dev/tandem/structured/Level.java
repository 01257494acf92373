package dev.tandem.structured;

import dev.tandem.core.internal.Causes;
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

  /// Closes what the thread has left open inside.
  ///
  /// @return whether there was something
  final boolean closeInner() {
    boolean any = false;
    for (ScopeNode open = inner; open != null; open = inner) {
      any = true;
      endAll(open);
    }
    return any;
  }

  /// Ends a scope and what was left open inside: tells all to stop, from the outside in, then waits
  /// for all, from the inside out. There may be more of them than a stack has room for.
  static void endAll(ScopeNode outermost) {
    ScopeNode last = outermost;
    for (ScopeNode open = outermost; open != null; open = open.inner) {
      open.beginEnd(open == outermost);
      last = open;
    }
    Throwable failure = null;
    for (Level level = last; level instanceof ScopeNode open; level = open.place.level()) {
      try {
        open.finishEnd();
      } catch (Throwable e) { // an error: those around it end all the same
        failure = failure == null ? e : failure;
      }
      if (open == outermost) {
        break;
      }
    }
    if (failure != null) {
      throw Causes.sneak(failure);
    }
  }
}
