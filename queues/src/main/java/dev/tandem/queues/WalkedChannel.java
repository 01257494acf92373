package dev.tandem.queues;

import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.StackProbe;
import org.jspecify.annotations.Nullable;

/// A [WordChannel] whose elements between head and tail can be looked at and removed.
abstract class WalkedChannel<E> extends WordChannel<E> {
  /* An element that is removed from the middle leaves a TOMBSTONE in its place, a hole. Takes pass
   * holes. The elements between holes are compacted, up to higher numbers, when most numbers are
   * holes, or a put needs their room: so a removal costs constant time on average, and holes take up
   * neither room in a bounded channel nor memory without end in an unbounded one. The element at the
   * next number to take is never a hole, unless takers are held off.
   *
   * Elements that a receiver may refuse leave their places, but count as being in until the receiver
   * has accepted them (HELD). Those that go back are kept in `returned`, before all others. */

  /// What a removed element leaves in its place.
  static final Object TOMBSTONE = new Object();

  /// The result of a step that must be tried again.
  static final int AGAIN = -2;

  private static final int FEW = 64;

  final ReturnedElements returned = new ReturnedElements();
  private final Interior<E> interior = new WalkedInterior<>(this);

  /// The last entry. Changed while frozen.
  private volatile CompactionLog log = new CompactionLog();

  WalkedChannel(int capacity, ChannelOptions<E> options) {
    super(capacity, options);
  }

  /// Begins a walk from the next element to take on, or from an earlier one.
  abstract Walk walk();

  /// Begins a walk between two numbers that are all claimed, in any direction, while frozen.
  abstract Walk walkBothWays(long from, long end);

  /// Lets go of memory after the takes have come to a number in another way than by a take.
  void moved(long next) {
    // a ring keeps its memory
  }

  @Override
  final Interior<E> interior() {
    return interior;
  }

  final CompactionLog log() {
    return log;
  }

  // ---- holding off takers

  /// Holds off takers, and returns the sequence number of the next take.
  final long freeze() {
    StackProbe.check(); // a stack that ends must not end while takers are held off
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.getAndSetBits(C, FROZEN);
      if ((w & FROZEN) == 0) {
        return w & SEQUENCE;
      }
    }
  }

  /// Lets takers go on, at the same number or a higher one; wakes a putter if there is room now.
  final void unfreeze(long from, long to, boolean roomMade) {
    long odd = words.get(HOLES) != 0 || words.get(HELD) != 0 ? ODD : 0;
    while (true) {
      long w = words.get(C);
      long flags = roomMade ? 0 : w & (PARKED | EXACT);
      if (words.compareAndSet(C, w, to | odd | flags)) {
        if (to != from) {
          moved(to);
        }
        if ((w & ~flags & PARKED) != 0) {
          try {
            wakePutter();
          } catch (Throwable _) {
            puttersOwed = true;
          }
        }
        return;
      }
    }
  }

  /// Changes a count, while frozen.
  final void count(int word, long change) {
    words.setRelease(word, words.get(word) + change);
  }

  /// Passes the holes from a number on, while frozen.
  final long skipHoles(Walk walk, long from) {
    long to = from;
    while (words.get(HOLES) != 0 && walk.get(to) == TOMBSTONE) {
      walk.set(to++, null);
      count(HOLES, -1);
    }
    return to;
  }

  // ---- taking while the numbers do not say all

  /// Takes as [#tryTake()] does, or returns RETRY.
  final @Nullable Object takeOdd() {
    long c = freeze();
    long to = c;
    Object taken = null;
    try {
      taken = takeReturned();
      if (taken == null) {
        Walk walk = walk();
        to = skipHoles(walk, c);
        Object nothing = nothingAt(to);
        if (nothing != RETRY) {
          return words.get(HELD) == 0 ? nothing : null;
        }
        taken = walk.get(to);
        if (taken == null) {
          return RETRY; // its putter has not finished
        }
        walk.set(to++, null);
        to = skipHoles(walk, to);
      }
    } finally {
      unfreeze(c, to, taken != null);
    }
    return taken;
  }

  /// Takes one element as [#tryTakeAll(Object[], int)] does, or returns AGAIN.
  final int takeOddInto(@Nullable Object[] buffer) {
    Object taken = takeOdd();
    if (taken == RETRY) {
      return AGAIN;
    }
    if (taken == null || taken == END) {
      return taken == null ? 0 : CLOSED;
    }
    buffer[0] = taken;
    return 1;
  }

  /// While frozen.
  private @Nullable Object takeReturned() {
    Object taken = returned.peek();
    if (taken != null) {
      returned.pass();
      count(RETURNED, -1);
      count(HELD, -1);
    }
    return taken;
  }

  // ---- compaction

  /// Returns whether there is no room at a number that a put asks for; makes room out of holes.
  final boolean isFullAt(long number) {
    if (number - takes() >= capacity) {
      return true;
    }
    if (number - floor() >= capacity) {
      compact();
    }
    return false;
  }

  /// Compacts after a removal if most numbers are holes.
  final void compactIfSparse() {
    long holes = words.get(HOLES);
    if (holes > FEW && holes > (puts() - (words.get(C) & SEQUENCE)) / 2) {
      try {
        compact();
      } catch (OutOfMemoryError _) {
        // The element is removed all the same; the next removal tries again.
      }
    }
  }

  private void compact() {
    long c = freeze();
    long to = c;
    try {
      to = moveUp(c);
    } finally {
      unfreeze(c, to, false);
    }
  }

  /// Moves all elements up over the holes, up to the first whose putter has not finished, while
  /// frozen. Returns the next number to take then.
  private long moveUp(long from) {
    Walk walk = walk();
    long p = puts();
    long end = from;
    int count = 0;
    for (Object there; end < p && (there = walk.get(end)) != null; end++) {
      count += there == TOMBSTONE ? 1 : 0;
    }
    if (count == 0) {
      return from;
    }
    Walk both = walkBothWays(from, end);
    CompactionLog newLast = new CompactionLog();
    long[] holes = new long[count];
    // From here on nothing is allocated.
    long to = end;
    for (long i = end - 1; i >= from; i--) {
      Object there = both.get(i);
      if (there == TOMBSTONE) {
        holes[--count] = i;
      } else if (--to != i) {
        both.set(to, there);
      }
    }
    for (long i = from; i < to; i++) {
      both.set(i, null);
    }
    count(HOLES, -holes.length);
    log.write(from, holes, newLast);
    log = newLast;
    return to;
  }
}
