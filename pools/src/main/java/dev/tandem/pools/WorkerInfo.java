package dev.tandem.pools;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A worker process of a [ProcessPool] at about one moment.
///
/// @param number counts the workers of a pool from 1; a replacement has a number of its own
/// @param pid the process id; 0 before the process exists
/// @param state what it is doing
/// @param spare whether it only waits to take another's place
/// @param age the time since it was started
/// @param tasks how many tasks it has completed
/// @param task the name of the task it is running, if it is running one that has a name of its own
public record WorkerInfo(
    int number,
    long pid,
    State state,
    boolean spare,
    Duration age,
    long tasks,
    @Nullable String task) {
  /// What a worker is doing.
  public enum State {
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
