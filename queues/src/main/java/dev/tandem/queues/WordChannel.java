package dev.tandem.queues;

import dev.tandem.queues.internal.PaddedWords;
import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.StackProbe;
import org.jspecify.annotations.Nullable;

/// A channel whose state is two words: the numbers of elements that were put and that were taken,
/// each with the flags that its changes must respect.
abstract class WordChannel<E> extends BufferedChannel<E> {
  /* P, changed by putters:  CLOSED | PARKED (a taker waits) | sequence of the next put
   * C, changed by takers:   FROZEN | PARKED (a putter waits) | EXACT | ODD | sequence of the next take
   *
   * A put or take claims its sequence number by one CAS on the whole word, so it cannot miss a flag:
   * closing is a bit in the word that every put has to change, which is why it is exact, and so is
   * every wake-up. The sequence numbers never wrap: 59 bits last for centuries.
   *
   * Empty iff the two sequence numbers are equal. It is enough to read C first and P later: neither
   * decreases and C never exceeds P, so if the P read later equals the C read first, they were equal
   * when P was read. Full, likewise: P first, C later.
   *
   * FROZEN holds off takers (they spin) while a thread does what only the queue view does: remove
   * from the middle, or hold elements that a receiver may refuse. No user code runs meanwhile.
   *
   * ODD says that the sequence numbers alone do not say what is in the channel. HOLES counts the
   * numbers that were removed from the middle and not yet passed by the takes, HELD the elements
   * whose numbers were passed and that still count as being in. Both change only while frozen, and
   * ODD is set iff one of them is not zero. So a word without ODD means what it says, and a CAS that
   * expects such a word fails if anything was removed in between. A word with ODD can be the same
   * before and after a removal: then takers work frozen, and other threads read the counts between two
   * reads of the word. That suffices: unless the sequence number changes, HOLES only grows and HELD
   * only shrinks, each for a removal or a take that happened meanwhile. */

  static final int P = PaddedWords.word(0, 0);
  static final int C = PaddedWords.word(1, 0);

  private static final int PUT_PAUSE = PaddedWords.word(0, 2);
  private static final int TAKE_PAUSE = PaddedWords.word(1, 2);

  static final long CLOSED_BIT = 1L << 62;
  static final long FROZEN = 1L << 62;
  static final long PARKED = 1L << 61;
  static final long EXACT = 1L << 60;
  static final long ODD = 1L << 59;
  static final long SEQUENCE = ODD - 1;

  static final int HOLES = PaddedWords.word(1, 3);
  static final int HELD = PaddedWords.word(1, 4);

  /// The number of held elements that have been refused, and can be taken again.
  static final int RETURNED = PaddedWords.word(1, 5);

  final PaddedWords words = new PaddedWords(2);
  final int capacity;

  /// A power of two: the takes between two wake-ups of a waiting putter.
  private final int quarter;

  WordChannel(int capacity, ChannelOptions<E> options) {
    super(options);
    this.capacity = capacity;
    words.setRelease(PUT_PAUSE, Spin.SHORTEST);
    words.setRelease(TAKE_PAUSE, Spin.SHORTEST);
    this.quarter = Integer.highestOneBit(Math.max(1, capacity / 4));
  }

  // ---- what follows a step

  /// Wakes takers after a put to the word `from`, if that says that one waits.
  final void wakeAfterPut(long from, int count) {
    if ((from & PARKED) != 0 || takersOwed) {
      wakeTakers(count);
    }
  }

  /// Returns C after `count` takes. The flags go if a putter must be woken: at once if one asked
  /// for that, otherwise when a quarter of the capacity has been passed.
  final long afterTake(long w, int count) {
    long from = w & SEQUENCE;
    long to = from + count;
    boolean passesQuarter = (from & -quarter) != (to & -quarter);
    boolean keeps = (w & (PARKED | EXACT)) == PARKED && !passesQuarter;
    if (!keeps && (w & PARKED) != 0) {
      StackProbe.check();
    }
    return keeps ? to | PARKED : to;
  }

  /// Wakes a putter if a take from one word to another removed the flag.
  final void wakeAfterTake(long from, long to) {
    if ((from & ~to & PARKED) != 0 || puttersOwed) {
      wakePutter();
    }
  }

  /// Returns the result of a taker that finds nothing at its sequence number: END, null (empty), or
  /// RETRY.
  final @Nullable Object nothingAt(long sequence) {
    long p = words.get(P);
    if ((p & SEQUENCE) != sequence) {
      return RETRY; // claimed by a putter that has not finished, or the word read before is old
    }
    payOwed();
    return (p & CLOSED_BIT) != 0 ? END : null;
  }

  static final Object RETRY = new Object();

  // ---- waiting

  @Override
  final boolean armTake() {
    long p = words.get(P);
    long c = words.get(C);
    if ((p & SEQUENCE) != (c & SEQUENCE)) {
      return false;
    }
    if ((p & CLOSED_BIT) != 0) {
      // Held elements may come back before the end. The thread that settles them then wakes all
      // takers.
      return (c & ODD) != 0;
    }
    // If the flag is there already, the put that removes it will look at the list after this waiter
    // has joined.
    return (p & PARKED) != 0 || words.compareAndSet(P, p, p | PARKED);
  }

  @Override
  final boolean armPut(boolean exact) {
    long c = words.get(C);
    if (canPut()) {
      return false;
    }
    long flags = exact ? PARKED | EXACT : PARKED;
    // Then look again: a removal may have made room and left the word as it was.
    return ((c & flags) == flags || words.compareAndSet(C, c, c | flags)) && !canPut();
  }

  @Override
  final void rearmTake() {
    words.getAndSetBits(P, PARKED);
  }

  @Override
  final void rearmPut(boolean exact) {
    words.getAndSetBits(C, exact ? PARKED | EXACT : PARKED);
  }

  @Override
  final boolean canTake() {
    long c = words.get(C);
    long p = words.get(P);
    if ((p & SEQUENCE) != (c & SEQUENCE)) {
      return true;
    }
    return (c & ODD) == 0 ? (p & CLOSED_BIT) != 0 : words.get(RETURNED) != 0;
  }

  @Override
  final boolean canPut() {
    long p = words.get(P);
    return (p & CLOSED_BIT) != 0 || (p & SEQUENCE) - takes() < capacity;
  }

  @Override
  final void setClosed() {
    words.getAndSetBits(P, CLOSED_BIT);
  }

  @Override
  public final boolean isClosed() {
    return (words.get(P) & CLOSED_BIT) != 0;
  }

  // ---- how long to pause

  @Override
  final int putPause() {
    return (int) words.getAcquire(PUT_PAUSE);
  }

  @Override
  final void putAfter(int pause) {
    adapt(PUT_PAUSE, pause, capacity - size());
  }

  @Override
  final int takePause() {
    return (int) words.getAcquire(TAKE_PAUSE);
  }

  @Override
  final void tookAfter(int pause) {
    adapt(TAKE_PAUSE, pause, size());
  }

  private void adapt(int word, int pause, int there) {
    int next = Spin.nextPause(pause, there, capacity);
    if (next != pause) {
      words.setRelease(word, next);
    }
  }

  // ---- counting

  @Override
  final long puts() {
    return words.get(P) & SEQUENCE;
  }

  /// Removed elements count, held ones do not.
  @Override
  final long takes() {
    return floor(true);
  }

  /// Returns the number below which every element has been taken, so that its place is free.
  final long floor() {
    return floor(false);
  }

  private long floor(boolean withHoles) {
    for (int tries = 0; ; tries = Spin.forStep(tries)) {
      long c = words.get(C);
      if ((c & (withHoles ? ODD | FROZEN : ODD)) == 0) {
        return c & SEQUENCE;
      }
      long held = words.get(HELD);
      long holes = withHoles ? words.get(HOLES) : 0;
      if (held == words.get(HELD)
          && (c & FROZEN) == 0
          && ((words.get(C) ^ c) & (SEQUENCE | FROZEN)) == 0) {
        return (c & SEQUENCE) - held + holes;
      }
    }
  }

  @Override
  public final int size() {
    long c = takes();
    while (true) {
      long p = puts();
      long again = takes();
      if (c == again) {
        return (int) Math.min(p - c, Integer.MAX_VALUE); // both held when P was read
      }
      c = again;
    }
  }

  @Override
  public final int capacity() {
    return capacity;
  }
}
