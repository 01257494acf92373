package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// A walk over the places of a [WalkedChannel], with sequence numbers that never decrease.
interface Walk {
  /// The element with this number, which was claimed by a putter; null if that has not finished or
  /// the element is taken.
  @Nullable Object get(long sequence);

  /// Replaces the element that was got last: takers are held off, or it is the caller's.
  void set(long sequence, @Nullable Object element);
}
