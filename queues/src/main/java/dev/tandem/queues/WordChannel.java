package dev.tandem.queues;

import dev.tandem.queues.internal.PaddedWords;
import dev.tandem.queues.internal.Spin;
import dev.tandem.queues.internal.StackProbe;
import org.jspecify.annotations.Nullable;

/// A channel whose state is two words: how many elements were put, and how many were taken, each
/// with the flags that its changes must respect.
abstract class WordChannel<E> extends BufferedChannel<E> {
  /* P, changed by putters:  CLOSED | PARKED (a taker waits) | sequence of the next put
   * C, changed by takers:   FROZEN | PARKED (a putter waits) | EXACT | sequence of the next take
   *
   * A put or take claims its sequence number by one CAS on the whole word, so it cannot miss a flag:
   * closing is a bit in the word that every put has to change, which is why it is exact, and so is
   * every wake-up. The sequence numbers never wrap: 60 bits last for centuries.
   *
   * Empty iff the two sequence numbers are equal. It is enough to read C first and P later: neither
   * decreases and C never exceeds P, so if the P read later equals the C read first, they were equal
   * when P was read. Full, likewise: P first, C later.
   *
   * FROZEN holds off takers (they spin) while somebody removes from the middle: only the queue view
   * does that. It holds for a walk over the elements, without running user code. */

  static final int P = PaddedWords.word(0, 0);
  static final int C = PaddedWords.word(1, 0);

  private static final int PUT_PAUSE = PaddedWords.word(0, 2);
  private static final int TAKE_PAUSE = PaddedWords.word(1, 2);

  static final long CLOSED_BIT = 1L << 62;
  static final long FROZEN = 1L << 62;
  static final long PARKED = 1L << 61;
  static final long EXACT = 1L << 60;
  static final long SEQUENCE = EXACT - 1;

  final PaddedWords words = new PaddedWords(2);
  final int capacity;

  /// A power of two: about so many takes after the last, a waiting putter is woken.
  private final int quarter;

  WordChannel(int capacity, ChannelOptions<E> options) {
    super(options);
    this.capacity = capacity;
    words.setRelease(PUT_PAUSE, Spin.SHORTEST);
    words.setRelease(TAKE_PAUSE, Spin.SHORTEST);
    this.quarter = Integer.highestOneBit(Math.max(1, capacity / 4));
  }

  // ---- what a take does to its word

  /// C after so many takes. The flags go if a putter is to be woken: at once if one asked for that,
  /// otherwise when a quarter of the capacity has been passed.
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

  /// Wakes a putter if a take from one word to another took the flag away.
  final void wakeAfterTake(long from, long to) {
    if ((from & ~to & PARKED) != 0 || puttersOwed) {
      wakePutter();
    }
  }

  /// What a taker that finds nothing at its sequence number is to do: END, null (empty), or RETRY.
  final @Nullable Object nothingAt(long sequence) {
    long p = words.get(P);
    if ((p & SEQUENCE) != sequence) {
      return RETRY; // claimed by a putter that has not finished, or the word read before is old
    }
    return (p & CLOSED_BIT) != 0 ? END : null;
  }

  static final Object RETRY = new Object();

  // ---- waiting

  @Override
  final boolean armTake() {
    long p = words.get(P);
    if ((p & CLOSED_BIT) != 0 || (p & SEQUENCE) != (words.get(C) & SEQUENCE)) {
      return false;
    }
    // If the flag is there already, the put that takes it away will come to the list after we
    // joined.
    return (p & PARKED) != 0 || words.compareAndSet(P, p, p | PARKED);
  }

  @Override
  final boolean armPut(boolean exact) {
    long c = words.get(C);
    long p = words.get(P);
    if ((p & CLOSED_BIT) != 0 || (p & SEQUENCE) - (c & SEQUENCE) < capacity) {
      return false;
    }
    long flags = exact ? PARKED | EXACT : PARKED;
    return (c & flags) == flags || words.compareAndSet(C, c, c | flags);
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
    return (p & CLOSED_BIT) != 0 || (p & SEQUENCE) != (c & SEQUENCE);
  }

  @Override
  final boolean canPut() {
    long p = words.get(P);
    long c = words.get(C);
    return (p & CLOSED_BIT) != 0 || (p & SEQUENCE) - (c & SEQUENCE) < capacity;
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

  /* Passing a cache line between two processors costs as much as ten puts. So when elements come in
   * a stream, who has caught up with the other side should stay away until there is a good part to
   * be done at once; when they come one by one, as in a request and its answer, it should be back
   * soon. What was there after the last pause says which it is: nothing more, or nearly everything,
   * and the next pause is half as long; something, and it is twice as long. */

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
    int next = pause;
    if (there == 0 || there >= capacity - (capacity >> 2)) {
      next = Math.max(pause >> 1, Spin.SHORTEST);
    } else if (there < capacity >> 1) {
      next = Math.min(pause << 1, Spin.LONGEST);
    }
    if (next != pause) {
      words.setRelease(word, next);
    }
  }

  // ---- counting

  @Override
  final long puts() {
    return words.get(P) & SEQUENCE;
  }

  @Override
  final long takes() {
    return words.get(C) & SEQUENCE;
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
