package dev.tandem.queues;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Iterates by taking.
final class TakingIterator<E> implements Iterator<E> {
  private final AbstractChannel<E> channel;
  private @Nullable E next;

  TakingIterator(AbstractChannel<E> channel) {
    this.channel = channel;
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      try {
        next = channel.takeOrEnd();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new CancellationException(
            "interrupted while waiting for an element of channel '" + channel.name() + "'");
      }
    }
    return next != null;
  }

  @Override
  public E next() {
    E e = hasNext() ? next : null;
    if (e == null) {
      throw new NoSuchElementException("channel '" + channel.name() + "' is closed and empty");
    }
    next = null;
    return e;
  }
}
