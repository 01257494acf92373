package dev.tandem.queues;

import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.StackProbe;
import org.jspecify.annotations.Nullable;

/// A [WordChannel] whose middle can be looked at and removed from, for the queue view.
abstract class WalkedChannel<E> extends WordChannel<E> {
  /* An element that is removed from the middle leaves GONE in its place, a hole. Takes pass holes. The
   * elements between holes move together, up to higher numbers, when most numbers are holes, or a
   * put needs their room: so a removal costs constant time on average, and holes take up neither
   * room in a bounded channel nor memory without end in an unbounded one. The element at the next
   * number to take is never a hole, unless takers are held off.
   *
   * LOOKING is a walk from the first number up, beside all others. It misses no element that is in
   * the channel the whole time: moving together writes the higher place first, so an element is
   * always at or above the place where it was. Whether an element that was read was still in is
   * known from the takes, read after it. An equal element may be put behind the walk's end while
   * another one is taken in front of it: so a search says no only if it has come to the end of all
   * that was put, or nothing was taken meanwhile, and after some rounds looks at a snapshot.
   *
   * A SNAPSHOT is read beside all others, too. It is that of one moment if nothing was taken or
   * removed meanwhile; if that fails some times, takers are held off while it is copied.
   *
   * HOLDING. Elements that a receiver may refuse leave their places, but count as being in until the
   * receiver has accepted them (HELD). Those that go back are kept in `back`, before all others. */

  /// What a removed element leaves.
  private static final Object GONE = new Object();

  /// The result of a step that is to be tried again.
  static final int AGAIN = -2;

  private static final int FEW = 64;
  private static final int TRIES = 3;

  /// The last entry. Changed while frozen.
  private volatile CompactionLog log = new CompactionLog();

  /// What went back. Used while frozen.
  private @Nullable HeldBatch back;

  WalkedChannel(int capacity, ChannelOptions<E> options) {
    super(capacity, options);
  }

  /// Begins a walk from the next element to take on, or from an earlier one.
  abstract Walk walk();

  /// Walks between two numbers that are all claimed, in any direction, while frozen.
  abstract Walk walkBothWays(long from, long end);

  /// Does what is to be done when the takes have come to a number in another way than by a take.
  void moved(long next) {
    // nothing, unless memory can be let go
  }

  // ---- holding off takers

  /// Holds off takers, and returns the sequence number of the next take.
  private long freeze() {
    StackProbe.check(); // a stack that ends is not to end in here
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.getAndSetBits(C, FROZEN);
      if ((w & FROZEN) == 0) {
        return w & SEQUENCE;
      }
    }
  }

  /// Lets takers go on, at the same number or a higher one; wakes a putter if there is room now.
  private void unfreeze(long from, long to, boolean roomMade) {
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

  /// While frozen.
  private void count(int word, long change) {
    words.setRelease(word, words.get(word) + change);
  }

  /// While frozen: passes the holes from a number on.
  private long skipHoles(Walk walk, long from) {
    long to = from;
    while (words.get(HOLES) != 0 && walk.get(to) == GONE) {
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
      taken = takeBack();
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

  /// Takes an element as [#tryTakeAll(Object[], int)] does, or returns AGAIN.
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
  private @Nullable Object takeBack() {
    Object taken = firstBack();
    if (taken != null) {
      Checks.notNull(back, "back").pass();
      count(BACK, -1);
      count(HELD, -1);
    }
    return taken;
  }

  /// While frozen: the first element that went back and is still there.
  private @Nullable Object firstBack() {
    while (back != null) {
      if (back.left() == 0) {
        back = back.following;
      } else if (back.elements[back.next] == null) {
        back.next++; // removed
      } else {
        return back.elements[back.next];
      }
    }
    return null;
  }

  @Override
  final void hold(HeldBatch batch) {
    for (int tries = 0; fill(batch) == AGAIN; ) {
      tries = Spin.forStep(tries);
    }
  }

  private int fill(HeldBatch batch) {
    long c = freeze();
    long to = c;
    try {
      while (!batch.isFull() && firstBack() != null) {
        HeldBatch from = Checks.notNull(back, "back");
        batch.add(Checks.notNull(firstBack(), "element"), from.numbers[from.next]);
        from.pass();
        count(BACK, -1);
      }
      Walk walk = walk();
      to = skipHoles(walk, to);
      while (!batch.isFull() && to < puts()) {
        Object element = walk.get(to);
        if (element == null) {
          return batch.count == 0 ? AGAIN : batch.count; // its putter has not finished
        }
        batch.add(element, to);
        walk.set(to++, null);
        count(HELD, 1);
        to = skipHoles(walk, to);
      }
    } finally {
      unfreeze(c, to, false);
    }
    return batch.count;
  }

  @Override
  final void settle(HeldBatch batch) {
    int left = batch.left();
    long c = freeze();
    try {
      count(HELD, -batch.next);
      if (left > 0) {
        putBack(batch);
        count(BACK, left);
      }
    } finally {
      unfreeze(c, c, batch.next > 0);
    }
    // Who came to the list before this, and looked before this, is woken; who came later sees it.
    try {
      wakeTakers(isClosed() ? Integer.MAX_VALUE : left);
    } catch (Throwable _) {
      takersOwed = true;
    }
  }

  /// While frozen: in the order of the numbers.
  private void putBack(HeldBatch batch) {
    long number = batch.numbers[batch.next];
    HeldBatch before = null;
    HeldBatch after = back;
    while (after != null && after.left() > 0 && after.numbers[after.next] < number) {
      before = after;
      after = after.following;
    }
    batch.following = after;
    if (before == null) {
      back = batch;
    } else {
      before.following = batch;
    }
  }

  // ---- looking

  @Override
  @SuppressWarnings("unchecked") // nothing else is put
  final @Nullable E peek() {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long w = words.get(C);
      if ((w & ODD) != 0) {
        Object element = peekOdd();
        if (element != RETRY) {
          return (E) element;
        }
        continue;
      }
      if (nothingAt(w & SEQUENCE) != RETRY) {
        return null;
      }
      Object element = walk().get(w & SEQUENCE);
      // Unchanged and not frozen: nobody took or removed it in between.
      if (element != null
          && (w & FROZEN) == 0
          && ((words.get(C) ^ w) & (SEQUENCE | FROZEN | ODD)) == 0) {
        return (E) element;
      }
    }
  }

  private @Nullable Object peekOdd() {
    long c = freeze();
    long to = c;
    try {
      Object element = firstBack();
      if (element != null) {
        return element;
      }
      Walk walk = walk();
      to = skipHoles(walk, c);
      if (nothingAt(to) != RETRY) {
        return null;
      }
      element = walk.get(to);
      return element == null ? RETRY : element;
    } finally {
      unfreeze(c, to, false);
    }
  }

  @Override
  final boolean search(Object o, boolean remove) {
    while (true) {
      Boolean found = walkFor(o, remove);
      if (found != null) {
        return found;
      }
      Snapshot all = snapshot();
      int at = all.find(o, 0);
      if (at < 0) {
        return false;
      }
      do {
        if (!remove || all.remove(at)) {
          return true;
        }
        at = all.find(o, at + 1);
      } while (at >= 0);
    }
  }

  /// Searches beside all others; null if others were too fast to know.
  private @Nullable Boolean walkFor(Object o, boolean remove) {
    long taken = takes();
    Walk walk = walk();
    long i = words.get(C) & SEQUENCE;
    for (int round = 0; round < TRIES && words.get(BACK) == 0; round++) {
      long end = puts();
      for (int tries = 0; i < end; ) {
        CompactionLog before = log;
        Object element = walk.get(i);
        long c = words.get(C) & SEQUENCE;
        if (c > i) {
          i = c; // taken, and its place may have got another element
        } else if (element == null) {
          tries = Spin.forStep(tries); // its putter has not finished
        } else {
          if (element != GONE
              && o.equals(element)
              && (!remove || removeFound(walk, i, before, element))) {
            return true;
          }
          i++;
        }
      }
      if ((puts() <= i || takes() == taken) && words.get(BACK) == 0) {
        return false;
      }
    }
    return null;
  }

  @Override
  final Snapshot snapshot() {
    for (int i = 0; i < TRIES; i++) {
      Copied copied = copyBeside();
      if (copied != null) {
        return copied;
      }
    }
    return copyFrozen();
  }

  /// Null if others were faster.
  private @Nullable Copied copyBeside() {
    long w = words.get(C);
    if ((w & (FROZEN | ODD)) != 0) {
      return null;
    }
    CompactionLog last = log;
    long from = w & SEQUENCE;
    int n = (int) (puts() - from);
    Walk walk = walk();
    Copied copied = new Copied(n, walk, last);
    for (int i = 0, tries = 0; i < n; ) {
      Object element = walk.get(from + i);
      if (element != null) {
        copied.elements[i] = element;
        copied.places[i] = from + i;
        i++;
      } else if (words.get(C) != w && (words.get(C) & SEQUENCE) != from) {
        return null;
      } else {
        tries = Spin.forStep(tries); // its putter has not finished, or it is taken
      }
    }
    return ((words.get(C) ^ w) & (SEQUENCE | FROZEN | ODD)) == 0 ? copied : null;
  }

  private Copied copyFrozen() {
    long c = freeze();
    try {
      long end = puts();
      Walk walk = walk();
      int n = (int) (end - c - words.get(HOLES) + words.get(BACK));
      Copied copied = new Copied(n, walk, log);
      int at = 0;
      for (HeldBatch h = back; h != null; h = h.following) {
        for (int i = h.next; i < h.count; i++) {
          if (h.elements[i] != null) {
            copied.elements[at] = h.elements[i];
            copied.places[at++] = Copied.inBack(h.numbers[i]);
          }
        }
      }
      for (long i = c; i < end; i++) {
        Object element = walk.get(i);
        for (int tries = 0; element == null; element = walk.get(i)) {
          tries = Spin.forStep(tries); // its putter has not finished
        }
        if (element != GONE) {
          copied.elements[at] = element;
          copied.places[at++] = i;
        }
      }
      return copied;
    } finally {
      unfreeze(c, c, false);
    }
  }

  /// Elements with their numbers at that time.
  private final class Copied extends Snapshot {
    private final Walk walk;
    private final CompactionLog since;

    Copied(int size, Walk walk, CompactionLog since) {
      super(new Object[size], new long[size]);
      this.walk = walk;
      this.since = since;
    }

    /// What an element that went back has for its place; the same the other way round.
    static long inBack(long number) {
      return ~number;
    }

    @Override
    boolean remove(int index) {
      Object element = Checks.notNull(elements[index], "element");
      return places[index] < 0
          ? removeBack(inBack(places[index]), element)
          : removeCopied(walk, places[index], since, element);
    }
  }

  // ---- removing

  private boolean removeCopied(Walk walk, long number, CompactionLog since, Object element) {
    long c = freeze();
    long to = c;
    boolean removed = false;
    try {
      long now = since.map(number);
      removed = now >= c && walk.get(now) == element;
      if (removed) {
        to = makeHole(walk, c, now);
      }
    } finally {
      unfreeze(c, to, removed);
    }
    tidy(removed);
    return removed;
  }

  /// Removes what a walk found; if elements have moved meanwhile, at any later place.
  private boolean removeFound(Walk walk, long number, CompactionLog before, Object element) {
    long c = freeze();
    long to = c;
    boolean removed = false;
    try {
      long now = Math.max(c, number);
      long end = log == before ? number + 1 : puts();
      while (now < end && walk.get(now) != element) {
        now++;
      }
      removed = now < end;
      if (removed) {
        to = makeHole(walk, c, now);
      }
    } finally {
      unfreeze(c, to, removed);
    }
    tidy(removed);
    return removed;
  }

  /// While frozen: returns the next number to take then.
  private long makeHole(Walk walk, long next, long number) {
    walk.set(number, GONE);
    count(HOLES, 1);
    return number == next ? skipHoles(walk, next) : next;
  }

  private boolean removeBack(long number, Object element) {
    long c = freeze();
    boolean removed = false;
    try {
      for (HeldBatch h = back; h != null && !removed; h = h.following) {
        for (int i = h.next; i < h.count && !removed; i++) {
          if (h.numbers[i] == number && h.elements[i] == element) {
            h.elements[i] = null;
            count(BACK, -1);
            count(HELD, -1);
            removed = true;
          }
        }
      }
    } finally {
      unfreeze(c, c, removed);
    }
    return removed;
  }

  /// Moves elements together if most numbers are holes.
  private void tidy(boolean removed) {
    long holes = words.get(HOLES);
    if (removed && holes > FEW && holes > (puts() - (words.get(C) & SEQUENCE)) / 2) {
      try {
        moveTogether();
      } catch (OutOfMemoryError _) {
        // The element is removed all the same; the next removal tries again.
      }
    }
  }

  /// Whether there is no room at a number that a put asks for; makes room out of holes.
  final boolean isFullAt(long number) {
    if (number - takes() >= capacity) {
      return true;
    }
    if (number - floor() >= capacity) {
      moveTogether();
    }
    return false;
  }

  private void moveTogether() {
    long c = freeze();
    long to = c;
    try {
      to = moveUp(c);
    } finally {
      unfreeze(c, to, false);
    }
  }

  /// While frozen: moves all elements up over the holes, up to the first whose putter has not
  /// finished. Returns the next number to take then.
  private long moveUp(long from) {
    Walk walk = walk();
    long p = puts();
    long end = from;
    int count = 0;
    for (Object there; end < p && (there = walk.get(end)) != null; end++) {
      count += there == GONE ? 1 : 0;
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
      if (there == GONE) {
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
