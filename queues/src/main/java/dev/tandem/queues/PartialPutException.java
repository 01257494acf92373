package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// The failure of a put of several elements after which the first of them are in the channel and
/// the others are not. [#acceptedCount()] says how many.
///
/// [Sink#putAll(java.util.Collection)] throws it if the order of a priority channel or a check
/// fails, whose exception is then the cause; `addAll` of the queue view also if the channel is
/// full.
public final class PartialPutException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /// How many elements were accepted.
  private final int acceptedCount;

  /// Creates the exception.
  ///
  /// @param message what failed, and how many elements were put
  /// @param cause what failed, or null
  /// @param acceptedCount the number of elements that were accepted; zero or more
  /// @throws IllegalArgumentException if `acceptedCount` is negative
  public PartialPutException(String message, @Nullable Throwable cause, int acceptedCount) {
    super(message, cause);
    this.acceptedCount = Checks.notNegative(acceptedCount, "acceptedCount");
  }

  /// {@return the number of elements that were put} They are the first of the collection.
  public int acceptedCount() {
    return acceptedCount;
  }
}
