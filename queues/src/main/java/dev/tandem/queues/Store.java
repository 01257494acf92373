package dev.tandem.queues;

import org.jspecify.annotations.Nullable;

/// What a [LockedChannel] keeps its elements in. Used under the channel's lock; a copy is its
/// maker's own. Each element has a number that is never used again.
interface Store<E> {
  void add(E e);

  /// Removes and returns the next element; null if there is none.
  @Nullable E remove();

  @Nullable E peek();

  /// Returns the number of the next element; there is one.
  long number();

  /// Returns where the next element is kept, a hint for [#remove(long, int)]; there is one.
  int slot();

  /// Returns how many elements there are, without those on hold.
  int size();

  /// Removes the next element, but keeps room for it, so that it can go back without an allocation.
  @Nullable E hold();

  /// Returns how many elements are on hold.
  int held();

  /// Puts an element that was on hold back in its place, whatever the user's order does.
  void restore(E e, long number);

  /// Ends the hold of elements that stay away.
  void release(int count);

  /// Returns elements of which the first few are near the head: as many as there are, or as fit.
  /// Runs no code of the user's.
  int look(@Nullable Object[] some, long[] numbers, int[] slots);

  /// Returns a copy without what is on hold. Runs no code of the user's.
  Store<E> copy();

  /// Removes an element from the middle; false if it is gone.
  boolean remove(long number, int slot);

  /// Removes all elements but those on hold. Runs no code of the user's.
  void clear();
}
