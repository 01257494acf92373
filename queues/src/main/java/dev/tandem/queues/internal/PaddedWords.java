package dev.tandem.queues.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A few longs in one array, each with its cache lines to itself, so that threads which write one
/// do not slow down those which write another.
public final class PaddedWords {
  /* One array for all and not an object for each: three words then take half a kilobyte. The first
   * word has its distance to the array's header, which every access reads for the bounds check. */

  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int PLACE = 16; // 128 bytes: processors fetch lines in pairs

  private final long[] words;

  /// Creates words that are zero.
  public PaddedWords(int count) {
    words = new long[(count + 1) * PLACE];
  }

  /// Reads a word, with the memory effects of a volatile read.
  public long get(int word) {
    return (long) WORDS.getVolatile(words, (word + 1) * PLACE);
  }

  /// Reads a word that may be old.
  public long getOpaque(int word) {
    return (long) WORDS.getOpaque(words, (word + 1) * PLACE);
  }

  /// Writes a word that others may see later.
  public void setOpaque(int word, long value) {
    WORDS.setOpaque(words, (word + 1) * PLACE, value);
  }

  /// Replaces a word if it is as expected, with the memory effects of a volatile read and write.
  public boolean compareAndSet(int word, long expected, long value) {
    return WORDS.compareAndSet(words, (word + 1) * PLACE, expected, value);
  }

  /// Sets bits, with the memory effects of a volatile read and write, and returns what was there.
  public long getAndSetBits(int word, long bits) {
    return (long) WORDS.getAndBitwiseOr(words, (word + 1) * PLACE, bits);
  }
}
