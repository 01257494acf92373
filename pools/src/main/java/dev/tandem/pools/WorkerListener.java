package dev.tandem.pools;

import org.jspecify.annotations.Nullable;

/// Is told what happens to the workers of a [ProcessPool]. The methods are called one after the
/// other, never on a thread that other work waits for; what they throw is logged and changes
/// nothing. Every method does nothing unless overridden.
public interface WorkerListener {
  /// The worker has run the initializer and takes tasks.
  ///
  /// @param worker the worker
  default void ready(WorkerInfo worker) {}

  /// The worker has not been heard of for half of the heartbeat timeout.
  ///
  /// @param worker the worker
  default void suspected(WorkerInfo worker) {}

  /// The worker's process is gone. Calls [#exited(WorkerInfo, WorkerCrashedException)] unless
  /// overridden.
  ///
  /// @param worker the worker
  /// @param reason why it is gone
  /// @param crash what happened, or null if it did not crash
  default void exited(
      WorkerInfo worker, ExitReason reason, @Nullable WorkerCrashedException crash) {
    exited(worker, crash);
  }

  /// The worker's process is gone. For a listener that needs no more than whether it crashed.
  ///
  /// @param worker the worker
  /// @param crash what happened, or null if it left as it was told: at a shutdown, recycled, or
  ///   killed with its task by a timeout or a cancellation
  default void exited(WorkerInfo worker, @Nullable WorkerCrashedException crash) {}

  /// Why a worker is gone.
  enum ExitReason {
    /// By itself, by a signal from outside, or because it was not heard of any more or not ready in
    /// time; the [WorkerCrashedException] says which.
    CRASHED,
    /// Killed at the timeout of its task.
    TIMED_OUT,
    /// Killed with its task, which was cancelled, or whose map ended early.
    CANCELLED,
    /// Replaced: after a number of tasks, for its age or its memory, or as its AOT cache is new.
    RECYCLED,
    /// Its pool was shut down.
    CLOSED
  }
}
