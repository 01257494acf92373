package dev.tandem.queues;

import dev.tandem.queues.internal.ChannelFigures;
import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Parker.Side;
import dev.tandem.queues.internal.WaitList;
import dev.tandem.queues.internal.Waiter;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A channel that holds nothing: each element passes from a putter to a taker that meets it.
final class RendezvousChannel<E> extends AbstractChannel<E> implements Interior<E> {
  /* The thread that comes first waits in a list; the one that comes second takes it off the list,
   * hands over, and goes on. All that happens under the lock, so a waiter that finds itself off the
   * list once it has the lock knows that the hand-over is complete: an element is handed over, or the
   * wait is given up, never both and never neither. So a thread that leaves cannot use up another's
   * hand-over; only a select's waiter can be found with its wait over, and then the partner goes on to
   * the next waiter.
   *
   * Two selects that meet would both have to commit, each to the other, although each waits in
   * several places (so does Go's select, after which this is built). Here only one of them waits:
   * a select that looks for a partner holds the locks of all its rendezvous at that time (in the
   * order of their numbers, so there is no deadlock) and is in none of their lists. So it cannot be
   * claimed, cannot meet itself, and only the one that waits has to be claimed, by one CAS on its
   * Parker. If it finds no partner, it joins all lists before it unlocks: a thread that comes after
   * that finds it. */

  private final MeetingLock lock = new MeetingLock();
  private final WaitList takers = new WaitList(this);
  private final WaitList putters = new WaitList(this);
  private boolean closed;
  private long handedOver;

  /// The number of elements that are given to a receiver that may refuse them.
  private int held;

  /// The elements that such a receiver refused, the only ones that are ever in the channel.
  private final ArrayDeque<E> back = new ArrayDeque<>();

  RendezvousChannel(ChannelOptions<E> options) {
    super(options);
  }

  @Override
  MeetingLock meetingLock() {
    return lock;
  }

  @Override
  int tryPut(E e) {
    lock.lock();
    try {
      if (closed) {
        return CLOSED;
      }
      Waiter taker;
      while ((taker = takers.peek()) != null) {
        taker.item(e);
        boolean met = taker.signal();
        takers.remove(taker);
        if (met) {
          handedOver++;
          return PUT;
        }
        taker.item(null); // a select that went elsewhere
      }
      return FULL;
    } finally {
      lock.unlock();
    }
  }

  @Override
  @Nullable Object tryTake() {
    lock.lock();
    try {
      Object element = next();
      return element == null && ended() ? END : element;
    } finally {
      lock.unlock();
    }
  }

  /// Returns the next element, a refused one or that of a putter that waits, or null. Under the
  /// lock.
  private @Nullable Object next() {
    if (!back.isEmpty()) {
      return back.removeFirst();
    }
    Waiter putter;
    while ((putter = putters.peek()) != null) {
      Object element = putter.item();
      boolean met = putter.signal();
      putters.remove(putter);
      if (met) {
        handedOver++;
        return element;
      }
    }
    return null;
  }

  /// Under the lock. Held elements may come back, so they keep the end away.
  private boolean ended() {
    return closed && held == 0 && back.isEmpty();
  }

  private <T extends @Nullable Object> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // they came from a collection of E
  int tryPutAll(@Nullable Object[] elements, int from) {
    return tryPut((E) Checks.notNull(elements[from], "element"));
  }

  @Override
  int tryTakeAll(@Nullable Object[] buffer, int max) {
    Object element = tryTake();
    if (element == null || element == END) {
      return element == null ? 0 : CLOSED;
    }
    buffer[0] = element;
    return 1;
  }

  @Override
  int awaitPut(E e, Deadline deadline) throws InterruptedException {
    Waiter waiter = new Waiter(new Parker(), true);
    waiter.item(e);
    lock.lock();
    try {
      int result = tryPut(e);
      if (result != FULL) {
        return result;
      }
      putters.add(waiter);
    } finally {
      lock.unlock();
    }
    if (await(waiter, putters, deadline)) {
      return waiter.item() != null ? PUT : CLOSED;
    }
    return FULL;
  }

  @Override
  @Nullable Object awaitTake(Deadline deadline) throws InterruptedException {
    Waiter waiter = new Waiter(new Parker(), true);
    lock.lock();
    try {
      Object result = tryTake();
      if (result != null) {
        return result;
      }
      takers.add(waiter);
    } finally {
      lock.unlock();
    }
    if (await(waiter, takers, deadline)) {
      Object element = waiter.item();
      return element != null ? element : END;
    }
    return null;
  }

  /// Waits until the waiter is claimed (true) or the time is over (false).
  private boolean await(Waiter waiter, WaitList list, Deadline deadline)
      throws InterruptedException {
    Parker parker = waiter.parker();
    parker.spin();
    parker.park(this, list == putters ? Side.PUT : Side.TAKE, deadline);
    if (parker.winner() != null || !removed(waiter, list)) {
      return true; // an interrupt that came with the hand-over stays for the next wait
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return false;
  }

  private boolean removed(Waiter waiter, WaitList list) {
    lock.lock();
    try {
      return list.remove(waiter);
    } finally {
      lock.unlock();
    }
  }

  /// Called under the lock, which [MeetingLock#lockAll] took, and after a look for a partner.
  @Override
  boolean joinPut(Waiter waiter) {
    putters.add(waiter);
    return true;
  }

  /// Called under the lock, which [MeetingLock#lockAll] took, and after a look for a partner.
  @Override
  boolean joinTake(Waiter waiter) {
    takers.add(waiter);
    return true;
  }

  @Override
  void leavePut(Waiter waiter) {
    removed(waiter, putters);
  }

  @Override
  void leaveTake(Waiter waiter) {
    removed(waiter, takers);
  }

  @Override
  void setClosed() {
    lock.lock();
    try {
      closed = true;
      Waiter putter;
      while ((putter = putters.poll()) != null) {
        putter.item(null); // says that no taker got it
        putter.signal();
      }
      if (ended()) {
        takers.signalAll(); // without an element
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  void wakeAll() {
    // done under the lock, in setClosed
  }

  @Override
  public boolean isClosed() {
    return locked(() -> closed);
  }

  @Override
  long puts() {
    return locked(() -> handedOver);
  }

  @Override
  long takes() {
    return locked(() -> handedOver - held - back.size());
  }

  /// Counts the elements of putters that wait, too.
  @Override
  int atHand() {
    return putters.size() + size();
  }

  /// Returns the counts. Reads without the lock.
  ChannelLook.Counts counts() {
    int left = held + back.size();
    return new ChannelLook.Counts(left, handedOver, handedOver - left, closed);
  }

  @Override
  public ChannelFigures figures() {
    return ChannelLook.at(this, putters, takers, done.waiting);
  }

  @Override
  long putParks() {
    return putters.parks();
  }

  @Override
  long takeParks() {
    return takers.parks();
  }

  /// Zero, but for elements that a receiver of the queue view has or has refused.
  @Override
  public int size() {
    return locked(() -> held + back.size());
  }

  @Override
  public int capacity() {
    return 0;
  }

  @Override
  Interior<E> interior() {
    return this;
  }

  @Override
  public @Nullable E peek() {
    return locked(back::peekFirst);
  }

  @Override
  public Snapshot snapshot() {
    @Nullable Object[] waiting = locked(() -> back.toArray());
    return new Snapshot(waiting, new long[waiting.length]) {
      @Override
      boolean remove(int index) {
        return locked(() -> back.removeIf(e -> e == elements[index]));
      }
    };
  }

  @Override
  public boolean search(Object wanted, boolean remove) {
    Snapshot all = snapshot();
    int at = all.find(wanted, 0);
    while (at >= 0 && remove && !all.remove(at)) {
      at = all.find(wanted, at + 1);
    }
    return at >= 0;
  }

  @Override
  public void discard() {
    locked(() -> {
      back.clear();
      return true;
    });
  }

  /// Holds one element at a time: its putter has returned then.
  @Override
  public void hold(HeldBatch batch) {
    lock.lock();
    try {
      Object element = next();
      if (element != null) {
        batch.add(element, 0);
        held++;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Gives refused elements to the next takers.
  @Override
  public void settle(HeldBatch batch) {
    lock.lock();
    try {
      held -= batch.count;
      for (int i = batch.next; i < batch.count; i++) {
        back.addLast(element(Checks.notNull(batch.elements[i], "element")));
      }
      Waiter taker;
      while (!back.isEmpty() && (taker = takers.poll()) != null) {
        taker.item(back.getFirst());
        if (taker.signal()) {
          back.removeFirst();
        } else {
          taker.item(null); // a select that went elsewhere
        }
      }
      if (ended()) {
        takers.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
