package dev.tandem.structured;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.internal.Causes;
import dev.tandem.core.internal.InheritedContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place at which a thread can open a scope: a scope that the thread owns, or the subtask that it
/// runs. The open scopes of one thread form a chain through [#inner].
abstract class Level implements InheritedContext.Place {
  /// The scope that is open directly inside. Written by the thread of this level; read by
  /// cancellers. Volatile for the race of opening with cancelling: the opener writes this field,
  /// then reads whether the level was cancelled; the canceller marks the level, then reads this
  /// field. At least one sees the other, so a scope never opens unnoticed inside a level that is
  /// being cancelled.
  volatile @Nullable ScopeNode inner;

  /// The scope that encloses a scope that is opened here.
  abstract ScopeNode scope();

  /// The names from the outermost scope to this level, joined with slashes; empty if there are
  /// none.
  abstract String path();

  @Override
  public final List<ContextPropagator> context() {
    return scope().options.context();
  }

  /// Closes the scopes that the thread has left open inside.
  ///
  /// @return whether there were any
  final boolean closeInner() {
    boolean any = false;
    for (ScopeNode open = inner; open != null; open = inner) {
      any = true;
      endAll(open);
    }
    return any;
  }

  /// Ends a scope and the scopes that were left open inside it: cancels from the outside in, then
  /// waits from the inside out. Iterates, because the nesting may be deeper than the stack.
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
      } catch (Throwable e) { // an error: the scopes around this one end all the same
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
