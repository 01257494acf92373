package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The view of a channel as a [BlockingQueue].
final class ChannelQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {
  /* The user's equals, predicates, comparator and collections never run while a lock is held or takers
   * are held off. So a method that looks at the middle walks beside all other threads, or works on a
   * snapshot, and one that removes from the middle finds the element again by its number. */

  private final AbstractChannel<E> channel;

  ChannelQueue(AbstractChannel<E> channel) {
    this.channel = channel;
  }

  private static Duration duration(long timeout, TimeUnit unit) {
    return Duration.ofNanos(notNull(unit, "unit").toNanos(timeout)); // saturates
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
    return BatchPut.addAll(channel, c);
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
    return channel.interior().peek();
  }

  @Override
  public int size() {
    return channel.size();
  }

  @Override
  public int remainingCapacity() {
    int capacity = channel.capacity();
    return capacity == Integer.MAX_VALUE ? capacity : Math.max(0, capacity - channel.size());
  }

  @Override
  public int drainTo(Collection<? super E> c) {
    return drainTo(c, Integer.MAX_VALUE);
  }

  @Override
  public int drainTo(Collection<? super E> c, int maxElements) {
    notThis(c);
    return maxElements <= 0 ? 0 : BatchTake.drainTo(channel, c, maxElements);
  }

  @Override
  public void clear() {
    channel.interior().discard();
  }

  @Override
  public boolean contains(@Nullable Object o) {
    return o != null && channel.interior().search(o, false);
  }

  @Override
  public boolean remove(@Nullable Object o) {
    return o != null && channel.interior().search(o, true);
  }

  @Override
  public boolean removeIf(Predicate<? super E> filter) {
    notNull(filter, "filter");
    Snapshot snapshot = channel.interior().snapshot();
    BitSet unwanted = new BitSet();
    for (int i = 0; i < snapshot.size(); i++) {
      if (filter.test(channel.element(notNull(snapshot.elements[i], "element")))) {
        unwanted.set(i);
      }
    }
    boolean removed = false;
    for (int i = unwanted.nextSetBit(0); i >= 0; i = unwanted.nextSetBit(i + 1)) {
      removed |= snapshot.remove(i);
    }
    return removed;
  }

  @Override
  public boolean removeAll(Collection<?> c) {
    notNull(c, "c");
    return removeIf(c::contains);
  }

  @Override
  public boolean retainAll(Collection<?> c) {
    notNull(c, "c");
    return removeIf(e -> !c.contains(e));
  }

  @Override
  @SuppressWarnings("NullAway") // a snapshot has no gaps
  public Object[] toArray() {
    return channel.interior().snapshot().elements;
  }

  @Override
  @SuppressWarnings("NullAway") // the element after the last is null, as Collection says
  public <T> T[] toArray(T[] a) {
    return Arrays.asList(channel.interior().snapshot().elements).toArray(notNull(a, "a"));
  }

  @Override
  public String toString() {
    try {
      return super.toString();
    } catch (UnsupportedOperationException _) { // to log a queue must not depend on its shape
      return channel.toString();
    }
  }

  @Override
  public Iterator<E> iterator() {
    return new SnapshotIterator<>(channel);
  }

  @Override
  public Spliterator<E> spliterator() {
    channel.interior().checkWhole();
    return new SnapshotSpliterator<>(channel);
  }
}
