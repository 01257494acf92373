package dev.tandem.queues;

import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.StackProbe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// An unbounded channel: a list of segments, each used once.
final class LinkedRingChannel<E> extends WalkedChannel<E> {
  /* Sequence numbers are claimed as in every WordChannel; number q belongs to slot q % SIZE of the
   * segment whose base is q - q % SIZE. `tail` and `head` are hints where to start to look for it.
   *
   * A hint is read BEFORE the word. It is moved on only by a thread that claimed a number in the later
   * segment (tail), or all numbers of the earlier one (head), so a word read after it has a sequence number
   * that is not below the hint's base, and walking forward finds the segment.
   *
   * A putter makes sure that its segment exists before it claims the number: if there is no memory
   * for one, nothing is claimed that could never be filled. If the stack ends in a call that is made
   * after the claim, the slot is written without a call (see RingChannel), and a hint stays behind
   * until the next element moves it.
   *
   * A taker clears its slot; a segment is garbage when head has left it. It is then linked to itself
   * (as in Doug Lea's LinkedBlockingQueue), and a thread that finds that begins again with newer hints.
   * All in all an element costs 4 to 8 bytes. */

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

  LinkedRingChannel(ChannelOptions<E> options) {
    super(Integer.MAX_VALUE, options);
    head = new Segment(0);
    tail = head;
  }

  /// Moves tail on, unless a faster thread has moved it as far.
  private void moveTail(Segment to) {
    Segment known = tail;
    while (known.base < to.base && !TAIL.compareAndSet(this, known, to)) {
      known = tail;
    }
  }

  /// Moves head on, unless a faster thread has moved it as far, and unlinks the segments behind it.
  private void moveHead(Segment to) {
    Segment known = head;
    while (known.base < to.base) {
      if (HEAD.compareAndSet(this, known, to)) {
        known.leaveUpTo(to);
        return;
      }
      known = head;
    }
  }

  /// Returns where a put begins to look: tail, unless that has fallen behind head.
  private Segment tailOrHead() {
    Segment hint = tail;
    return hint.isLeft() ? head : hint;
  }

  @Override
  int tryPut(E e) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      Segment hint = tailOrHead();
      long w = words.get(P);
      if ((w & CLOSED_BIT) != 0) {
        return CLOSED;
      }
      long q = w & SEQUENCE;
      Segment segment = hint.findOrMake(q);
      if (segment == null) {
        continue;
      }
      if ((w & PARKED) != 0) {
        StackProbe.check();
      }
      if (words.compareAndSet(P, w, q + 1)) {
        try {
          Segment.SLOTS.setRelease(segment.slots, (int) (q - segment.base), e);
        } catch (Throwable _) {
          segment.slots[(int) (q - segment.base)] = e;
        }
        if (segment != hint) {
          try {
            moveTail(segment);
          } catch (Throwable _) {
            // the next put walks one segment more, and moves it
          }
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
      Segment hint = tailOrHead();
      long w = words.get(P);
      if ((w & CLOSED_BIT) != 0) {
        return CLOSED;
      }
      long q = w & SEQUENCE;
      Segment segment = hint.findOrMake(q);
      if (segment == null) {
        continue;
      }
      int count = (int) Math.min(elements.length - from, segment.base + Segment.SIZE - q);
      if ((w & PARKED) != 0) {
        StackProbe.check();
      }
      if (words.compareAndSet(P, w, q + count)) {
        for (int i = 0; i < count; i++) {
          try {
            Segment.SLOTS.setRelease(
                segment.slots, (int) (q + i - segment.base), elements[from + i]);
          } catch (Throwable _) {
            segment.slots[(int) (q + i - segment.base)] = elements[from + i];
          }
        }
        if (segment != hint) {
          try {
            moveTail(segment);
          } catch (Throwable _) {
            // the next put walks one segment more, and moves it
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
      Segment hint = head;
      long w = words.get(C);
      if ((w & ODD) != 0) {
        Object element = takeOdd();
        if (element != RETRY) {
          return element;
        }
        continue;
      }
      long c = w & SEQUENCE;
      Segment segment = hint.find(c);
      Object element = segment == null ? null : segment.get(c);
      if (segment != null && element != null) {
        if ((w & FROZEN) == 0 && words.compareAndSet(C, w, c + 1)) {
          try {
            segment.set(c, null);
            left(hint, segment, c + 1);
          } catch (Throwable _) {
            segment.slots[(int) (c - segment.base)] = null; // each slot is used once
          }
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
      if ((w & ODD) != 0) {
        int count = takeOddInto(buffer);
        if (count != AGAIN) {
          return count;
        }
        continue;
      }
      long c = w & SEQUENCE;
      Segment segment = hint.find(c);
      int count = 0;
      while (segment != null && count < max && segment.reaches(c + count)) {
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
        try {
          for (int i = 0; i < count; i++) {
            segment.set(c + i, null);
          }
          left(hint, segment, c + count);
        } catch (Throwable _) {
          for (int i = 0; i < count; i++) {
            segment.slots[(int) (c + i - segment.base)] = null; // each slot is used once
          }
        }
        return count;
      }
    }
  }

  /// Moves head on when all numbers below this one are taken.
  private void left(Segment hint, Segment segment, long next) {
    Segment current = segment.reaches(next) ? segment : segment.next();
    if (current != null && current != hint) {
      moveHead(current);
    }
  }

  /// Moves head on after a step that was done while takers were held off: such a step, too, may
  /// take the last number of a segment, and no other thread would unlink it.
  @Override
  void moved(long next) {
    Segment hint = head;
    Segment segment = hint.find(next);
    if (segment == null) {
      segment = hint.find(next - 1); // the next one is not there yet
    }
    if (segment != null && segment != hint) {
      moveHead(segment);
    }
  }

  @Override
  Walk walk() {
    return new SegmentWalk();
  }

  @Override
  Walk walkBothWays(long from, long end) {
    return new SegmentTable(from, end);
  }

  /// A walk that remembers its segment: looking for it from head each time would take a step for
  /// each.
  private final class SegmentWalk implements Walk {
    private Segment segment = head;

    private @Nullable Segment of(long sequence) {
      if (sequence < segment.base || (segment.isLeft() && !segment.reaches(sequence))) {
        segment = head;
      }
      Segment found = segment.find(sequence);
      if (found == null || sequence < found.base) {
        return null; // not there yet, or taken and left behind
      }
      segment = found;
      return found;
    }

    @Override
    public @Nullable Object get(long sequence) {
      Segment of = of(sequence);
      return of == null ? null : of.get(sequence);
    }

    @Override
    public void set(long sequence, @Nullable Object element) {
      Checks.notNull(of(sequence), "segment").set(sequence, element);
    }
  }

  /// A walk over the segments between two numbers, which are all there and stay.
  private final class SegmentTable implements Walk {
    private final @Nullable Segment[] segments;
    private final long base;

    SegmentTable(long from, long end) {
      Segment first = Checks.notNull(head.find(from), "segment");
      base = first.base;
      segments = new Segment[(int) ((end - base + Segment.SIZE - 1) / Segment.SIZE)];
      Segment s = first;
      for (int i = 0; i < segments.length; i++) {
        segments[i] = s;
        if (i + 1 < segments.length) {
          s = Checks.notNull(s.next(), "next");
        }
      }
    }

    private Segment of(long sequence) {
      return Checks.notNull(segments[(int) ((sequence - base) / Segment.SIZE)], "segment");
    }

    @Override
    public @Nullable Object get(long sequence) {
      return of(sequence).get(sequence);
    }

    @Override
    public void set(long sequence, @Nullable Object element) {
      of(sequence).set(sequence, element);
    }
  }
}
