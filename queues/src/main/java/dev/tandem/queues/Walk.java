package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// A walk over the places of a [WalkedChannel], by sequence numbers.
interface Walk {
  /// The element with this number, which was claimed by a putter; null if that has not finished or
  /// the element is taken.
  @Nullable Object get(long sequence);

  /// Replaces the element with this number, which is there: takers are held off.
  void set(long sequence, @Nullable Object element);
}
