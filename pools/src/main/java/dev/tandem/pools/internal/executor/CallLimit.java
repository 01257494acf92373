package dev.tandem.pools.internal.executor;

import dev.tandem.core.internal.TaskTimer;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The time limit of one call that submits several tasks and waits for them. Looked at before each
/// submission, because to make a task, to send it and to hand it over takes time; and kept while a
/// task runs in the caller, as it does on an executor that is direct or saturated.
final class CallLimit {
  /*
   * The caller writes `starting`, then looks at the clock, then submits. The alarm rings when the
   * time is over, then reads `starting`: if it misses a task, the caller sees that the time is over.
   * A task that it finds may not have begun; so it looks again, until the call has ended.
   */
  private static final long LOOK_NANOS = 5_000_000;

  private final boolean timed;
  private final long end;
  private final Thread caller = Thread.currentThread();
  private volatile @Nullable AcceptedTask<?> starting;
  private volatile boolean ended;
  private @Nullable Future<?> alarm; // the caller's

  private CallLimit(boolean timed, long nanos) {
    this.timed = timed;
    this.end = System.nanoTime() + nanos;
  }

  static CallLimit none() {
    return new CallLimit(false, 0);
  }

  static CallLimit of(long nanos) {
    return new CallLimit(true, Math.max(0, nanos));
  }

  boolean isTimed() {
    return timed;
  }

  long nanosLeft() {
    return timed ? end - System.nanoTime() : Long.MAX_VALUE;
  }

  boolean isOver() {
    return timed && nanosLeft() <= 0;
  }

  /// Submits a task, if there is time and room in time.
  ///
  /// @return whether it was accepted
  boolean accept(AbstractTaskExecutor executor, AcceptedTask<?> task) throws InterruptedException {
    if (timed && alarm == null && executor.mayRunInCaller()) {
      alarm = TaskTimer.after(nanosLeft(), this::ring);
    }
    starting = task;
    try {
      return !isOver() && executor.acceptWithin(nanosLeft(), task);
    } finally {
      starting = null;
    }
  }

  /// Ends the call and silences the alarm.
  void end() {
    ended = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /// Thread: timer.
  private void ring() {
    AcceptedTask<?> task = starting;
    if (task != null && task.thread() == caller) {
      TaskTimer.handOver(() -> task.cancel(true)); // which tells listeners
    }
    if (!ended) {
      var _ = TaskTimer.after(LOOK_NANOS, this::ring);
    }
  }
}
