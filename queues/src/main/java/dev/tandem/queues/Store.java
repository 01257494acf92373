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

  /// Removes an element of a snapshot; false if it is gone.
  boolean remove(Held held);

  /// Removes all elements, whatever the user's order does.
  List<Held> clear();
}
