package dev.tandem.structured;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Lets at most so many bodies of a scope run at the same time. A subtask holds a permit from its
/// start to the end of its body, and hands it on to the one that has waited longest. Nobody ever
/// blocks for a permit, so nothing that is nested can deadlock here. A lock carries it: it is held
/// for a few instructions, and no user's code runs under it.
///
/// A subtask that waits may be cancelled and never run, so a permit that is handed to it must not
/// end there: the caller of [#next()] finds that it cannot be started, and calls it again.
final class StartLimit {
  private final Queue<Child<?>> waiting = new ArrayDeque<>();
  private int permits;

  StartLimit(int permits) {
    this.permits = permits;
  }

  /// Starts a new subtask if there is a permit, or lets it wait.
  void startOrQueue(Child<?> child) {
    if (admit(child)) {
      startFirstOf(child);
    }
  }

  /// Passes on the permit of a subtask whose body has ended.
  void startNext() {
    Child<?> child = next();
    if (child != null) {
      startFirstOf(child);
    }
  }

  /// Starts a subtask that has a permit; if it never runs, the permit goes to the next.
  private void startFirstOf(Child<?> child) {
    for (Child<?> first = child; first != null && !first.start(); ) {
      first = next();
    }
  }

  /// Takes a permit for a new subtask, or lets it wait.
  ///
  /// @return whether the caller shall start it
  synchronized boolean admit(Child<?> child) {
    if (permits > 0) {
      permits--;
      return true;
    }
    waiting.add(child);
    return false;
  }

  /// Passes on the permit of a subtask whose body has ended or will never run.
  ///
  /// @return the one that the caller shall start; null if none waits
  synchronized @Nullable Child<?> next() {
    Child<?> child = waiting.poll();
    if (child == null) {
      permits++;
    }
    return child;
  }

  /// Forgets those that wait: the scope was cancelled, they never run.
  synchronized void clear() {
    waiting.clear();
  }
}
