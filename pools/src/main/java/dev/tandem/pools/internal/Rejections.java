package dev.tandem.pools.internal;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The words of refusals.
final class Rejections {
  private Rejections() {}

  static RejectedExecutionException shutDown(String executor) {
    return new RejectedExecutionException(executor + " is shut down and accepts no tasks");
  }

  /// {@return the refusal of a task that could not be given a thread}
  static RejectedExecutionException notStarted(@Nullable TaskRun<?> task, Throwable cause) {
    if (cause instanceof RejectedExecutionException refusal) {
      return refusal;
    }
    String what = task == null ? "a task" : task.executor() + ": task " + task.name();
    return new RejectedExecutionException(what + " could not be started: " + cause, cause);
  }
}
