package dev.tandem.pools.internal.process;

import java.util.Arrays;

/// The stack of the thread that submitted a task which failed in a worker: beside the exception,
/// whose own stack is the worker's.
final class SubmittedHere extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String OURS = "dev.tandem.pools.internal.";

  SubmittedHere() {
    super("the task ran in a worker process; it was submitted here:");
  }

  /// {@return this, without the frames of Tandem itself at the top}
  SubmittedHere withoutOurs() {
    StackTraceElement[] stack = getStackTrace();
    int first = 0;
    while (first < stack.length && stack[first].getClassName().startsWith(OURS)) {
      first++;
    }
    setStackTrace(Arrays.copyOfRange(stack, first, stack.length));
    return this;
  }
}
