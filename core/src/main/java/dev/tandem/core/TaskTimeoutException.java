package dev.tandem.core;

import static dev.tandem.core.internal.Checks.notNull;

import java.time.Duration;

/// The failure of a task that ran longer than its timeout and was told to stop. Arrives as the
/// cause of an [java.util.concurrent.ExecutionException], or in an [Outcome.Failure].
public final class TaskTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The name of the task.
  private final String taskName;

  /// How long it was allowed to run.
  private final Duration timeout;

  /// Whether it was still running when this was reported.
  private final boolean stillRunning;

  /// Creates the exception.
  ///
  /// @param taskName the name of the task
  /// @param timeout how long it was allowed to run
  /// @param end how it ended, for the message, such as `it was interrupted and ended after PT0.3S`
  /// @param stillRunning whether it has not ended
  /// @throws NullPointerException if `taskName`, `timeout` or `end` is null
  public TaskTimeoutException(String taskName, Duration timeout, String end, boolean stillRunning) {
    super(
        "task %s ran longer than its timeout of %s; %s"
            .formatted(
                notNull(taskName, "taskName"), notNull(timeout, "timeout"), notNull(end, "end")));
    this.taskName = taskName;
    this.timeout = timeout;
    this.stillRunning = stillRunning;
  }

  /// {@return the name of the task}
  public String taskName() {
    return taskName;
  }

  /// {@return how long the task was allowed to run}
  public Duration timeout() {
    return timeout;
  }

  /// {@return whether the task ignored the interrupt and was still running when this was reported}
  public boolean stillRunning() {
    return stillRunning;
  }
}
