package dev.tandem.pools;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/// Stands for an exception that a task threw in a worker and that cannot be brought here: it, or
/// something in it, is not serializable, its class is not known or not allowed here, or its own
/// methods fail when they are asked. It has the stack that the original had in the worker, and its
/// causes and suppressed exceptions, each as it was if it can be.
public final class RemoteTaskException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// The class of the original.
  private final String exceptionClass;

  /// Creates the exception.
  ///
  /// @param exceptionClass the name of the original's class
  /// @param message the original's message, and why the original itself is not here
  /// @param stack the original's stack
  public RemoteTaskException(String exceptionClass, String message, StackTraceElement[] stack) {
    super(requireNonNull(message, "message"));
    this.exceptionClass = requireNonNull(exceptionClass, "exceptionClass");
    setStackTrace(stack);
  }

  /// {@return the name of the original's class}
  public String exceptionClass() {
    return exceptionClass;
  }
}
