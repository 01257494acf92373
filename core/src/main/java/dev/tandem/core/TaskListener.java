package dev.tandem.core;

import static dev.tandem.core.internal.Checks.notNull;

import java.util.function.BiConsumer;

/// A listener to the events of tasks. Every accepted task causes [#submitted(TaskInfo)], then
/// [#started(TaskInfo)] unless it was cancelled first, then exactly one of [#succeeded(TaskInfo)],
/// [#failed(TaskInfo, Throwable)] and [#cancelled(TaskInfo)], and exactly one [#ended(TaskInfo)].
///
/// `succeeded`, `failed` and `cancelled` are called before the future completes, so a thread that
/// sees the future done sees what the listener did. `ended` is called when the task's body has left
/// its thread. For a cancelled or timed-out task that can be later than the completion of the
/// future; only then is the order of `ended` and the others open. For a task that is cancelled just
/// as it starts, `cancelled` may be called before `started`.
///
/// The methods are called on the thread that makes the step: the submitter's, the task's or the
/// canceller's. They should be quick and must not block. Their exceptions are logged and change
/// nothing. The executor's `close()` returns there without waiting: see [TaskExecutor]. Every
/// method does nothing unless overridden.
public interface TaskListener {
  /// The task was accepted; it has not started.
  ///
  /// @param task the task
  default void submitted(TaskInfo task) {}

  /// The task's body is about to run on the current thread.
  ///
  /// @param task the task
  default void started(TaskInfo task) {}

  /// The task returned a result.
  ///
  /// @param task the task
  default void succeeded(TaskInfo task) {}

  /// The task threw, or was stopped at its timeout.
  ///
  /// @param task the task
  /// @param exception the cause that the task's future will report
  default void failed(TaskInfo task, Throwable exception) {}

  /// The task was cancelled; its body may still be running.
  ///
  /// @param task the task
  default void cancelled(TaskInfo task) {}

  /// The task's body is not running and never will.
  ///
  /// @param task the task
  default void ended(TaskInfo task) {}

  /// {@return a listener that calls `action` for each failure}
  ///
  /// @param action the action, which receives the task and its exception
  /// @throws NullPointerException if `action` is null
  static TaskListener onFailure(BiConsumer<? super TaskInfo, ? super Throwable> action) {
    notNull(action, "action");
    return new TaskListener() {
      @Override
      public void failed(TaskInfo task, Throwable exception) {
        action.accept(task, exception);
      }
    };
  }
}
