package dev.tandem.queues;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// An iterator over the elements that were in a channel when it was made; it removes an element if
/// that is still there.
final class SnapshotIterator<E> implements Iterator<E> {
  private final AbstractChannel<E> channel;
  private final Snapshot snapshot;
  private int next;
  private boolean removable;

  SnapshotIterator(AbstractChannel<E> channel) {
    this.channel = channel;
    this.snapshot = channel.interior().snapshot();
  }

  @Override
  public boolean hasNext() {
    return next < snapshot.size();
  }

  @Override
  public E next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the iterator is at its end");
    }
    removable = true;
    return channel.element(Checks.notNull(snapshot.elements[next++], "element"));
  }

  @Override
  public void remove() {
    if (!removable) {
      throw new IllegalStateException("next() was not called since the last remove()");
    }
    removable = false;

    snapshot.remove(next - 1);
  }
}
