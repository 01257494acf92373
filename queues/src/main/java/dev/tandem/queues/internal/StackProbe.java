package dev.tandem.queues.internal;

/// Looks for the end of the stack before it can do harm.
public final class StackProbe {
  /* A step that owes a wake-up must not end between the two. So whoever is about to do one calls this
   * first: it goes deeper than waking a thread does, in the same mode of execution or in a slower
   * one, and if the stack ends, it ends here, where nothing has been done yet. It costs about as much
   * as a tenth of the wake-up. */

  private static final int CALLS = 64;

  private StackProbe() {}

  /// Throws the StackOverflowError, if there is to be one.
  public static void check() {
    if (depth(CALLS) != CALLS) {
      throw new AssertionError("not so deep");
    }
  }

  private static int depth(int calls) {
    return calls == 0 ? 0 : 1 + depth(calls - 1);
  }
}
