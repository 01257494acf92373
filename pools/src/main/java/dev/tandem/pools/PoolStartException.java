package dev.tandem.pools;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Workers cannot be started. Thrown where that is known at once; otherwise, after several tries,
/// the cause of the failure of every waiting task and of every later refusal. The message has what
/// the last worker wrote to its standard error.
public final class PoolStartException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// Creates the exception.
  ///
  /// @param message what went wrong, and what to do
  /// @param cause what the last worker threw, or null
  public PoolStartException(String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message"), cause);
  }
}
