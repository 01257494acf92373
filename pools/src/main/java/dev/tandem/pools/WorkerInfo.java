package dev.tandem.pools;

import dev.tandem.pools.internal.process.fleet.WorkerSnapshot;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A worker process of a [ProcessPool] at about one moment.
///
/// Immutable; equal if all values are. Only Tandem makes it, so that later versions may tell more.
public sealed interface WorkerInfo permits WorkerSnapshot {
  /// {@return the worker's number} It counts the workers of a pool from 1; a replacement has a
  /// number of its own.
  int number();

  /// {@return the process id; 0 before the process exists}
  long pid();

  /// {@return what the worker is doing}
  State state();

  /// {@return whether the worker only waits to take another's place}
  boolean spare();

  /// {@return the time since the worker was started}
  Duration age();

  /// {@return the number of tasks that the worker has completed}
  long tasks();

  /// {@return the name of the task that the worker is running, or null if it runs none that has a
  /// name of its own}
  @Nullable String task();

  /// What a worker is doing.
  enum State {
    /// Its process is being created.
    SPAWNING,
    /// Its JVM starts and connects.
    HANDSHAKE,
    /// It runs the initializer.
    INIT,
    /// It has no task.
    IDLE,
    /// It has a task.
    BUSY,
    /// It finishes what it has and gets nothing new.
    DRAINING,
    /// It has not been heard of for half of the heartbeat timeout.
    SUSPECT,
    /// It was killed and its end has not been seen yet.
    KILLING,
    /// Its process is gone.
    EXITED
  }
}
