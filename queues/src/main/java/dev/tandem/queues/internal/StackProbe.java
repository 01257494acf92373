package dev.tandem.queues.internal;

/// Looks for the end of the stack before it can do harm.
public final class StackProbe {
  /* A step that owes a wake-up must not end between the two. So whoever is about to do one calls this
   * first: it goes deeper than waking a thread does, and if the stack ends, it ends here, where
   * nothing has been done yet. It takes some 50 ns, so it is for steps that wake a thread, which
   * takes microseconds. It is a precaution and no proof (how deep a call goes depends on how it was
   * compiled), so such a step is prepared for the error nevertheless. */

  /// Not more: Lincheck takes a deeper recursion for one that does not end.
  private static final int CALLS = 16;

  private StackProbe() {}

  /// Throws the StackOverflowError, if there is to be one.
  public static void check() {
    if (depth(CALLS, 0, 0, 0, 0) != CALLS) {
      throw new AssertionError("not so deep");
    }
  }

  /// All parameters are needed after the call, so each of the frames has room for them.
  private static long depth(int calls, long a, long b, long c, long d) {
    return calls == 0 ? 0 : depth(calls - 1, d, a, b, c) + 1 + a + b + c + d;
  }
}
