package dev.tandem.queues;

import dev.tandem.queues.internal.Spin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A bounded channel: a ring of slots.
final class RingChannel<E> extends WordChannel<E> {
  /* After Dmitry Vyukov's bounded MPMC queue: each slot has a sequence number that says whose turn
   * it is. It is q when the put with sequence number q may write, q + 1 when the take with that
   * number may read, and q + size when the put of the next round may write.
   *
   * New is that the two counters carry flags (see WordChannel), so that a put finds "closed" and "a
   * taker is parked" in the word that it has to CAS anyway; and that the capacity is exact: if it is
   * less than the number of slots, a put also needs its number to be below `limit`, a lower bound of
   * takes + capacity that putters renew when they reach it.
   *
   * Memory order. A slot's content is written plainly between the CAS that claims it and the release
   * of its sequence number; who reads it has acquired that number. So a taker sees the element and
   * what its putter did before, and the putter of the next round sees that the slot was cleared.
   * Without the release a taker could see the number before the element.
   *
   * One class serves single and multiple producers and consumers. A single producer still needs the
   * CAS, because another thread may close, and that needs a StoreLoad fence in each put (Attiya et
   * al., "Laws of Order", POPL 2011): the CAS is one. A single consumer needs it for the putters'
   * flags and closeNow. */

  static final int MAX_CAPACITY = 1 << 30;

  private static final int LIMIT = 2;
  private static final VarHandle TURNS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);

  private final @Nullable Object[] slots;
  private final long[] turns;
  private final int mask;

  RingChannel(int capacity, ChannelOptions<E> options) {
    super(capacity, 3, options);
    // two slots at least: with one, "written" and "free for the next round" would be the same
    // number
    int size = Math.max(2, Integer.highestOneBit(capacity - 1) << 1);
    slots = new Object[size];
    turns = new long[size];
    mask = size - 1;
    for (int i = 0; i < size; i++) {
      turns[i] = i;
    }
    words.setOpaque(LIMIT, capacity);
  }

  private long turn(long sequence) {
    return (long) TURNS.getAcquire(turns, (int) sequence & mask);
  }

  private void turn(long sequence, long turn) {
    TURNS.setRelease(turns, (int) sequence & mask, turn);
  }

  /// Whether the put with this number would still keep the capacity.
  private boolean fits(long sequence) {
    if (capacity == slots.length || sequence < words.getOpaque(LIMIT)) {
      return true;
    }
    long limit = takes() + capacity;
    words.setOpaque(LIMIT, limit); // an older value, from a slower putter, only costs a renewal
    return sequence < limit;
  }

  @Override
  int tryPut(E e) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(P);
      if ((w & CLOSED_BIT) != 0) {
        return CLOSED;
      }
      long q = w & SEQUENCE;
      long lag = turn(q) - q;
      if (lag == 0) {
        if (!fits(q)) {
          return FULL;
        }
        if (words.compareAndSet(P, w, q + 1)) {
          slots[(int) q & mask] = e;
          turn(q, q + 1);
          if ((w & PARKED) != 0) {
            wakeTakers(1);
          }
          return PUT;
        }
      } else if (lag < 0 && q - takes() >= capacity) {
        return FULL;
      }
      // Otherwise: another putter was faster, or the slot's taker has not finished.
    }
  }

  @Override
  int tryPutAll(@Nullable Object[] elements, int from) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(P);
      if ((w & CLOSED_BIT) != 0) {
        return CLOSED;
      }
      long q = w & SEQUENCE;
      int room = (int) Math.min(elements.length - from, takes() + capacity - q);
      if (room <= 0) {
        return FULL;
      }
      int count = 0;
      while (count < room && turn(q + count) == q + count) {
        count++;
      }
      if (count > 0 && words.compareAndSet(P, w, q + count)) {
        for (int i = 0; i < count; i++) {
          slots[(int) (q + i) & mask] = elements[from + i];
          turn(q + i, q + i + 1);
        }
        if ((w & PARKED) != 0) {
          wakeTakers(count);
        }
        return count;
      }
    }
  }

  @Override
  @Nullable Object tryTake() {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(C);
      long c = w & SEQUENCE;
      if (turn(c) == c + 1) {
        long to = afterTake(w, 1);
        if ((w & FROZEN) == 0 && words.compareAndSet(C, w, to)) {
          Object element = slots[(int) c & mask];
          release(c);
          wakeAfterTake(w, to);
          return element;
        }
      } else {
        Object nothing = nothingAt(c);
        if (nothing != RETRY) {
          return nothing;
        }
      }
    }
  }

  @Override
  int tryTakeAll(@Nullable Object[] buffer, int max) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(C);
      long c = w & SEQUENCE;
      int count = 0;
      while (count < max && turn(c + count) == c + count + 1) {
        count++;
      }
      if (count == 0) {
        Object nothing = nothingAt(c);
        if (nothing != RETRY) {
          return nothing == END ? CLOSED : 0;
        }
      } else if ((w & FROZEN) == 0) {
        long to = afterTake(w, count);
        if (words.compareAndSet(C, w, to)) {
          for (int i = 0; i < count; i++) {
            buffer[i] = slots[(int) (c + i) & mask];
            release(c + i);
          }
          wakeAfterTake(w, to);
          return count;
        }
      }
    }
  }

  @Override
  boolean putsExactly() {
    return capacity < 4 || Thread.currentThread().isVirtual();
  }

  @Override
  @Nullable Object at(long sequence) {
    return turn(sequence) == sequence + 1 ? SLOTS.getAcquire(slots, (int) sequence & mask) : null;
  }

  @Override
  void at(long sequence, Object element) {
    slots[(int) sequence & mask] = element;
  }

  @Override
  void release(long sequence) {
    slots[(int) sequence & mask] = null;
    turn(sequence, sequence + slots.length);
  }
}
