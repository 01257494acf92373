package dev.tandem.queues;

import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.WaitList;
import dev.tandem.queues.internal.Waiter;
import org.jspecify.annotations.Nullable;

/// A channel that can hold elements: how threads wait for one, or for room.
abstract class BufferedChannel<E> extends AbstractChannel<E> {
  /* How a wait works, for takers; putters mirror it.
   *
   * A taker that finds nothing joins the list `takers`, looks again, and ARMS: it sets a flag in the
   * very word that the next put has to change (in the locked shapes: under the lock), and only if
   * that word still says "empty and open". Then it parks. So each put that could be missed finds the
   * flag, clears it in the same step, and owes a wake-up.
   *
   * WAKING takes the first waiter off the list; who takes it off has claimed it. If others remain,
   * the flag is set again BEFORE the claimed thread is told: a put that comes in between must find
   * it. Puts that came before that (after the flag was cleared) woke nobody, but the claimed thread
   * sees their elements, because it looks after it was told.
   *
   * LEAVING, for whatever reason (an element, the time is over, an interrupt): a thread that cannot
   * take itself off the list was claimed, and owes the wake-up it got to the others if there is
   * still something to take. So elements for which nobody was woken wake one taker after the other.
   *
   * Invariant: whenever there is something to take, or an end to see, and somebody is in the list,
   * some thread is at work that will wake it: a putter between its step and the end of wake, a
   * closer, or a claimed taker that has not left. A flag that is set although the list is empty does
   * no harm: the next put looks at the list in vain, once.
   *
   * A shape may do without the flag if it gives its waiters a backstop instead: then a waker just
   * looks at the list (see ProducerClosedChannel).
   *
   * CLOSING sets the closed bit in the word that puts change, then wakes everybody in both lists. Who
   * joins a list after that looks again after joining, and sees the bit. */

  /// How long a putter waits for a good part of the room before it asks for the next bit of it.
  private static final long PATIENCE_NANOS = 200_000;

  final WaitList takers = new WaitList();
  final WaitList putters = new WaitList();

  BufferedChannel(ChannelOptions<E> options) {
    super(options);
  }

  /// Sets the takers' flag, if the channel is empty and open, and only then returns true.
  abstract boolean armTake();

  /// Sets the putters' flag, if the channel is full and open, and only then returns true.
  abstract boolean armPut(boolean exact);

  /// Sets the takers' flag again, for those who are still in the list.
  abstract void rearmTake();

  /// Sets the putters' flag again, for those who are still in the list.
  abstract void rearmPut(boolean exact);

  /// Whether a taker would not have to wait.
  abstract boolean canTake();

  /// Whether a putter would not have to wait.
  abstract boolean canPut();

  /// How long a putter that spins is to pause between two looks.
  int putPause() {
    return Spin.SHORTEST;
  }

  /// Says that a put succeeded while spinning.
  void putAfter(int pause) {
    // nothing is learned from it
  }

  /// How long a taker that spins is to pause between two looks.
  int takePause() {
    return Spin.SHORTEST;
  }

  /// Says that a take succeeded while spinning.
  void tookAfter(int pause) {
    // nothing is learned from it
  }

  /// Whether a putter that finds the channel full is to be woken by the next take. Waking it for
  /// each single element costs two context switches for each.
  boolean putsExactly() {
    return true;
  }

  // ---- putting

  @Override
  final int awaitPut(E e, Deadline deadline) throws InterruptedException {
    boolean exact = putsExactly();
    boolean ranOut = false; // of patience: nobody made room for long, so spinning is of no use
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
        waiter.parker().park(this, deadline.atMost(exact ? longestPark(round) : PATIENCE_NANOS));
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
    Spin spin = new Spin(pause);
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
    if (!putters.remove(waiter) && canPut()) {
      wakePutter();
    }
  }

  /// Wakes a putter, if there is one.
  final void wakePutter() {
    Waiter waiter;
    do {
      waiter = putters.poll();
      if (waiter != null && !putters.isEmpty()) {
        rearmPut(putters.hasExact());
      }
    } while (waiter != null && !waiter.signal());
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
        waiter.parker().park(this, deadline.atMost(longestPark(round)));
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
    Spin spin = new Spin(pause);
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
    if (!takers.remove(waiter) && canTake()) {
      wakeTakers(1);
    }
  }

  /// Wakes so many takers, or all there are.
  final void wakeTakers(int count) {
    int left = count;
    Waiter waiter;
    while (left > 0 && (waiter = takers.poll()) != null) {
      if (!takers.isEmpty()) {
        rearmTake();
      }
      if (waiter.signal()) {
        left--;
      }
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

  // ---- closing

  @Override
  final void wakeAll() {
    takers.signalAll();
    putters.signalAll();
  }
}
