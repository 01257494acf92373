package dev.tandem.pools.internal.thread;

import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.internal.executor.UnreadFailure;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The stage of a [TaskRun] once another thread than the body's has stepped in while the body runs.
///
/// @param thread the thread that runs the body
/// @param phase how far it has come
/// @param interruption the interrupt of the thread, if it gets one
/// @param graceEnd the timer that gives the body up, in phase [Phase#TIMED_OUT]
/// @param unread the failure, in phase [Phase#ABANDONED], until it is read
record Stop(
    Thread thread,
    Phase phase,
    @Nullable Interruption interruption,
    @Nullable Future<?> graceEnd,
    @Nullable UnreadFailure unread) {
  enum Phase {
    /// Interrupted by `shutdownNow`; the body decides the outcome.
    INTERRUPTED,
    /// Interrupted at the deadline; the outcome is open until the body ends or grace is over.
    TIMED_OUT,
    /// Cancelled; the canceller publishes the outcome.
    CANCELLED,
    /// Not ended by the end of grace; the timer publishes the outcome.
    ABANDONED
  }

  static Stop timedOut(Thread thread, Interruption interruption, Future<?> graceEnd) {
    return new Stop(thread, Phase.TIMED_OUT, interruption, graceEnd, null);
  }

  static Stop interrupted(Thread thread, Interruption interruption) {
    return new Stop(thread, Phase.INTERRUPTED, interruption, null, null);
  }

  static Stop cancelled(Thread thread, @Nullable Interruption interruption) {
    return new Stop(thread, Phase.CANCELLED, interruption, null, null);
  }

  /// {@return the failure of a task whose body has not ended by its deadline}
  ///
  /// @param start when the body has started, as `System.nanoTime()`
  /// @param stillRunning whether it has not ended by the end of grace either
  static TaskTimeoutException timeoutException(
      String task, long timeoutNanos, long start, boolean stillRunning) {
    Duration waited = Duration.ofMillis((System.nanoTime() - start) / 1_000_000);
    String end =
        stillRunning
            ? "it ignored the interrupt and is still running after " + waited
            : "it was interrupted and ended after " + waited;
    return new TaskTimeoutException(task, Duration.ofNanos(timeoutNanos), end, stillRunning);
  }

  /// {@return whether the outcome is still open, so that it can be cancelled}
  boolean isOpen() {
    return phase == Phase.INTERRUPTED || phase == Phase.TIMED_OUT;
  }

  /// {@return whether an interrupt of the thread would be news to it}
  boolean canInterrupt() {
    return interruption == null || interruption.isSent();
  }

  Stop with(Interruption another) {
    return new Stop(thread, phase, another, graceEnd, unread);
  }

  Stop abandoned() {
    return new Stop(thread, Phase.ABANDONED, interruption, null, null);
  }

  Stop with(UnreadFailure failure) {
    return new Stop(thread, phase, interruption, graceEnd, failure);
  }

  void cancelGraceEnd() {
    if (graceEnd != null) {
      graceEnd.cancel(false);
    }
  }
}
