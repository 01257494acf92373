package dev.tandem.queues.internal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// When a wait is over. Made only once a thread has to wait.
public final class Deadline {
  /// No end.
  public static final Deadline NEVER = new Deadline(0, false);

  /// Longer waits count as endless: adding them to the clock could overflow.
  private static final long LONGEST = Long.MAX_VALUE >> 1;

  private final long at;
  private final boolean timed;

  private Deadline(long at, boolean timed) {
    this.at = at;
    this.timed = timed;
  }

  /// The deadline that is so far from now.
  public static Deadline in(Duration d) {
    return inNanos(nanos(d));
  }

  /// The deadline that is so far from now.
  public static Deadline inNanos(long nanos) {
    return nanos >= LONGEST ? NEVER : new Deadline(System.nanoTime() + Math.max(0, nanos), true);
  }

  private static long nanos(Duration d) {
    try {
      return d.toNanos();
    } catch (ArithmeticException _) {
      return d.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  /// Whether the time is over.
  public boolean isOver() {
    return timed && at - System.nanoTime() <= 0;
  }

  /// The deadline that is so far from now, or this one if that is earlier.
  public Deadline atMost(long nanos) {
    Deadline other = inNanos(nanos);
    return !other.timed || (timed && at - other.at < 0) ? this : other;
  }

  /// Parks the thread until then at most. It may come back earlier, for any reason or none.
  public void park(Object blocker) {
    if (!timed) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, at - System.nanoTime());
    }
  }
}
