package dev.tandem.pools.internal.executor;

import dev.tandem.core.internal.FlightRecorder;
import java.util.concurrent.RejectedExecutionException;

/// What Flight Recorder is told of tasks that are refused.
public final class Rejection {
  private Rejection() {}

  /// Tells of the refusal of a task, of which its submitter hears.
  ///
  /// @return the refusal
  static RejectedExecutionException of(
      AbstractTaskExecutor executor, AcceptedTask<?> task, RejectedExecutionException refusal) {
    if (FlightRecorder.isInUse() && task.isCounted()) {
      String reason;
      if (executor.isShutdown()) {
        reason = "SHUT_DOWN";
      } else if (refusal.getCause() instanceof InterruptedException) {
        reason = "INTERRUPTED";
      } else {
        reason = task.isAccepted() ? "NO_THREAD" : "QUEUE_FULL";
      }
      tell(task, reason, refusal);
    }
    return refusal;
  }

  /// Tells of an accepted task that gets no thread, of which its future tells.
  public static void ofAccepted(AcceptedTask<?> task, Throwable cause) {
    if (FlightRecorder.isInUse()) {
      tell(task, "NO_THREAD", cause);
    }
  }

  private static void tell(AcceptedTask<?> task, String reason, Throwable cause) {
    try {
      JfrAdmissionEvents.rejected(task, reason, cause);
    } catch (Throwable _) { // no memory: the submitter hears of it all the same
      // the recording lacks it
    }
  }
}
