package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// Elements that are given, one after the other, to a receiver that may refuse them.
///
/// Until the receiver has accepted an element, the element counts as one that the channel holds: it
/// takes up room, and the channel does not end. [Interior#hold(HeldBatch)] fills the batch,
/// [Interior#settle(HeldBatch)] ends it: the accepted elements are taken, the rest goes back to its
/// place.
final class HeldBatch {
  final @Nullable Object[] elements;
  final long[] numbers;

  /// The number of elements that fit.
  private int limit;

  /// The number of elements that were held.
  int count;

  /// The index of the first element that was neither accepted nor, after its return, taken.
  int next;

  /// The next batch with returned elements.
  @Nullable HeldBatch following;

  HeldBatch(int size) {
    elements = new Object[size];
    numbers = new long[size];
    limit = size;
  }

  /// Prepares an empty batch for other elements.
  void reset(int most) {
    limit = Math.min(most, elements.length);
    count = 0;
    next = 0;
  }

  boolean isFull() {
    return count == limit;
  }

  void add(Object element, long number) {
    elements[count] = element;
    numbers[count++] = number;
  }

  /// Drops the next element, which was accepted or taken.
  void pass() {
    elements[next++] = null;
  }

  int left() {
    return count - next;
  }
}
