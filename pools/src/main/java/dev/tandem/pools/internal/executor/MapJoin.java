package dev.tandem.pools.internal.executor;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The wait of each thread that closes a map for what is at work for it.
final class MapJoin {
  /*
   * A joiner enters itself, then looks whether the work is over, then parks. A worker counts itself
   * out, then looks for joiners. Steps of the queue and of the count are volatile or atomic, so one
   * of the two sees the other (Dekker).
   *
   * A worker wakes all joiners, and each looks for itself. So a joiner that leaves, because its time
   * is over, cannot use up the wake-up of another.
   */
  private final BooleanSupplier isWorkOver;
  private final Queue<Thread> joiners = new ConcurrentLinkedQueue<>();

  /// @param isWorkOver asked by joiners; reads what a worker has written before [#ended()]
  MapJoin(BooleanSupplier isWorkOver) {
    this.isWorkOver = isWorkOver;
  }

  /// Waits until the work is over. An interrupt does not end the wait, and is kept.
  ///
  /// @param nanos how long at most
  /// @return whether it is over
  boolean await(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      boolean over = enter();
      for (long left; !over && (left = end - System.nanoTime()) > 0; ) {
        LockSupport.parkNanos(this, left);
        interrupted |= Thread.interrupted();
        over = isWorkOver.getAsBoolean();
      }
      return over;
    } finally {
      leave();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// {@return whether the work is over, as the current thread sees it after it has become a joiner}
  boolean enter() {
    joiners.add(Thread.currentThread());
    return isWorkOver.getAsBoolean();
  }

  private void leave() {
    joiners.remove(Thread.currentThread());
  }

  /// Wakes the joiners. Called by a worker that has counted itself out.
  ///
  /// @return whether there were any
  @CanIgnoreReturnValue
  boolean ended() {
    boolean any = false;
    for (Thread joiner : joiners) {
      LockSupport.unpark(joiner);
      any = true;
    }
    return any;
  }
}
