package dev.tandem.pools.internal.codec;

import java.util.concurrent.Callable;

/// The bound on what decoding may allocate, whatever the bytes are.
public final class FuzzBound {
  /// What may be allocated beside that: the buffers of a reader, and what methods that call each
  /// other allocate up to the end of the stack, as `hashCode` of a list that is a part of itself.
  private static final long FREE = 8 << 20;

  /// What may be allocated for each byte that has arrived, most of it garbage: the smallest value
  /// that the JDK's serialization writes has ten bytes, and its reader some thousands.
  private static final long PER_BYTE = 1_000;

  private FuzzBound() {}

  /// Runs a decoding, and checks what it has allocated. One that exceeds the bound is run again:
  /// the first time, the JDK may have loaded and linked classes.
  ///
  /// @param arrived how many bytes it is of
  public static void check(int arrived, Callable<?> decoding) throws Exception {
    long most = FREE + PER_BYTE * arrived;
    long allocated = allocated(decoding);
    if (allocated > most) {
      allocated = Math.min(allocated, allocated(decoding));
    }
    if (allocated > most) {
      throw new AssertionError(
          "%s bytes were allocated for %s (expected: at most %s)"
              .formatted(allocated, arrived, most));
    }
  }

  private static long allocated(Callable<?> decoding) throws Exception {
    long before = AllocatedBytes.now();
    var _ = decoding.call();
    return AllocatedBytes.now() - before;
  }
}
