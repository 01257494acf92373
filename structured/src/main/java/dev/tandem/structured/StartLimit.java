package dev.tandem.structured;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The limit on the number of bodies of a scope that run at the same time. A subtask holds a permit
/// from its start to the end of its body, and hands the permit on to the subtask that has waited
/// longest. No thread ever blocks for a permit, so nested forks cannot deadlock here. A lock guards
/// the queue: it is held for a few instructions, and no user's code runs under it.
///
/// A subtask that waits may be cancelled and never run, so a permit that is handed to it must not
/// be lost: the caller of [#next()] finds that the subtask cannot start, and calls `next` again.
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
  /// @return whether the caller must start it
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
  /// @return the subtask that the caller must start; null if none waits
  synchronized @Nullable Child<?> next() {
    Child<?> child = waiting.poll();
    if (child == null) {
      permits++;
    }
    return child;
  }

  /// Drops the waiting subtasks of a cancelled scope, which never run.
  synchronized void clear() {
    waiting.clear();
  }
}
