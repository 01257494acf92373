package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// A cursor over the slots of a [WalkedChannel], by sequence numbers.
interface Walk {
  /// Returns the element with this number, which a putter has claimed; null if the putter has not
  /// finished, or the element is taken.
  @Nullable Object get(long sequence);

  /// Replaces the element with this number, which is there, while takers are held off.
  void set(long sequence, @Nullable Object element);
}
