package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// Elements that a receiver which may refuse them is being given, one after the other.
///
/// Until the receiver has accepted an element, the element counts as one that the channel holds: it
/// takes up room, and the channel does not end. [ChannelSteps#hold(HeldBatch)] fills the batch,
/// [ChannelSteps#settle(HeldBatch)] ends it: what was accepted is taken, the rest goes back in its
/// place.
final class HeldBatch {
  final @Nullable Object[] elements;
  final long[] numbers;

  /// How many elements fit.
  private int limit;

  /// How many elements were held.
  int count;

  /// The index of the first one that was neither accepted nor, once it is back, taken.
  int next;

  /// The next batch with elements that went back.
  @Nullable HeldBatch following;

  HeldBatch(int size) {
    elements = new Object[size];
    numbers = new long[size];
    limit = size;
  }

  /// Prepares this for other elements, when nothing is left in it.
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

  /// Notes that the next element was accepted, or taken.
  void pass() {
    elements[next++] = null;
  }

  int left() {
    return count - next;
  }
}
