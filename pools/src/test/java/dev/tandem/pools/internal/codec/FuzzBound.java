package dev.tandem.pools.internal.codec;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The bound on what decoding may allocate, whatever the bytes are.
///
/// It does not hold for what overflows the stack, such as the hash of a list that is a part of
/// itself: what methods allocate that call each other is bounded by the size of the stack, to some
/// fifteen times of it.
public final class FuzzBound {
  /// What one overflow of a stack of 1 MiB may allocate.
  public static final long OVERFLOW = 24 << 20;

  /// What may be allocated beside that for each byte: the buffers of a reader.
  private static final long FREE = 8 << 20;

  /// What may be allocated for each byte that has arrived, most of it garbage: the smallest value
  /// that the JDK's serialization writes has ten bytes, and its reader some thousands.
  private static final long PER_BYTE = 1_000;

  private FuzzBound() {}

  /// Runs a decoding, and checks what it has allocated. One that exceeds the bound is run again:
  /// the first time, the JDK may have loaded and linked classes.
  ///
  /// @param arrived how many bytes it is of
  /// @param decoding returns how it failed, if it did
  public static void check(int arrived, Callable<@Nullable Throwable> decoding) throws Exception {
    check(arrived, 0, decoding);
  }

  /// Does so, where not every failure is seen.
  ///
  /// @param beside how many bytes more it may allocate
  public static void check(int arrived, long beside, Callable<@Nullable Throwable> decoding)
      throws Exception {
    long most = FREE + PER_BYTE * arrived + beside;
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 2 && allocated > most; round++) {
      long before = AllocatedBytes.now();
      Throwable failure = decoding.call();
      allocated = AllocatedBytes.now() - before;
      if (allocated > most && failure != null && hasOverflow(failure)) {
        return;
      }
    }
    if (allocated > most) {
      throw new AssertionError(
          "%s bytes were allocated for %s (expected: at most %s)"
              .formatted(allocated, arrived, most));
    }
  }

  private static boolean hasOverflow(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> left = new ArrayDeque<>();
    left.add(failure);
    for (Throwable next = left.poll(); next != null; next = left.poll()) {
      if (next instanceof StackOverflowError) {
        return true;
      }
      if (seen.add(next)) {
        left.addAll(Arrays.asList(next.getSuppressed()));
        if (next.getCause() != null) {
          left.add(next.getCause());
        }
      }
    }
    return false;
  }
}
