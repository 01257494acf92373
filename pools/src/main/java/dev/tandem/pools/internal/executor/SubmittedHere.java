package dev.tandem.pools.internal.executor;

import java.util.Arrays;

/// The stack of the thread that submitted a task which failed in another JVM: beside the exception,
/// whose own stack is that JVM's.
public final class SubmittedHere extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String OURS = "dev.tandem.pools.internal.";
  private static final String OURS_TOO = "dev.tandem.cluster.internal.";

  /// @param where what ran the task, as a noun phrase: "a worker process"
  public SubmittedHere(String where) {
    super("the task ran in " + where + "; it was submitted here:");
  }

  /// {@return this, without the frames of Tandem itself at the top}
  SubmittedHere withoutOurs() {
    StackTraceElement[] stack = getStackTrace();
    int first = 0;
    while (first < stack.length && isOurs(stack[first].getClassName())) {
      first++;
    }
    setStackTrace(Arrays.copyOfRange(stack, first, stack.length));
    return this;
  }

  private static boolean isOurs(String className) {
    return className.startsWith(OURS) || className.startsWith(OURS_TOO);
  }
}
