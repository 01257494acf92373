package dev.tandem.pools.internal;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The stage of a [TaskRun] once somebody else than the body has stepped in while the body runs.
///
/// @param thread the thread that runs the body
/// @param phase how far it has come
/// @param interrupted whether the thread was interrupted, so that the flag is cleared at the end
/// @param graceEnd the timer that gives the body up, in phase [Phase#TIMED_OUT]
/// @param unread the failure, in phase [Phase#ABANDONED], until somebody reads it
record Stop(
    Thread thread,
    Phase phase,
    boolean interrupted,
    @Nullable Future<?> graceEnd,
    @Nullable UnreadFailure unread) {
  enum Phase {
    /// The thread is being interrupted at this moment: whoever finds this waits it out.
    INTERRUPTING,
    /// Interrupted by `shutdownNow`; the body decides the outcome.
    INTERRUPTED,
    /// Interrupted at the deadline; the outcome is open until the body ends or grace is over.
    TIMED_OUT,
    /// Cancelled; the canceller publishes the outcome.
    CANCELLED,
    /// Not ended by the end of grace; the timer publishes the outcome.
    ABANDONED
  }

  static Stop interrupting(Thread thread) {
    return new Stop(thread, Phase.INTERRUPTING, true, null, null);
  }

  static Stop timedOut(Thread thread, Future<?> graceEnd) {
    return new Stop(thread, Phase.TIMED_OUT, true, graceEnd, null);
  }

  static Stop interrupted(Thread thread) {
    return new Stop(thread, Phase.INTERRUPTED, true, null, null);
  }

  static Stop cancelled(Thread thread, boolean interrupted) {
    return new Stop(thread, Phase.CANCELLED, interrupted, null, null);
  }

  /// {@return whether the outcome is still open, so that it can be cancelled}
  boolean isOpen() {
    return phase == Phase.INTERRUPTED || phase == Phase.TIMED_OUT;
  }

  Stop abandoned() {
    return new Stop(thread, Phase.ABANDONED, true, null, null);
  }

  Stop with(UnreadFailure failure) {
    return new Stop(thread, phase, interrupted, graceEnd, failure);
  }

  void cancelGraceEnd() {
    if (graceEnd != null) {
      graceEnd.cancel(false);
    }
  }
}
