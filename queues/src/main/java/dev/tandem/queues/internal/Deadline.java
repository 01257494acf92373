package dev.tandem.queues.internal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// The time at which a wait ends. Made only when a thread must wait.
public final class Deadline {
  /// The deadline of a wait without end.
  public static final Deadline NEVER = new Deadline(0, false);

  /// Longer waits count as endless: adding them to the clock could overflow.
  private static final long LONGEST = Long.MAX_VALUE >> 1;

  private final long at;
  private final boolean timed;

  private Deadline(long at, boolean timed) {
    this.at = at;
    this.timed = timed;
  }

  /// {@return the deadline that is this duration from now}
  public static Deadline in(Duration duration) {
    return inNanos(nanos(duration));
  }

  /// {@return the deadline that is this time from now}
  public static Deadline inNanos(long nanos) {
    return nanos >= LONGEST ? NEVER : new Deadline(System.nanoTime() + Math.max(0, nanos), true);
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException _) {
      return duration.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /// {@return whether the deadline has passed}
  public boolean isOver() {
    return timed && at - System.nanoTime() <= 0;
  }

  /// {@return the deadline that is this time from now, or this deadline if it is earlier}
  public Deadline atMost(long nanos) {
    Deadline other = inNanos(nanos);
    return !other.timed || (timed && at - other.at < 0) ? this : other;
  }

  /// Parks the current thread until the deadline. May return earlier, for any reason or none.
  public void park(Object blocker) {
    if (!timed) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, at - System.nanoTime());
    }
  }
}
