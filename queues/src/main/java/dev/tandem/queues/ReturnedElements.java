package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// The elements of a [WalkedChannel] that were held and then refused, in the order of their
/// numbers. They are taken before all others. Used while takers are held off.
final class ReturnedElements {
  private @Nullable HeldBatch first;

  /// Returns the first element, which stays here, or null.
  @Nullable Object peek() {
    while (first != null) {
      if (first.left() == 0) {
        first = first.following;
      } else if (first.elements[first.next] == null) {
        first.next++; // removed
      } else {
        return first.elements[first.next];
      }
    }
    return null;
  }

  /// Returns the number of the first element; there is one.
  long number() {
    HeldBatch batch = Checks.notNull(first, "first");
    return batch.numbers[batch.next];
  }

  /// Drops the first element; there is one.
  void pass() {
    Checks.notNull(first, "first").pass();
  }

  /// Adds what is left in a batch, in the order of the numbers.
  void add(HeldBatch batch) {
    long number = batch.numbers[batch.next];
    HeldBatch before = null;
    HeldBatch after = first;
    while (after != null && after.left() > 0 && after.numbers[after.next] < number) {
      before = after;
      after = after.following;
    }
    batch.following = after;
    if (before == null) {
      first = batch;
    } else {
      before.following = batch;
    }
  }

  /// Removes an element; false if it is not here any more.
  boolean remove(long number, Object element) {
    for (HeldBatch batch = first; batch != null; batch = batch.following) {
      for (int i = batch.next; i < batch.count; i++) {
        if (batch.numbers[i] == number && batch.elements[i] == element) {
          batch.elements[i] = null;
          return true;
        }
      }
    }
    return false;
  }

  /// Copies the elements and their numbers, each as its complement, to the beginning of the arrays.
  /// Returns how many there are.
  int copyTo(@Nullable Object[] elements, long[] places) {
    int copied = 0;
    for (HeldBatch batch = first; batch != null; batch = batch.following) {
      for (int i = batch.next; i < batch.count; i++) {
        if (batch.elements[i] != null) {
          elements[copied] = batch.elements[i];
          places[copied++] = ~batch.numbers[i];
        }
      }
    }
    return copied;
  }
}
