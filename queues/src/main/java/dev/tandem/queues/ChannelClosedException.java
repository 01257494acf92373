package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// Says that a channel will never do again what was asked of it: it is closed and takes no more
/// elements, or it is closed and empty and gives none.
///
/// [#getCause()] is what the channel was closed with, see [Sink#closeExceptionally(Throwable)], or
/// null after a plain [Sink#close()].
public final class ChannelClosedException extends IllegalStateException {
  /// Creates the exception.
  ///
  /// @param message which channel, and what cannot be done
  /// @param cause what the channel was closed with, or null
  public ChannelClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
