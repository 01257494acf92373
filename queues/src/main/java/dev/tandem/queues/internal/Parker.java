package dev.tandem.queues.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One wait of one thread: for a single thing, or for the first of several. Each thing has a
/// [Waiter] in some list; the first waker to claim one of them ends the wait, all others fail and
/// have to wake somebody else.
public final class Parker {
  /* Of all that want to end the wait one succeeds, by the CAS on `winner`. A thread that leaves must
   * withdraw, unless no waker can have got hold of its waiter (as under the lock of a rendezvous): then
   * a waker that found it in a list, and tells it later, learns that it has woken nobody. */

  private static final Object WITHDRAWN = new Object();
  private static final VarHandle WINNER;

  static {
    try {
      WINNER = MethodHandles.lookup().findVarHandle(Parker.class, "winner", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    // The first use of a VarHandle links it, which goes deep: not at the end of a waker's stack.
    new Parker().withdraw();
  }

  private final Thread thread = Thread.currentThread();

  /// The waiter whose waker ended the wait, or WITHDRAWN.
  private volatile @Nullable Object winner;

  /// The waiter that was claimed, or null.
  public @Nullable Waiter winner() {
    return winner instanceof Waiter waiter ? waiter : null;
  }

  /// Ends the wait in favour of one waiter. What the caller wrote before is visible to the thread.
  boolean claim(Waiter waiter) {
    boolean claimed = end(waiter);
    if (claimed) {
      unpark();
    }
    return claimed;
  }

  private boolean end(Object how) {
    return WINNER.compareAndSet(this, null, how);
  }

  /// Wakes the thread from its park, wherever it is.
  void unpark() {
    LockSupport.unpark(thread);
  }

  /// Ends the wait without a waker, so that none can claim it any more; false if one was faster.
  public boolean withdraw() {
    return end(WITHDRAWN);
  }

  /// Spins for a moment. For waits in which the other side is expected at once.
  public void spin() {
    Spin spin = new Spin(Spin.SHORTEST);
    while (winner == null && spin.again()) {
      // the next pause
    }
  }

  /// Parks until the wait is ended, the time is over or the thread is interrupted.
  public void park(Object blocker, Deadline deadline) {
    while (winner == null && !deadline.isOver() && !thread.isInterrupted()) {
      deadline.park(blocker);
    }
  }
}
