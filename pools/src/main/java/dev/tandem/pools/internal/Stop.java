package dev.tandem.pools.internal;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// What stands in [TaskRun]'s `runner` field, in place of the thread, once somebody else than the
/// body has stepped in while the body runs.
///
/// @param thread the thread that runs the body
/// @param phase how far it has come
/// @param interrupted whether the thread was interrupted, so that the flag is cleared at the end
/// @param graceEnd the timer that gives the body up, in phase [Phase#TIMED_OUT]
record Stop(Thread thread, Phase phase, boolean interrupted, @Nullable Future<?> graceEnd) {
  Stop(Thread thread, Phase phase, boolean interrupted) {
    this(thread, phase, interrupted, null);
  }

  enum Phase {
    /// The thread is being interrupted at this moment: whoever finds this waits it out.
    INTERRUPTING,
    /// Interrupted at the deadline; the outcome is open until the body ends or grace is over.
    TIMED_OUT,
    /// Cancelled; the canceller publishes the outcome.
    CANCELLED,
    /// Not ended by the end of grace; the timer publishes the outcome.
    ABANDONED
  }
}
