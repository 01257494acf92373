package dev.tandem.queues;

import dev.tandem.queues.internal.Spin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// An unbounded channel: a list of segments, each used once.
final class LinkedRingChannel<E> extends WordChannel<E> {
  /* Sequence numbers are claimed as in every WordChannel; number q belongs to slot q % SIZE of the
   * segment whose base is q - q % SIZE. `tail` and `head` are hints where to start to look for it.
   *
   * A hint is read BEFORE the word. It is moved on only by who claimed a number in the later segment
   * (tail), or all numbers of the earlier one (head), so a word read after it has a sequence number
   * that is not below the hint's base, and walking forward finds the segment.
   *
   * A putter makes sure that its segment exists before it claims the number: if there is no memory
   * for one, nothing is claimed that could never be filled.
   *
   * A taker clears its slot; a segment is garbage when head has left it. Costs 4 to 8 bytes for each
   * element, all together. */

  private static final int SIZE = 256;
  private static final VarHandle TAIL;
  private static final VarHandle HEAD;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      TAIL = lookup.findVarHandle(LinkedRingChannel.class, "tail", Segment.class);
      HEAD = lookup.findVarHandle(LinkedRingChannel.class, "head", Segment.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Segment tail;
  private volatile Segment head;

  /// So many places for elements, each filled and emptied once.
  private static final class Segment {
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle NEXT;

    static {
      try {
        NEXT = MethodHandles.lookup().findVarHandle(Segment.class, "next", Segment.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    final long base;
    private final @Nullable Object[] slots = new Object[SIZE];
    private volatile @Nullable Segment next;

    Segment(long base) {
      this.base = base;
    }

    boolean holds(long sequence) {
      return sequence - base < SIZE;
    }

    @Nullable Object get(long sequence) {
      return SLOTS.getAcquire(slots, (int) (sequence - base));
    }

    void set(long sequence, @Nullable Object element) {
      SLOTS.setRelease(slots, (int) (sequence - base), element);
    }

    Segment nextOrNew() {
      Segment known = next;
      if (known == null) {
        Segment made = new Segment(base + SIZE);
        known = NEXT.compareAndSet(this, null, made) ? made : next;
      }
      return Checks.notNull(known, "next");
    }

    /// The segment that holds this number, or null if it is not there yet.
    @Nullable Segment find(long sequence) {
      Segment s = this;
      while (s != null && !s.holds(sequence)) {
        s = s.next;
      }
      return s;
    }

    Segment findOrMake(long sequence) {
      Segment s = this;
      while (!s.holds(sequence)) {
        s = s.nextOrNew();
      }
      return s;
    }
  }

  LinkedRingChannel(ChannelOptions<E> options) {
    super(Integer.MAX_VALUE, options);
    head = new Segment(0);
    tail = head;
  }

  /// Moves the hint on; who is late leaves it where a faster one moved it.
  private void advance(VarHandle hint, Segment to) {
    Segment known = (Segment) hint.getVolatile(this);
    while (known.base < to.base && !hint.compareAndSet(this, known, to)) {
      known = (Segment) hint.getVolatile(this);
    }
  }

  @Override
  int tryPut(E e) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      Segment hint = tail;
      long w = words.get(P);
      if ((w & CLOSED_BIT) != 0) {
        return CLOSED;
      }
      long q = w & SEQUENCE;
      Segment segment = hint.findOrMake(q);
      if (words.compareAndSet(P, w, q + 1)) {
        segment.set(q, e);
        if (segment != hint) {
          advance(TAIL, segment);
        }
        if ((w & PARKED) != 0) {
          wakeTakers(1);
        }
        return PUT;
      }
    }
  }

  @Override
  int tryPutAll(@Nullable Object[] elements, int from) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      Segment hint = tail;
      long w = words.get(P);
      if ((w & CLOSED_BIT) != 0) {
        return CLOSED;
      }
      long q = w & SEQUENCE;
      Segment segment = hint.findOrMake(q);
      int count = (int) Math.min(elements.length - from, segment.base + SIZE - q);
      if (words.compareAndSet(P, w, q + count)) {
        for (int i = 0; i < count; i++) {
          segment.set(q + i, elements[from + i]);
        }
        if (segment != hint) {
          advance(TAIL, segment);
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
      Segment hint = head;
      long w = words.get(C);
      long c = w & SEQUENCE;
      Segment segment = hint.find(c);
      Object element = segment == null ? null : segment.get(c);
      if (segment != null && element != null) {
        if ((w & FROZEN) == 0 && words.compareAndSet(C, w, c + 1)) {
          segment.set(c, null);
          left(hint, segment, c + 1);
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
      Segment hint = head;
      long w = words.get(C);
      long c = w & SEQUENCE;
      Segment segment = hint.find(c);
      int count = 0;
      while (segment != null && count < max && segment.holds(c + count)) {
        Object element = segment.get(c + count);
        if (element == null) {
          break;
        }
        buffer[count++] = element;
      }
      if (segment == null || count == 0) {
        Object nothing = nothingAt(c);
        if (nothing != RETRY) {
          return nothing == END ? CLOSED : 0;
        }
      } else if ((w & FROZEN) == 0 && words.compareAndSet(C, w, c + count)) {
        for (int i = 0; i < count; i++) {
          segment.set(c + i, null);
        }
        left(hint, segment, c + count);
        return count;
      }
    }
  }

  /// Moves head on when all numbers below this one are taken.
  private void left(Segment hint, Segment segment, long next) {
    Segment current = segment.holds(next) ? segment : segment.next;
    if (current != null && current != hint) {
      advance(HEAD, current);
    }
  }

  @Override
  @Nullable Object at(long sequence) {
    Segment segment = head.find(sequence);
    return segment == null || sequence < segment.base ? null : segment.get(sequence);
  }

  @Override
  void at(long sequence, Object element) {
    Checks.notNull(head.find(sequence), "segment").set(sequence, element);
  }

  @Override
  void release(long sequence) {
    Segment hint = head;
    Segment segment = Checks.notNull(hint.find(sequence), "segment");
    segment.set(sequence, null);
    left(hint, segment, sequence + 1);
  }
}
