package dev.tandem.queues;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// An iterator that takes its elements from a channel.
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
    E element = hasNext() ? next : null;
    if (element == null) {
      throw new NoSuchElementException("channel '" + channel.name() + "' is closed and empty");
    }
    next = null;
    return element;
  }

  Stream<E> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
