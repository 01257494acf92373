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

  /// The worker's process is gone.
  ///
  /// @param worker the worker
  /// @param crash what happened, or null if it left as it was told: at a shutdown, recycled, or
  ///   killed with its task by a timeout or a cancellation
  default void exited(WorkerInfo worker, @Nullable WorkerCrashedException crash) {}
}
