package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// The elements of a [LockedChannel], in its order. Used under the channel's lock; a copy is used
/// by the thread that made it alone. Each element has a number that is never used again.
abstract class Store<E> {
  private int held;

  abstract void add(E element);

  /// Removes and returns the next element; null if there is none.
  abstract @Nullable E remove();

  /// Returns the next element, which stays; null if there is none.
  abstract @Nullable E peek();

  /// Returns the number of the next element; there is one.
  abstract long number();

  /// Returns the slot of the next element, a hint for [#remove(long, int)]; there is one.
  abstract int slot();

  /// Returns how many elements there are, without those on hold.
  abstract int size();

  /// Removes the next element, but keeps room for it, so that it can go back without an allocation.
  final @Nullable E hold() {
    E element = remove();
    held += element == null ? 0 : 1;
    return element;
  }

  /// Returns how many elements are on hold.
  final int held() {
    return held;
  }

  /// Puts an element that was on hold back in its place. Must not fail if the user's order does.
  final void restore(E element, long number) {
    held--;
    insert(element, number);
  }

  /// Inserts an element with an earlier number, for which there is room.
  abstract void insert(E element, long number);

  /// Ends the hold of elements that stay away.
  final void release(int count) {
    held -= count;
  }

  /// Copies elements of which the first few are near the head: as many as there are, or as fit.
  /// Returns how many. Runs no code of the user.
  abstract int look(@Nullable Object[] some, long[] numbers, int[] slots);

  /// Returns a copy without the elements on hold. Runs no code of the user.
  abstract Store<E> copy();

  /// Removes an element from the middle; false if it is not there any more.
  abstract boolean remove(long number, int slot);

  /// Removes all elements but those on hold. Runs no code of the user.
  abstract void clear();
}
