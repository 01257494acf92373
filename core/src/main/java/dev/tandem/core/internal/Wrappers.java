package dev.tandem.core.internal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// The exceptions in which scopes and maps wrap what failed on another thread. However deep these
/// are nested, the failure is the cause of each: a wrapper of a level further in is not wrapped
/// again. It is a failure that is not the cause, so the next wrapper has it as a suppressed one,
/// with the stack of its thread and the failures that hang on it.
public final class Wrappers {
  /*
   * A wrapper is known by its topmost frame, which is in this class. So an exception of the same
   * class that a body throws by itself, or that a future gives it, is left alone: there the user
   * has seen the wrapper, and let it go on.
   */
  private static final String HERE = Wrappers.class.getName();

  private Wrappers() {}

  /// {@return a wrapper with a text that stays short}
  public static ExecutionException execution(Throwable failure) {
    Throwable cause = unwrapped(failure);
    return new ExecutionException(GuardedLog.shortText(cause), cause);
  }

  /// {@return an unchecked wrapper with a text that stays short}
  public static CompletionException completion(Throwable failure) {
    Throwable cause = unwrapped(failure);
    return new CompletionException(GuardedLog.shortText(cause), cause);
  }

  /// {@return the cause of a wrapper that was made here, also in another JVM; else the exception
  /// itself}
  public static Throwable unwrapped(Throwable failure) {
    if (failure.getClass() != ExecutionException.class
        && failure.getClass() != CompletionException.class) {
      return failure;
    }
    Throwable cause = failure.getCause(); // the class is the JDK's: these methods do not throw
    StackTraceElement[] stack = failure.getStackTrace();
    boolean made = stack.length > 0 && stack[0].getClassName().equals(HERE);
    return made && cause != null ? cause : failure;
  }
}
