package dev.tandem.queues.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One wait of one thread: for a single thing, or for the first of several. Each thing has a
/// [Waiter] in a list; the first waker that claims one of them ends the wait, all other wakers fail
/// and must wake another thread.
public final class Parker {
  /* Of all threads that try to end the wait one succeeds, by the CAS on `winner`. A thread that leaves
   * must withdraw, unless no waker can have got hold of its waiter (as under the lock of a rendezvous):
   * then a waker that found it in a list, and signals it later, learns that it has woken no thread. */

  /// What a thread waits to do.
  public enum Side {
    PUT,
    TAKE,
    DONE,
    SELECT
  }

  private static final Object WITHDRAWN = new Object();
  private static final VarHandle WINNER;

  static {
    try {
      WINNER = MethodHandles.lookup().findVarHandle(Parker.class, "winner", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    // The first use of a VarHandle links it, which goes deep: it must not be at the end of a stack.
    new Parker().withdraw();
    if (FlightRecorder.isInUse()) {
      JfrChannelEvents.load();
    }
  }

  private final Thread thread = Thread.currentThread();

  /// The waiter whose waker ended the wait, or WITHDRAWN.
  private volatile @Nullable Object winner;

  /// {@return the thread that waits}
  Thread thread() {
    return thread;
  }

  /// {@return the waiter that was claimed, or null}
  public @Nullable Waiter winner() {
    return winner instanceof Waiter waiter ? waiter : null;
  }

  /// Ends the wait for one waiter. What the caller wrote before is visible to the waiting thread.
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

  /// Wakes the thread if it is parked.
  void unpark() {
    LockSupport.unpark(thread);
  }

  /// Ends the wait without a waker, so that none can claim it any more; false if a waker was
  /// faster.
  public boolean withdraw() {
    return end(WITHDRAWN);
  }

  /// Spins for a moment, for waits in which the other side is expected at once.
  public void spin() {
    Spin spin = new Spin(Spin.SHORTEST, Spin.YIELDS);
    while (winner == null && spin.again()) {
      // the next pause
    }
  }

  /// Parks until the wait is ended, the time is over or the thread is interrupted.
  public void park(Blocker blocker, Side side, Deadline deadline) {
    Object event = null; // for Flight Recorder
    while (winner == null && !deadline.isOver() && !thread.isInterrupted()) {
      if (FlightRecorder.isInUse() && event == null) {
        event = recorded();
      }
      deadline.park(blocker);
    }
    if (event != null) {
      try {
        JfrChannelEvents.parked(event, blocker, side, winner != null);
      } catch (Throwable _) { // as below
        // the recording lacks it
      }
    }
  }

  /// {@return the event of a park that begins; null if none is recorded, or if there is no memory
  /// or stack for it: the thread has a list to leave}
  private static @Nullable Object recorded() {
    try {
      return JfrChannelEvents.parks();
    } catch (Throwable _) {
      return null;
    }
  }
}
