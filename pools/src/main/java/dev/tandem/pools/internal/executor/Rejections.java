package dev.tandem.pools.internal.executor;

import dev.tandem.core.internal.GuardedLog;
import java.util.concurrent.RejectedExecutionException;

/// The exceptions by which an executor rejects a task.
public final class Rejections {
  private Rejections() {}

  public static RejectedExecutionException shutDown(String executor) {
    return new RejectedExecutionException(executor + " is shut down and accepts no tasks");
  }

  /// {@return the refusal of a task that could not be given a thread}
  public static RejectedExecutionException notStarted(AcceptedTask<?> task, Throwable cause) {
    if (cause instanceof RejectedExecutionException refusal) {
      return refusal;
    }
    return new RejectedExecutionException(
        "%s: task %s could not be started: %s"
            .formatted(task.executor(), task.name(), GuardedLog.text(cause)),
        cause);
  }
}
