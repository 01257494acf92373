package dev.tandem.pools.internal.codec;

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
}
