package dev.tandem.queues;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [LockedChannel] keeps its elements in. Used under the channel's lock.
interface Store<E> {
  void add(E e);

  /// Removes and returns the next element; null if there is none.
  @Nullable E remove();

  @Nullable E peek();

  int size();

  List<Held> snapshot();

  /// Removes an element that a snapshot had at a place; false if it is gone.
  boolean remove(Object element, long place);

  /// Removes all elements, whatever the user's order does.
  List<Held> clear();
}
