package dev.tandem.queues;

import dev.tandem.queues.internal.PaddedWords;
import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.StackProbe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A bounded channel: a ring of slots.
final class RingChannel<E> extends WalkedChannel<E> implements Walk {
  /* Number q belongs to slot q % size. A put may claim its number when fewer than `capacity` elements
   * are in, and the slot is empty; a take when the number was claimed by a put, and the slot is
   * full. So a slot's content says whose turn it is, and there is no array of sequence numbers
   * beside it, as in Vyukov's bounded MPMC queue: that would be a second line to pass between the
   * processors for every few elements, and those lines are what a hand-over costs.
   *
   * Why nobody mistakes an old content for a new one. Put q claims after take q - size has claimed
   * (else the ring would hold more than its capacity) and it has seen the slot empty; so take q - size
   * has emptied it, and nobody fills it but put q. Take q claims after put q has claimed, which
   * saw the slot empty; so a content is put q's, and nobody empties it but take q. The order of
   * claims is read from P and C, or from LIMIT and KNOWN, which were computed from them and are read
   * with acquire: otherwise a thread could see the claim and a content from the round before.
   *
   * LIMIT is a lower bound of takes + capacity, KNOWN of puts. They spare most reads of the other
   * side's word, each of which takes a cache line away from the other side. An older value, written
   * by a slower thread, only costs a renewal.
   *
   * A claim is followed by what it owes: to fill the slot, or to empty it. Otherwise all others would
   * wait at that slot for ever. A VarHandle that is not compiled yet is a call, and the stack may end
   * there; then the slot is written without one, which throws nothing. That is late, not wrong: the
   * element was published by the claim, which every taker has seen before it looks at the slot.
   *
   * One class serves single and multiple producers and consumers. A single producer still needs the
   * CAS, because another thread may close, and that needs a StoreLoad fence in each put (Attiya et
   * al., "Laws of Order", POPL 2011): the CAS is one. A single consumer needs it for the putters'
   * flags and for closeNow. */

  static final int MAX_CAPACITY = 1 << 30;

  private static final int LIMIT = PaddedWords.word(0, 1); // beside P
  private static final int KNOWN = PaddedWords.word(1, 1); // beside C
  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);

  private final @Nullable Object[] slots;

  RingChannel(int capacity, ChannelOptions<E> options) {
    super(capacity, options);
    int size = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    slots = new Object[size];
    words.setRelease(LIMIT, capacity);
  }

  private int slot(long sequence) {
    return (int) sequence & (slots.length - 1);
  }

  /// The first sequence number that is too high for a put, as far as that matters for this one.
  private long limit(long wanted) {
    long limit = words.getAcquire(LIMIT);
    if (wanted >= limit) {
      limit = floor() + capacity;
      words.setRelease(LIMIT, limit);
    }
    return limit;
  }

  /// The first sequence number that was not claimed by a put, as far as that matters for this one.
  private long known(long wanted) {
    long known = words.getAcquire(KNOWN);
    if (wanted >= known) {
      known = puts();
      words.setRelease(KNOWN, known);
    }
    return known;
  }

  @Override
  int tryPut(E e) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(P);
      if ((w & CLOSED_BIT) != 0) {
        return CLOSED;
      }
      long q = w & SEQUENCE;
      if (q >= limit(q)) {
        if (isFullAt(q)) {
          payOwed();
          return FULL;
        }
        continue;
      }
      // A slot that is not empty: its taker has not finished, or another putter was faster.
      if (at(q) != null) {
        continue;
      }
      if ((w & PARKED) != 0) {
        StackProbe.check();
      }
      if (words.compareAndSet(P, w, q + 1)) {
        try {
          SLOTS.setRelease(slots, slot(q), e);
        } catch (Throwable _) {
          slots[(int) q & (slots.length - 1)] = e;
        }
        try {
          wakeAfterPut(w, 1);
        } catch (Throwable _) {
          takersOwed = true;
        }
        return PUT;
      }
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
      int wanted = Math.min(elements.length - from, BATCH);
      int room = (int) Math.min(wanted, limit(q + wanted - 1) - q);
      if (room <= 0) {
        if (isFullAt(q)) {
          payOwed();
          return FULL;
        }
        continue;
      }
      int count = 0;
      while (count < room && at(q + count) == null) {
        count++;
      }
      if (count == 0) {
        continue;
      }
      if ((w & PARKED) != 0) {
        StackProbe.check();
      }
      if (words.compareAndSet(P, w, q + count)) {
        for (int i = 0; i < count; i++) {
          try {
            SLOTS.setRelease(slots, slot(q + i), elements[from + i]);
          } catch (Throwable _) {
            slots[(int) (q + i) & (slots.length - 1)] = elements[from + i];
          }
        }
        try {
          wakeAfterPut(w, count);
        } catch (Throwable _) {
          takersOwed = true;
        }
        return count;
      }
    }
  }

  @Override
  @Nullable Object tryTake() {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(C);
      if ((w & ODD) != 0) {
        Object element = takeOdd();
        if (element != RETRY) {
          return element;
        }
        continue;
      }
      long c = w & SEQUENCE;
      if (c >= known(c)) {
        Object nothing = nothingAt(c);
        if (nothing != RETRY) {
          return nothing;
        }
      }
      Object element = at(c);
      // An empty slot: its putter has not finished, or another taker was faster.
      if (element != null && (w & FROZEN) == 0) {
        long to = afterTake(w, 1);
        if (words.compareAndSet(C, w, to)) {
          try {
            release(c);
          } catch (Throwable _) {
            slots[(int) c & (slots.length - 1)] = null;
          }
          try {
            wakeAfterTake(w, to);
          } catch (Throwable _) {
            puttersOwed = true;
          }
          return element;
        }
      }
    }
  }

  @Override
  int tryTakeAll(@Nullable Object[] buffer, int max) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(C);
      if ((w & ODD) != 0) {
        int count = takeOddInto(buffer);
        if (count != AGAIN) {
          return count;
        }
        continue;
      }
      long c = w & SEQUENCE;
      int there = (int) Math.min(max, known(c + max - 1) - c);
      if (there <= 0) {
        Object nothing = nothingAt(c);
        if (nothing != RETRY) {
          return nothing == END ? CLOSED : 0;
        }
      }
      int count = 0;
      while (count < there && (buffer[count] = at(c + count)) != null) {
        count++;
      }
      if (count > 0 && (w & FROZEN) == 0) {
        long to = afterTake(w, count);
        if (words.compareAndSet(C, w, to)) {
          for (int i = 0; i < count; i++) {
            try {
              release(c + i);
            } catch (Throwable _) {
              slots[(int) (c + i) & (slots.length - 1)] = null;
            }
          }
          try {
            wakeAfterTake(w, to);
          } catch (Throwable _) {
            puttersOwed = true;
          }
          return count;
        }
      }
    }
  }

  @Override
  boolean putsExactly() {
    return capacity < 4 || Thread.currentThread().isVirtual();
  }

  private @Nullable Object at(long sequence) {
    return SLOTS.getAcquire(slots, slot(sequence));
  }

  @Override
  Walk walk() {
    return this;
  }

  @Override
  Walk walkBothWays(long from, long end) {
    return this;
  }

  @Override
  public @Nullable Object get(long sequence) {
    return at(sequence);
  }

  @Override
  public void set(long sequence, @Nullable Object element) {
    SLOTS.setRelease(slots, slot(sequence), element);
  }

  private void release(long sequence) {
    SLOTS.setRelease(slots, slot(sequence), null);
  }
}
