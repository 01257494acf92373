package dev.tandem.pools.internal.channel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// How many steps of a kind one process, the giver, lets another, the user, take. The giver can
/// take back what is not used, at any time and exactly, also from a user that stands still or is
/// dead.
///
/// ```text
///   0  word    both    epoch (31 bits), closed (1 bit), used (32 bits)
///  64  limit   giver   how many may be used, as of the current epoch
/// ```
///
/// All numbers are modulo 2^32; a quota is far smaller than that.
///
/// **Use.** The user reads the word, then the limit, and if `used` is below the limit it raises
/// `used` by one compare-and-set of the whole word.
///
/// **Taking back.** The giver lowers the limit, and then raises the epoch by one compare-and-set.
/// `used` in the word that it replaces is final for what is below the old limit: a user whose
/// compare-and-set comes later has read the word of the new epoch, and so the lowered limit, which
/// was written before; one that has read the old word fails and starts anew; one whose
/// compare-and-set came before is counted in that word. So of the use of a step and its taking back
/// exactly one happens, and what each side knows is in one word: there is nothing that a process
/// could leave half done when it is killed. Two processes change it, as the slots of a status page;
/// the order of accesses to memory does not depend on whose threads they are.
///
/// A limit that the user has read stays good while the epoch is the same: it is lowered only for a
/// new one. So the user reads it again only when it has used up what it knew of, and the cache line
/// that the giver writes for each step stays with the giver for most of them.
///
/// **Closing.** What was given before it was closed is in the limit when the user sees the bit, so
/// a user that reads the limit after the word and finds nothing below it has reached the end. One
/// that has read an open word is sure of that only if the word is the same after it has read the
/// limit.
///
/// **Epochs** come again after 2^31 times of taking back something. A user goes wrong if it uses
/// nothing meanwhile and goes on at the very time when the epoch is the one that it knows: one that
/// stands still between two instructions, which is killed long before, or one that has steps left
/// and does not want them, with a chance of one to 2^31 after an hour or so in which the giver has
/// done nothing but give it steps and take them back.
///
/// Thread-safety: the methods of the user are for one thread at a time, as are those of the giver.
public final class Quota {
  /// The bytes that it takes in memory.
  static final int SIZE = 128;

  /// A result of [#use()]: a step was used.
  public static final int USED = 1;

  /// A result of [#use()]: nothing is left at the moment, and it is not closed.
  public static final int NONE = 0;

  /// A result of [#use()]: nothing is left, and nothing will be given any more.
  public static final int CLOSED = -1;

  private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  private static final long USED_MASK = 0xFFFF_FFFFL;
  private static final long CLOSED_BIT = 1L << 32;
  private static final long EPOCH = 1L << 33;
  private static final long LIMIT_AT = 64;

  private final MemorySegment memory;

  // of the user
  private long knownEpoch = -1;
  private int knownLimit;

  /// @param memory where it is; zeros at first
  public Quota(MemorySegment memory) {
    this.memory = memory;
  }

  private long word() {
    return (long) LONG.getVolatile(memory, 0L);
  }

  private boolean change(long from, long to) {
    return LONG.compareAndSet(memory, 0L, from, to);
  }

  private int limit() {
    return (int) (long) LONG.getVolatile(memory, LIMIT_AT);
  }

  private void setLimit(int limit) {
    LONG.setVolatile(memory, LIMIT_AT, (long) limit);
  }

  private static boolean closed(long word) {
    return (word & CLOSED_BIT) != 0;
  }

  // ---- the user

  /// Uses a step.
  ///
  /// @return [#USED], [#NONE] or [#CLOSED]
  public int use() {
    while (true) {
      long before = word();
      if (isLeft(before)) {
        if (change(before, (before & ~USED_MASK) | ((before + 1) & USED_MASK))) {
          return USED;
        }
      } else if (closed(before)) {
        return CLOSED;
      } else if (word() == before) { // else the limit may be that of a time after a close
        return NONE;
      }
    }
  }

  /// {@return whether a step could be used now} After false, a use may succeed all the same, if the
  /// giver has given more; after true, it may fail. So a user that has to prepare its step does not
  /// use what it has not found left.
  boolean isLeft() {
    return isLeft(word());
  }

  private boolean isLeft(long word) {
    long epoch = word & -EPOCH;
    if (epoch == knownEpoch && knownLimit - (int) word > 0) {
      return true;
    }
    knownLimit = limit(); // after the word was read
    knownEpoch = epoch;
    return knownLimit - (int) word > 0;
  }

  // ---- the giver

  /// Gives more steps.
  public void give(int count) {
    setLimit(limit() + count);
  }

  /// Takes back what is not used, but for some.
  ///
  /// @param kept how many of the unused steps stay, at most
  /// @return how many were taken back
  public int takeBack(int kept) {
    int old = limit();
    int lowered = (int) word() + kept;
    if (old - lowered <= 0) {
      return 0;
    }
    setLimit(lowered);
    long before;
    do {
      before = word();
    } while (!change(before, before + EPOCH));
    int used = (int) before;
    if (used - lowered > 0) { // used of what was there before
      lowered = used;
      setLimit(lowered);
    }
    return old - lowered;
  }

  /// Gives nothing any more. What was given can be used still.
  public void close() {
    long before;
    do {
      before = word();
    } while (!closed(before) && !change(before, before | CLOSED_BIT));
  }

  // ---- both

  /// {@return how many steps were used, modulo 2^32}
  public int used() {
    return (int) word();
  }

  /// {@return how many steps can be used} Exact for the giver; for others about a moment ago, when
  /// the two words that they read may not have belonged together.
  public int left() {
    return Math.max(0, limit() - used());
  }

  /// {@return whether nothing will be given any more}
  boolean isClosed() {
    return closed(word());
  }
}
