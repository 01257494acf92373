package dev.tandem.pools.internal.codec;

import java.io.InvalidClassException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The failure to decode bytes into an object: they are broken, or a class is missing or rejected.
/// The message says which and what to do.
public final class DecodingException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /// Creates the exception.
  ///
  /// @param message what is wrong
  public DecodingException(String message) {
    super(message);
  }

  public DecodingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// {@return the failure of a task whose result cannot be decoded}
  public Exception ofResult() {
    var refused = new InvalidClassException("the result cannot be accepted: " + getMessage());
    refused.initCause(this);
    return refused;
  }
}
