package dev.tandem.queues;

import dev.tandem.queues.internal.StackProbe;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A channel whose order needs a lock: last in first out, or by priority.
final class LockedChannel<E> extends BufferedChannel<E> implements Interior<E> {
  /* The protocol is that of every channel (see BufferedChannel). The words with flags are plain fields
   * here, which only the holder of the lock reads or writes. Wake-ups are given after unlocking: a woken
   * thread finds the lock free.
   *
   * The lock is a monitor, which an instruction unlocks. A ReentrantLock is unlocked by a call, and a
   * thread whose stack ends there would hold it for ever.
   *
   * The queue view never runs the user's equals, predicates or comparator under the lock in order to
   * look: it copies the store, which runs no code, and works on the copy. A removal from the middle
   * of a priority channel compares about as often as a take. */

  /// The number of elements that a search copies at first.
  private static final int FEW = 64;

  private final Object lock = new Object();
  private final Store<E> store;
  private final int capacity;
  private boolean closed;
  private boolean takerParked;
  private boolean putterParked;
  private long puts;

  LockedChannel(Store<E> store, int capacity, ChannelOptions<E> options) {
    super(options);
    this.store = store;
    this.capacity = capacity;
  }

  private <T extends @Nullable Object> T locked(Supplier<T> step) {
    synchronized (lock) {
      return step.get();
    }
  }

  private int room() {
    return capacity - store.size() - store.held();
  }

  /// Elements on hold may come back, so they keep the end away.
  private boolean ended() {
    return closed && store.held() == 0;
  }

  @Override
  int tryPut(E e) {
    boolean wake;
    synchronized (lock) {
      if (closed) {
        return CLOSED;
      }
      if (room() == 0) {
        payOwed();
        return FULL;
      }
      if (takerParked) {
        StackProbe.check();
      }
      store.add(e);
      puts++;
      wake = takerParked || takersOwed;
      takerParked = false;
    }
    if (wake) {
      try {
        wakeTakers(1);
      } catch (Throwable _) {
        takersOwed = true;
      }
    }
    return PUT;
  }

  @Override
  @Nullable Object tryTake() {
    Object element;
    boolean wake;
    synchronized (lock) {
      if (putterParked) {
        StackProbe.check();
      }
      element = store.remove();
      if (element == null) {
        payOwed();
        return ended() ? END : null;
      }
      wake = putterParked || puttersOwed;
      putterParked = false;
    }
    if (wake) {
      try {
        wakePutter();
      } catch (Throwable _) {
        puttersOwed = true;
      }
    }
    return element;
  }

  @Override
  boolean armTake() {
    synchronized (lock) {
      boolean mayPark = store.size() == 0 && !ended();
      takerParked |= mayPark;
      return mayPark;
    }
  }

  @Override
  boolean armPut(boolean exact) {
    synchronized (lock) {
      boolean mayPark = room() == 0 && !closed;
      putterParked |= mayPark;
      return mayPark;
    }
  }

  @Override
  void rearmTake() {
    locked(() -> takerParked = true);
  }

  @Override
  void rearmPut(boolean exact) {
    locked(() -> putterParked = true);
  }

  @Override
  boolean canTake() {
    return locked(() -> store.size() > 0 || ended());
  }

  @Override
  boolean canPut() {
    return locked(() -> room() > 0 || closed);
  }

  @Override
  void setClosed() {
    locked(() -> closed = true);
  }

  @Override
  public boolean isClosed() {
    return locked(() -> closed);
  }

  @Override
  public int size() {
    return locked(() -> capacity - room());
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  long puts() {
    return locked(() -> puts);
  }

  @Override
  long takes() {
    return locked(() -> puts - (capacity - room()));
  }

  /// Returns the counts. Reads without the lock, which is held while a user's order compares.
  ChannelLook.Counts counts() {
    int size = capacity - room();
    return new ChannelLook.Counts(size, puts, puts - size, closed);
  }

  /// Returns the word for the order.
  String kind() {
    return store instanceof StackStore ? "lifo" : "priority";
  }

  @Override
  Interior<E> interior() {
    return this;
  }

  @Override
  public @Nullable E peek() {
    return locked(() -> store.peek());
  }

  @Override
  public Snapshot snapshot() {
    Store<E> copy = locked(() -> store.copy());
    Copied copied = new Copied(copy.size());
    copied.pop(copy);
    return copied;
  }

  /// Elements that were copied under the lock.
  private final class Copied extends Snapshot {
    private final int[] slots;

    Copied(int size) {
      super(new Object[size], new long[size]);
      slots = new int[size];
    }

    /// Moves all elements of a copy of the store here, in order.
    void pop(Store<E> copy) {
      for (int i = 0; i < elements.length; i++) {
        places[i] = copy.number();
        slots[i] = copy.slot();
        elements[i] = copy.remove();
      }
    }

    /// Searches the first elements for an equal one, and removes it if that is asked for.
    Found search(Object o, int size, boolean remove) {
      boolean gone = false;
      for (int i = find(o, 0, size); i >= 0; i = find(o, i + 1, size)) {
        if (!remove || remove(i)) {
          return Found.YES;
        }
        gone = true;
      }
      return gone ? Found.GONE : Found.NO;
    }

    @Override
    boolean remove(int index) {
      return removeFromMiddle(places[index], slots[index]);
    }
  }

  private enum Found {
    YES,
    NO,
    /// An equal element was there, but another thread took it.
    GONE
  }

  @Override
  public boolean search(Object wanted, boolean remove) {
    while (true) {
      Copied few = new Copied(FEW);
      int seen = locked(() -> lookAtSome(few));
      Found found = few.search(wanted, seen < 0 ? ~seen : seen, remove);
      if (found == Found.NO && seen < 0) {
        Store<E> copy = locked(() -> store.copy());
        Copied rest = new Copied(copy.size());
        copy.look(rest.elements, rest.places, rest.slots);
        found = rest.search(wanted, rest.size(), remove);
      }
      if (found != Found.GONE) {
        return found == Found.YES;
      }
    }
  }

  /// Copies some elements, under the lock. Returns their number, or its complement if there are
  /// more.
  private int lookAtSome(Copied some) {
    int seen = store.look(some.elements, some.places, some.slots);
    return seen == store.size() ? seen : ~seen;
  }

  private boolean removeFromMiddle(long number, int slot) {
    boolean wake = false;
    synchronized (lock) {
      if (!store.remove(number, slot)) {
        return false;
      }
      wake = putterParked;
      putterParked = false;
    }
    if (wake) {
      wakePutter();
    }
    return true;
  }

  @Override
  public void discard() {
    checkConsumer();
    boolean wake;
    synchronized (lock) {
      store.clear();
      wake = putterParked;
      putterParked = false;
    }
    if (wake) {
      wakePutter();
    }
  }

  @Override
  public void hold(HeldBatch batch) {
    synchronized (lock) {
      try {
        while (!batch.isFull() && store.size() > 0) {
          long number = store.number();
          batch.add(Checks.notNull(store.hold(), "element"), number);
        }
      } catch (RuntimeException | Error fromOrder) {
        if (batch.count == 0) {
          throw fromOrder;
        } // otherwise these are delivered first, and the next step throws it again
      }
    }
  }

  @Override
  public void settle(HeldBatch batch) {
    int back = batch.left();
    boolean wake;
    boolean wakeForEnd;
    synchronized (lock) {
      store.release(batch.next);
      for (int i = batch.next; i < batch.count; i++) {
        store.restore(element(Checks.notNull(batch.elements[i], "element")), batch.numbers[i]);
      }
      wake = batch.next > 0 && putterParked;
      putterParked &= !wake;
      wakeForEnd = ended();
    }
    if (wake) {
      wakePutter();
    }
    wakeTakers(wakeForEnd ? Integer.MAX_VALUE : back);
  }

  /// Takes the elements, also if the order of a priority channel fails.
  @Override
  void takeRest(List<E> left) {
    Store<E> copy;
    Copied rest;
    synchronized (lock) {
      copy = store.copy();
      rest = new Copied(copy.size());
      store.clear();
    }
    try {
      rest.pop(copy);
    } catch (RuntimeException | Error _) { // the order's failure must not lose them
      int popped = rest.size() - copy.size();
      @Nullable Object[] unordered = new Object[copy.size()];
      copy.look(unordered, new long[unordered.length], new int[unordered.length]);
      System.arraycopy(unordered, 0, rest.elements, popped, unordered.length);
    }
    for (Object e : rest.elements) {
      left.add(element(Checks.notNull(e, "element")));
    }
  }
}
