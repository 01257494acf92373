package dev.tandem.pools;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/// The process of an [exported][ProcessPool#export(Class, Object)] object can no longer be reached.
/// Thrown by calls of the object that wait for it, and by all later ones. Whether a call that
/// waited has had an effect there is not known.
public final class RemoteOwnerLostException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /// Creates the exception.
  ///
  /// @param message the method that was called, the object, and what is known of the end
  public RemoteOwnerLostException(String message) {
    super(requireNonNull(message, "message"));
  }
}
