package dev.tandem.queues;

import dev.tandem.queues.internal.ChannelFigures;
import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Parker.Side;
import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.WaitList;
import dev.tandem.queues.internal.Waiter;
import org.jspecify.annotations.Nullable;

/// A channel that can hold elements: the waits of its putters and takers.
abstract class BufferedChannel<E> extends AbstractChannel<E> {
  /* How a wait works, for takers; putters mirror it.
   *
   * A taker that finds nothing joins the list `takers`, looks again, and ARMS: it sets a flag in the
   * very word that the next put must change (in the locked shapes: under the lock), and only if that
   * word still says "empty and open". Then it parks. So each put that could be missed finds the flag,
   * clears it in the same step, and owes a wake-up.
   *
   * WAKING signals the first waiter in the list, by ending its wait (its Parker, one CAS), and then
   * removes it. Only a waker whose CAS succeeds has woken a thread; otherwise it goes on to the next
   * waiter. If there are other waiters in the list, the flag is set again BEFORE the first is
   * signalled: a put that comes in between must find it. Puts that came before that (after the flag
   * was cleared) woke no thread, but the thread that is signalled after that sees their elements,
   * because it looks after the signal.
   *
   * LEAVING, for whatever reason (an element, the deadline, an interrupt): a thread first ends its own
   * wait, and then removes itself from the list. If it could end its wait, no waker has signalled it:
   * a waker that has got hold of it will fail, and owes a wake-up still. Otherwise it was signalled,
   * and has taken over what the waker owed: it wakes the next waiter if there is still something to
   * take. So elements for which no thread was woken wake one taker after the other.
   *
   * It would not do to look, without ending the wait, whether there is something to take. Put 1 has
   * cleared the flag, has got hold of taker X, and has not yet set the flag again; X finds that
   * element by itself and leaves; put 2 finds no flag; then put 1 sets the flag and signals X, which
   * is gone. Taker Y, next in the list, would sleep beside the second element.
   *
   * Why no wake-up is lost. Let w be a waiter in the list that has armed and whose wait is not over.
   * What follows is about takers; for putters, read room for element.
   *
   * (1) While the flag is clear, there is a put that has cleared it since w joined, and that has not
   * got as far as setting it again or signalling w. For the flag was set when w armed. The put that
   * clears it then finds a first waiter v. If v is w, it signals w. If not, then v and w are both in
   * the list when the put looks for other waiters, so it sets the flag; or v has left the list before
   * that, so its wait was over, the put fails to signal it, and goes on to the next, with w in the
   * list.
   *
   * (2) While there is an element, or an end to see, some thread is BOUND to look at the list again: a
   * waker from its step until it has signalled as many waiters as it owes or has found the list empty;
   * or a waiter that was signalled, until it has left. For arming happens only while the channel is
   * empty and open, so (2) could fail only by a put or by the end of such a thread. A put that finds
   * the flag is bound; one that finds it clear leaves the thread of (1) bound. A waker that signals a
   * waiter hands its duty over to a thread that has not left, because one that has left cannot be
   * signalled. A waker that finds the list empty does not find w there. A waiter that leaves looks
   * once more after it was signalled: either there is nothing to take at that instant, and (2) says
   * nothing, or it becomes a waker.
   *
   * A flag that is set although the list is empty does no harm: the next put looks at the list in
   * vain, once. Nor does a wake-up too many. The places of a select share one Parker: if a waker in
   * another list, or the select itself, has ended the wait, this list's wakers fail and go on.
   *
   * AN ERROR (a stack or a memory that ends) must not come between a step and the wake-up that it
   * owes. The stack is probed before the step. If waking fails nevertheless, the step stands and says
   * that it was done; the waiters are all in the list still, because they are signalled before they
   * are removed; and the debt is written down in a field, which takes no call and no memory: the next
   * put or take, successful or not, then wakes all of them.
   *
   * A shape may do without the flag if it gives its waiters a backstop instead: then a waker just
   * looks at the list (see ProducerClosedChannel).
   *
   * CLOSING sets the closed bit in the word that puts change, then takes waiters off both lists and
   * signals them until there is none: it owes a wake-up to all, so one that leaves cannot use up
   * another's. A thread that joins a list after that looks again after joining, and sees the bit. */

  /// The time that a putter waits for a good part of the room before it asks for the next place.
  private static final long PATIENCE_NANOS = 200_000;

  final WaitList takers = new WaitList(this);
  final WaitList putters = new WaitList(this);

  /// Whether a wake-up of takers has failed half way: then the next one is for all.
  volatile boolean takersOwed;

  /// Whether a wake-up of putters has failed half way: then the next one is for all.
  volatile boolean puttersOwed;

  BufferedChannel(ChannelOptions<E> options) {
    super(options);
  }

  /// Sets the takers' flag if the channel is empty and open, and only then returns true.
  abstract boolean armTake();

  /// Sets the putters' flag if the channel is full and open, and only then returns true.
  abstract boolean armPut(boolean exact);

  /// Sets the takers' flag again, for the waiters that are still in the list.
  abstract void rearmTake();

  /// Sets the putters' flag again, for the waiters that are still in the list.
  abstract void rearmPut(boolean exact);

  /// Returns whether a taker need not wait.
  abstract boolean canTake();

  /// Returns whether a putter need not wait.
  abstract boolean canPut();

  /// Returns the pause of a spinning putter between two looks.
  int putPause() {
    return Spin.SHORTEST;
  }

  /// Adapts the pause after a put has succeeded while spinning.
  void putAfter(int pause) {
    // the pause stays the same
  }

  /// Returns the pause of a spinning taker between two looks.
  int takePause() {
    return Spin.SHORTEST;
  }

  /// Adapts the pause after a take has succeeded while spinning.
  void tookAfter(int pause) {
    // the pause stays the same
  }

  /// Returns how often a spinning thread yields before it parks.
  int yields() {
    return Spin.YIELDS;
  }

  /// Returns whether the next take must wake a putter that finds the channel full. That costs two
  /// context switches for each element.
  boolean putsExactly() {
    return true;
  }

  // ---- putting

  /// Puts one by one; a shape that can do better overrides this.
  @Override
  int tryPutAll(@Nullable Object[] elements, int from) {
    int count = 0;
    int result = PUT;
    try {
      while (from + count < elements.length && result == PUT) {
        result = tryPut(element(Checks.notNull(elements[from + count], "element")));
        count += result == PUT ? 1 : 0;
      }
    } catch (RuntimeException | Error fromOrder) {
      if (count == 0) {
        throw fromOrder;
      } // otherwise the next step throws it again
    }
    return count > 0 ? count : result;
  }

  @Override
  final int awaitPut(E e, Deadline deadline) throws InterruptedException {
    boolean exact = putsExactly();
    boolean ranOut = false; // of patience: no room for long, so spinning is of no use
    for (int round = 0; ; round++) {
      int result = ranOut ? tryPut(e) : spinPut(e, deadline);
      if (result != FULL) {
        return result;
      }
      Waiter waiter = new Waiter(new Parker(), exact);
      putters.add(waiter);
      boolean interrupted;
      boolean over;
      try {
        do {
          result = tryPut(e);
        } while (result == FULL && !armPut(exact));
        if (result != FULL) {
          return result;
        }
        long longest = exact ? longestPark(round) : PATIENCE_NANOS;
        waiter.parker().park(this, Side.PUT, deadline.atMost(longest));
        interrupted = Thread.interrupted();
        over = deadline.isOver(); // before the last try: room that came in time counts
        result = interrupted ? FULL : tryPut(e);
      } finally {
        leavePut(waiter);
      }
      if (interrupted) {
        throw new InterruptedException();
      }
      if (result != FULL || over) {
        return result;
      }
      ranOut = waiter.parker().winner() == null;
      exact = ranOut || putsExactly();
    }
  }

  private int spinPut(E e, Deadline deadline) {
    int pause = putPause();
    Spin spin = new Spin(pause, yields());
    int result = FULL;
    while (result == FULL && !deadline.isOver() && spin.again()) {
      result = tryPut(e);
    }
    if (result == PUT) {
      putAfter(pause);
    }
    return result;
  }

  @Override
  final void leavePut(Waiter waiter) {
    boolean signalled = waiter.leave();
    putters.remove(waiter);
    if (signalled && canPut()) {
      wakePutter();
    }
  }

  /// Wakes a putter, if there is one.
  final void wakePutter() {
    var _ = signalPutter();
  }

  /// Wakes a putter. Returns false if there is none.
  final boolean signalPutter() {
    boolean all = puttersOwed;
    puttersOwed = false;
    boolean signalled = false;
    Waiter waiter;
    try {
      while ((all || !signalled) && (waiter = putters.peek()) != null) {
        if (putters.size() > 1) {
          rearmPut(putters.hasExactBut(waiter));
        }
        signalled |= all ? waiter.signalAgain() : waiter.signal();
        putters.remove(waiter);
      }
      return signalled;
    } catch (Throwable t) {
      puttersOwed = true;
      throw t;
    }
  }

  @Override
  final boolean joinPut(Waiter waiter) {
    putters.add(waiter);
    return armPut(true);
  }

  @Override
  final long putParks() {
    return putters.parks();
  }

  // ---- taking

  /// Takes one by one; a shape that can do better overrides this.
  @Override
  int tryTakeAll(@Nullable Object[] buffer, int max) {
    int count = 0;
    Object element = null;
    try {
      while (count < max && (element = tryTake()) != null && element != END) {
        buffer[count++] = element;
      }
    } catch (RuntimeException | Error fromOrder) {
      if (count == 0) {
        throw fromOrder;
      } // otherwise these are delivered first, and the next step throws it again
    }
    return count == 0 && element == END ? CLOSED : count;
  }

  @Override
  final @Nullable Object awaitTake(Deadline deadline) throws InterruptedException {
    boolean ranOut = false; // of the longest park
    for (int round = 0; ; round++) {
      Object result = ranOut ? tryTake() : spinTake(deadline);
      if (result != null) {
        return result;
      }
      Waiter waiter = new Waiter(new Parker(), true);
      takers.add(waiter);
      boolean interrupted;
      boolean over;
      try {
        do {
          result = tryTake();
        } while (result == null && !armTake());
        if (result != null) {
          return result;
        }
        waiter.parker().park(this, Side.TAKE, deadline.atMost(longestPark(round)));
        interrupted = Thread.interrupted();
        over = deadline.isOver(); // before the last try: what came in time counts
        result = interrupted ? null : tryTake();
      } finally {
        leaveTake(waiter);
      }
      if (interrupted) {
        throw new InterruptedException();
      }
      if (result != null || over) {
        return result;
      }
      ranOut = waiter.parker().winner() == null;
    }
  }

  private @Nullable Object spinTake(Deadline deadline) {
    int pause = takePause();
    Spin spin = new Spin(pause, yields());
    Object result = null;
    while (result == null && !deadline.isOver() && spin.again()) {
      result = tryTake();
    }
    if (result != null) {
      tookAfter(pause);
    }
    return result;
  }

  @Override
  final void leaveTake(Waiter waiter) {
    boolean signalled = waiter.leave();
    takers.remove(waiter);
    if (signalled && canTake()) {
      wakeTakers(1);
    }
  }

  /// Wakes as many takers as `count` says, or all there are.
  final void wakeTakers(int count) {
    var _ = signalTakers(count);
  }

  /// Wakes as many takers as `count` says, or all there are. Returns false if there is none.
  final boolean signalTakers(int count) {
    boolean all = takersOwed;
    takersOwed = false;
    int left = count;
    Waiter waiter;
    try {
      while ((all || left > 0) && (waiter = takers.peek()) != null) {
        if (takers.size() > 1) {
          rearmTake();
        }
        if (all ? waiter.signalAgain() : waiter.signal()) {
          left--;
        }
        takers.remove(waiter);
      }
      return left < count;
    } catch (Throwable t) {
      takersOwed = true;
      throw t;
    }
  }

  /// Pays what a waker that failed half way has left to the next operation. An operation that can
  /// do nothing must call this, too: perhaps it can do nothing because the threads that were not
  /// woken sleep.
  final void payOwed() {
    if (takersOwed) {
      wakeTakers(1);
    }
    if (puttersOwed) {
      wakePutter();
    }
  }

  @Override
  final boolean joinTake(Waiter waiter) {
    takers.add(waiter);
    return armTake();
  }

  @Override
  final long takeParks() {
    return takers.parks();
  }

  @Override
  public @Nullable ChannelFigures figures() {
    return ChannelLook.at(this, putters, takers, done.waiting);
  }

  // ---- closing

  @Override
  final void wakeAll() {
    takers.signalAll();
    putters.signalAll();
  }
}
