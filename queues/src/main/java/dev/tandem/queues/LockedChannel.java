package dev.tandem.queues;

import dev.tandem.queues.internal.StackProbe;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A channel whose order needs a lock: last in first out, or by priority.
final class LockedChannel<E> extends BufferedChannel<E> {
  /* The protocol is that of every channel (see BufferedChannel). The words with flags are plain fields
   * here, which only the holder of the lock reads or writes. Wake-ups are given after unlocking: who
   * is woken finds the lock free. */

  private final ReentrantLock lock = new ReentrantLock();
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
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  int tryPut(E e) {
    boolean wake;
    lock.lock();
    try {
      if (closed) {
        return CLOSED;
      }
      if (store.size() == capacity) {
        return FULL;
      }
      if (takerParked) {
        StackProbe.check();
      }
      store.add(e);
      puts++;
      wake = takerParked || takersOwed;
      takerParked = false;
    } finally {
      lock.unlock();
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
  @SuppressWarnings("unchecked") // they came from a collection of E
  int tryPutAll(@Nullable Object[] elements, int from) {
    int count = 0;
    int result = PUT;
    try {
      while (from + count < elements.length && result == PUT) {
        result = tryPut((E) Checks.notNull(elements[from + count], "element"));
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
  @Nullable Object tryTake() {
    Object element;
    boolean wake;
    lock.lock();
    try {
      if (putterParked) {
        StackProbe.check();
      }
      element = store.remove();
      if (element == null) {
        return closed ? END : null;
      }
      wake = putterParked || puttersOwed;
      putterParked = false;
    } finally {
      lock.unlock();
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
  boolean armTake() {
    lock.lock();
    try {
      boolean mayPark = store.size() == 0 && !closed;
      takerParked |= mayPark;
      return mayPark;
    } finally {
      lock.unlock();
    }
  }

  @Override
  boolean armPut(boolean exact) {
    lock.lock();
    try {
      boolean mayPark = store.size() == capacity && !closed;
      putterParked |= mayPark;
      return mayPark;
    } finally {
      lock.unlock();
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
    return locked(() -> store.size() > 0 || closed);
  }

  @Override
  boolean canPut() {
    return locked(() -> store.size() < capacity || closed);
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
    return locked(() -> store.size());
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
    return locked(() -> puts - store.size());
  }

  @Override
  @Nullable E peek() {
    return locked(() -> store.peek());
  }

  @Override
  List<Held> snapshot() {
    return locked(() -> store.snapshot());
  }

  @Override
  boolean remove(Held held) {
    boolean removed;
    boolean wake;
    lock.lock();
    try {
      removed = store.remove(held);
      wake = removed && putterParked;
      putterParked &= !wake;
    } finally {
      lock.unlock();
    }
    if (wake) {
      wakePutter();
    }
    return removed;
  }

  /// Also if the order of a priority channel fails.
  @Override
  void takeRest(List<E> left) {
    locked(store::clear).forEach(held -> left.add(element(held.element())));
  }
}
