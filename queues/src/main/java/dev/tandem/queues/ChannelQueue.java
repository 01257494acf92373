package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A channel as a [BlockingQueue].
final class ChannelQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {
  /* What looks at the middle works on a snapshot, so that the user's equals and predicates never run
   * while takers are held off. What removes from the middle finds the element again by reference. */

  private final AbstractChannel<E> channel;

  ChannelQueue(AbstractChannel<E> channel) {
    this.channel = channel;
  }

  private static Duration duration(long timeout, TimeUnit unit) {
    return Duration.ofNanos(notNull(unit, "unit").toNanos(timeout)); // the longest if it is longer
  }

  @Override
  public void put(E e) throws InterruptedException {
    channel.put(e);
  }

  @Override
  public boolean offer(E e) {
    return channel.offer(e);
  }

  @Override
  public boolean offer(E e, long timeout, TimeUnit unit) throws InterruptedException {
    return channel.offer(e, duration(timeout, unit));
  }

  @Override
  public boolean add(E e) {
    if (!channel.offer(e)) {
      throw new IllegalStateException("channel '" + channel.name() + "' is full");
    }
    return true;
  }

  @Override
  public boolean addAll(Collection<? extends E> c) {
    notThis(c);
    return super.addAll(c);
  }

  private void notThis(Collection<?> c) {
    if (notNull(c, "c") instanceof ChannelQueue<?> queue && queue.channel == channel) {
      throw new IllegalArgumentException("c: this queue (expected: another collection)");
    }
  }

  @Override
  public E take() throws InterruptedException {
    return channel.take();
  }

  @Override
  public @Nullable E poll() {
    return channel.elementOrNull(channel.nextNow());
  }

  @Override
  public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
    return channel.elementOrNull(channel.nextWithin(duration(timeout, unit)));
  }

  @Override
  public @Nullable E peek() {
    return channel.peek();
  }

  @Override
  public int size() {
    return channel.size();
  }

  @Override
  public int remainingCapacity() {
    int capacity = channel.capacity();
    return capacity == Integer.MAX_VALUE ? capacity : capacity - channel.size();
  }

  @Override
  public int drainTo(Collection<? super E> c) {
    return drainTo(c, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super E> c, int maxElements) {
    notThis(c);
    try {
      return maxElements <= 0 ? 0 : Math.max(0, channel.drainBatches(c::add, maxElements));
    } catch (Failures.Several several) { // callers of a queue expect what add throws
      throw Failures.unchecked(Checks.notNull(several.getCause(), "cause"));
    }
  }

  @Override
  public void clear() {
    if (channel.size() > 0) { // a rendezvous has none, although putters may wait
      channel.drainBatches(_ -> {}, Integer.MAX_VALUE);
    }
  }

  @Override
  public boolean remove(@Nullable Object o) {
    if (o != null) {
      for (Held held : channel.snapshot()) {
        if (o.equals(held.element()) && channel.remove(held)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public String toString() {
    try {
      return super.toString();
    } catch (UnsupportedOperationException _) { // who logs a queue should not need to know its kind
      return channel.toString();
    }
  }

  @Override
  public Iterator<E> iterator() {
    return new SnapshotIterator<>(channel);
  }

  @Override
  public Spliterator<E> spliterator() {
    // Collection's own takes the size and the iterator one after the other: they may not fit
    return Spliterators.spliteratorUnknownSize(
        iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
  }
}
