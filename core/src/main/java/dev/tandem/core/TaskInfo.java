package dev.tandem.core;

import dev.tandem.core.internal.LiveTask;
import org.jspecify.annotations.Nullable;

/// A live view of one task, for listeners, dumps and the list of what did not stop. Thread-safe; a
/// reader may keep it, but keeps the task's result reachable with it.
///
/// Only executors of Tandem make it, so that later versions may tell more.
public sealed interface TaskInfo permits LiveTask {
  /// {@return a number that no other task of the same executor has}
  long id();

  /// {@return the name given with [Task#of(String, SerializableCallable)], or the executor's name
  /// and the task's number}
  String name();

  /// {@return the name of the executor}
  String executor();

  /// {@return the thread that runs the task's body right now, or null before it started and after
  /// it ended, also while listeners are told of its end}
  @Nullable Thread thread();

  /// {@return whether the task's body is on a thread right now; this can be so after its future was
  /// cancelled or timed out}
  default boolean isRunning() {
    return thread() != null;
  }
}
