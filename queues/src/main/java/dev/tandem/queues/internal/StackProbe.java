package dev.tandem.queues.internal;

/// A probe for the end of the stack, before a step that must not be cut off.
public final class StackProbe {
  /* A step that owes a wake-up must not end between the step and the wake-up. So a thread calls this
   * before such a step: the probe goes deeper than waking a thread does, and if the stack ends, it
   * ends here, where nothing has been done yet. The probe takes some 50 ns, so it is for steps that
   * wake a thread, which takes microseconds. It is a precaution and no proof (how deep a call goes
   * depends on how it was compiled), so such a step is prepared for the error nevertheless. */

  /// Not more, because Lincheck takes a deeper recursion for one that does not end.
  private static final int CALLS = 16;

  private StackProbe() {}

  /// Throws a [StackOverflowError] if the stack is about to end.
  public static void check() {
    if (depth(CALLS, 0, 0, 0, 0) != CALLS) {
      throw new AssertionError("not so deep");
    }
  }

  /// Recurs. All parameters are needed after the call, so each frame has room for them.
  private static long depth(int calls, long a, long b, long c, long d) {
    return calls == 0 ? 0 : depth(calls - 1, d, a, b, c) + 1 + a + b + c + d;
  }
}
