package dev.tandem.queues;

/// The interrupt of a [Sink#putAll(java.util.Collection)], after which the first elements are in
/// the channel and the others are not. [#acceptedCount()] says how many.
public final class PartialPutInterruptedException extends InterruptedException {
  private static final long serialVersionUID = 1L;

  /// How many elements were accepted.
  private final int acceptedCount;

  /// Creates the exception.
  ///
  /// @param message how many elements were put
  /// @param acceptedCount the number of elements that were accepted; zero or more
  /// @throws IllegalArgumentException if `acceptedCount` is negative
  public PartialPutInterruptedException(String message, int acceptedCount) {
    super(message);
    this.acceptedCount = Checks.notNegative(acceptedCount, "acceptedCount");
  }

  /// {@return the number of elements that were put} They are the first of the collection.
  public int acceptedCount() {
    return acceptedCount;
  }
}
