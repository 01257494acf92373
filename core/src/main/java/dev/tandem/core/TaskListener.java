package dev.tandem.core;

import static dev.tandem.core.internal.Checks.notNull;

import java.util.function.BiConsumer;

/// Is told what happens to tasks. Every accepted task gives [#submitted(TaskInfo)], then
/// [#started(TaskInfo)] unless it was cancelled first, then exactly one of [#succeeded(TaskInfo)],
/// [#failed(TaskInfo, Throwable)] and [#cancelled(TaskInfo)], and exactly one [#ended(TaskInfo)].
///
/// `succeeded`, `failed` and `cancelled` are called before the future completes, so whoever sees
/// the future done sees what the listener did. `ended` is called when the task's body has left its
/// thread, which for a cancelled or timed-out task can be later than its future: a future can't
/// tell. The order of `ended` and the others is open only in that case; and a task that is
/// cancelled just as it starts may be told as cancelled before it is told as started.
///
/// The methods are called on whichever thread makes the step: the submitter's, the task's, the
/// canceller's. They should be quick and must not block. What they throw is logged and changes
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
  /// @param exception what its future will give as the cause
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
  /// @param action is given the task and what it threw
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
