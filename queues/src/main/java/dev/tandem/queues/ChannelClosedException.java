package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// The failure of an operation that a channel will never do again: the channel is closed and
/// accepts no more elements, or it is closed and empty and gives none.
///
/// [#getCause()] is what the channel was closed with, see [Sink#closeExceptionally(Throwable)], or
/// null after a plain [Sink#close()].
public final class ChannelClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /// How many elements were accepted before.
  private final int acceptedCount;

  /// Creates the exception of an operation that put nothing.
  ///
  /// @param message which channel, and what cannot be done
  /// @param cause what the channel was closed with, or null
  public ChannelClosedException(String message, @Nullable Throwable cause) {
    this(message, cause, 0);
  }

  /// Creates the exception of a put of several elements.
  ///
  /// @param message which channel, and what cannot be done
  /// @param cause what the channel was closed with, or null
  /// @param acceptedCount the number of elements that were accepted before; zero or more
  /// @throws IllegalArgumentException if `acceptedCount` is negative
  public ChannelClosedException(String message, @Nullable Throwable cause, int acceptedCount) {
    super(message, cause);
    this.acceptedCount = Checks.notNegative(acceptedCount, "acceptedCount");
  }

  /// {@return the number of elements that a [Sink#putAll(java.util.Collection)] had put before it
  /// found the channel closed} They are in the channel, the others are not. 0 after every other
  /// operation.
  public int acceptedCount() {
    return acceptedCount;
  }
}
