package dev.tandem.core;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// A task ran longer than its timeout and was told to stop. Arrives as the cause of an
/// [java.util.concurrent.ExecutionException], or in an [Outcome.Failure].
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
  /// @param waited how long it was waited for in all, grace included
  /// @param stillRunning whether it was still running then
  public TaskTimeoutException(
      String taskName, Duration timeout, Duration waited, boolean stillRunning) {
    super(
        "task %s ran longer than its timeout of %s; %s"
            .formatted(
                requireNonNull(taskName, "taskName"),
                requireNonNull(timeout, "timeout"),
                stillRunning
                    ? "it ignored the interrupt and is still running after " + waited
                    : "it was interrupted and ended after " + waited));
    this.taskName = taskName;
    this.timeout = timeout;
    this.stillRunning = stillRunning;
  }

  private TaskTimeoutException(String message, String taskName, Duration timeout) {
    super(message);
    this.taskName = taskName;
    this.timeout = timeout;
    this.stillRunning = false;
  }

  /// {@return the exception for a task that was stopped by killing the process that ran it}
  ///
  /// @param taskName the name of the task
  /// @param timeout how long it was allowed to run
  /// @param pid the process
  public static TaskTimeoutException killed(String taskName, Duration timeout, long pid) {
    requireNonNull(taskName, "taskName");
    requireNonNull(timeout, "timeout");
    return new TaskTimeoutException(
        "task %s ran longer than its timeout of %s; its worker process (pid %d) was killed"
            .formatted(taskName, timeout, pid),
        taskName,
        timeout);
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
