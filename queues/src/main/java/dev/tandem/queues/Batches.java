package dev.tandem.queues;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// An iterator over batches of elements that it takes from a channel.
///
/// What ends a batch early, a close, an interrupt or an element that cannot be had, is told after
/// the batch: its elements are taken already.
final class Batches<E> implements Iterator<List<E>> {
  private final Source<E> source;
  private final Iterator<E> elements;
  private final int max;
  private final long waitNanos;
  private @Nullable List<E> next;
  private @Nullable Throwable failure;

  Batches(Source<E> source, int max, Duration wait) {
    this.source = source;
    this.max = Checks.positive(max, "max");
    this.waitNanos = TimeUnit.NANOSECONDS.convert(Checks.notNull(wait, "wait"));
    this.elements = source.iterator();
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      throwFailure();
      if (elements.hasNext()) {
        next = gather(elements.next());
      }
    }
    return next != null;
  }

  private List<E> gather(E first) {
    long start = System.nanoTime();
    List<E> batch = new ArrayList<>();
    batch.add(first);
    try {
      boolean more = true;
      while (more && batch.size() < max) {
        if (source.drain(batch::add, max - batch.size()) == 0) {
          long left = waitNanos - (System.nanoTime() - start);
          E element = left > 0 ? source.poll(Duration.ofNanos(left)) : null;
          more = element != null && batch.add(element);
        }
      }
    } catch (ChannelClosedException _) {
      // its end is found again after this batch
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // for the next wait
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    return batch;
  }

  private void throwFailure() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
  }

  @Override
  public List<E> next() {
    List<E> batch = hasNext() ? next : null;
    if (batch == null) {
      throw new NoSuchElementException("the channel is closed and empty");
    }
    next = null;
    return batch;
  }

  Stream<List<E>> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }
}
