package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// The elements of a channel as its queue view sees them: also those that are not next.
interface Interior<E> {
  /// Throws [UnsupportedOperationException] if only the head can be looked at.
  default void checkWhole() {
    // all shapes but one show all elements
  }

  /// Returns the next element, which stays in the channel, or null.
  @Nullable E peek();

  /// Returns all elements of one moment, in the order of taking.
  Snapshot snapshot();

  /// Returns whether there is an equal element, or whether one was removed. Must not be false if
  /// there is one at every moment of the call. Calls the user's `equals` while nothing is locked.
  boolean search(Object wanted, boolean remove);

  /// Removes all elements without running code of the user.
  void discard();

  /// Fills a batch with the next elements, as many as there are and fit.
  void hold(HeldBatch batch);

  /// Ends the hold of a batch: its elements before [HeldBatch#next] were accepted and count as
  /// taken, the others go back to their places.
  void settle(HeldBatch batch);
}
