package dev.tandem.queues.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Longs in one array, in groups that have their cache lines to themselves, so that threads which
/// write one group do not slow down threads which write another.
public final class PaddedWords {
  /* One array for all words and not an object for each: it takes less than half a kilobyte. Words that
   * the same threads use together stand together, in a group. The first group has its distance to the
   * array's header, which every access reads for the bounds check. */

  private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int PLACE = 16; // 128 bytes: processors fetch lines in pairs

  private final long[] words;

  /// Creates groups of words that are zero.
  public PaddedWords(int groups) {
    words = new long[(groups + 1) * PLACE];
  }

  /// {@return the name of a word}
  ///
  /// @param group the number of its group, from 0
  /// @param index its place in the group, from 0 to 7
  public static int word(int group, int index) {
    return (group + 1) * PLACE + index;
  }

  /// Reads a word, with the memory effects of a volatile read.
  public long get(int word) {
    return (long) WORDS.getVolatile(words, word);
  }

  /// Reads a word, which may be old, with the memory effects of an acquire.
  public long getAcquire(int word) {
    return (long) WORDS.getAcquire(words, word);
  }

  /// Writes a word, which other threads may see later, with the memory effects of a release.
  public void setRelease(int word, long value) {
    WORDS.setRelease(words, word, value);
  }

  /// Replaces a word if it is as expected, with the memory effects of a volatile read and write.
  public boolean compareAndSet(int word, long expected, long value) {
    return WORDS.compareAndSet(words, word, expected, value);
  }

  /// Sets bits, with the memory effects of a volatile read and write, and returns what was there.
  public long getAndSetBits(int word, long bits) {
    return (long) WORDS.getAndBitwiseOr(words, word, bits);
  }
}
