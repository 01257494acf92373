package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// The elements that a channel held at one moment, in the order of taking, and where each of them
/// was.
abstract class Snapshot {
  final @Nullable Object[] elements;

  /// The number by which the channel finds each element again.
  final long[] places;

  Snapshot(@Nullable Object[] elements, long[] places) {
    this.elements = elements;
    this.places = places;
  }

  /// Removes the element with this index from the channel; false if it is gone. Must not remove
  /// another element, even if that is the same object put a second time.
  abstract boolean remove(int index);

  final int size() {
    return elements.length;
  }

  /// Returns the index of the first equal element, or -1.
  final int find(Object o, int from) {
    return find(o, from, elements.length);
  }

  /// Returns the index of the first equal element before an end, or -1.
  final int find(Object o, int from, int end) {
    for (int i = from; i < end; i++) {
      if (o.equals(elements[i])) {
        return i;
      }
    }
    return -1;
  }
}
