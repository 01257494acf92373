package dev.tandem.queues;

import java.util.List;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// A bounded channel for one producer, which alone closes it, and one consumer.
final class ProducerClosedChannel<E> extends BufferedChannel<E> implements Interior<E> {
  /* Inside is JCTools' single-producer single-consumer queue, whose put is a release store. Here
   * closing needs no more: the producer sets `closed` after its last put, so a consumer that sees it
   * and then finds the queue empty has seen everything.
   *
   * Waiting has no fence either. After a put the producer looks whether the consumer waits, but the
   * processor may do that look before the put is visible, while the consumer, which joined the list
   * and looked again, does not see the element. So a wake-up can be missed, and a parked thread
   * looks by itself after 0.1 ms, 0.2 ms ... 0.1 s: the backstop. The first of these finds what was
   * missed, so the later ones only keep the cost of an idle thread near nothing.
   *
   * Waking the producer for each element taken would cost two context switches for each. It is woken
   * when a quarter of the capacity has been taken, and when the consumer itself has to wait. */

  private static final long FIRST_BACKSTOP_NANOS = 100_000;
  private static final int DOUBLINGS = 10;

  private final SpscVarHandleArrayQueue<E> queue;
  private final int capacity;
  private final int quarter;

  /// Whether the capacity is less than the number of elements that fit into the queue.
  private final boolean counts;

  /// If so, the first number that is too high for a put. Thread: producer.
  private long limit;

  /// Whether the consumer has failed.
  private volatile boolean abandoned;

  private volatile boolean closed;

  ProducerClosedChannel(int capacity, ChannelOptions<E> options) {
    super(options);
    this.capacity = capacity;
    this.queue = new SpscVarHandleArrayQueue<>(capacity);
    this.quarter = Integer.highestOneBit(Math.max(1, capacity / 4));
    this.counts = capacity != queue.capacity();
    this.limit = capacity;
  }

  private boolean fits() {
    long next = queue.currentProducerIndex();
    if (next >= limit) {
      limit = queue.currentConsumerIndex() + capacity;
    }
    return next < limit;
  }

  @Override
  int tryPut(E e) {
    if (isClosed()) {
      return CLOSED;
    }
    if ((counts && !fits()) || !queue.offer(e)) {
      return FULL;
    }
    if (!takers.isEmpty()) {
      try {
        wakeTakers(1);
      } catch (Throwable _) {
        takersOwed = true; // and there is the backstop
      }
    }
    return PUT;
  }

  @Override
  @Nullable Object tryTake() {
    E element = queue.poll();
    if (element == null) {
      if (!closed) {
        if (!putters.isEmpty()) {
          wakePutter();
        }
        return null;
      }
      element = queue.poll(); // put before the close
      return element == null ? END : element;
    }
    if (!putters.isEmpty()) {
      try {
        if ((queue.currentConsumerIndex() & (quarter - 1)) == 0) {
          wakePutter();
        }
      } catch (Throwable _) {
        puttersOwed = true; // and there is the backstop
      }
    }
    return element;
  }

  @Override
  boolean armTake() {
    return !canTake();
  }

  @Override
  boolean armPut(boolean exact) {
    return !canPut();
  }

  @Override
  void rearmTake() {
    // there is no flag: the producer looks at the list
  }

  @Override
  void rearmPut(boolean exact) {
    // there is no flag: the consumer looks at the list
  }

  @Override
  boolean canTake() {
    return closed || size() > 0;
  }

  @Override
  boolean canPut() {
    return isClosed() || size() < capacity;
  }

  @Override
  long longestPark(int round) {
    return FIRST_BACKSTOP_NANOS << Math.min(round, DOUBLINGS);
  }

  @Override
  public void close() {
    checkProducer();
    super.close();
  }

  @Override
  public void closeExceptionally(Throwable cause) {
    checkProducer();
    super.closeExceptionally(cause);
  }

  @Override
  void setClosed() {
    closed = true;
  }

  /// Makes the next put of the producer fail, because the consumer may not close.
  @Override
  void consumerFailed(Throwable cause) {
    setCause(cause);
    abandoned = true;
    wakeAll();
    wakeDone();
  }

  @Override
  public List<E> closeNow() {
    checkConsumer();
    if (!closed) {
      throw new UnsupportedOperationException(
          "closeNow on channel '%s': its producer has not closed it yet, and nobody else can, because it was made withCloseByProducer"
              .formatted(name()));
    }
    return super.closeNow();
  }

  /// Returns whether the channel is closed for puts.
  @Override
  public boolean isClosed() {
    return closed || abandoned;
  }

  /// Not true before the producer has closed: until then a put may be on its way.
  @Override
  public boolean isDrained() {
    return closed && size() == 0;
  }

  @Override
  long puts() {
    return queue.currentProducerIndex();
  }

  @Override
  long takes() {
    return queue.currentConsumerIndex();
  }

  @Override
  public int size() {
    return queue.size();
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  Interior<E> interior() {
    return this;
  }

  @Override
  public @Nullable E peek() {
    return queue.peek();
  }

  @Override
  public void checkWhole() {
    throw onlyHead();
  }

  @Override
  public Snapshot snapshot() {
    throw onlyHead();
  }

  @Override
  public boolean search(Object wanted, boolean remove) {
    throw onlyHead();
  }

  @Override
  public void discard() {
    BatchTake.discard(this);
  }

  /// No other thread takes, so an element that is held stays where it is.
  @Override
  public void hold(HeldBatch batch) {
    E element = queue.peek();
    if (element == null && closed) {
      element = queue.peek(); // put before the close
    }
    if (element != null) {
      batch.add(element, queue.currentConsumerIndex());
    }
  }

  @Override
  public void settle(HeldBatch batch) {
    // The receiver itself may have taken it.
    if (batch.next > 0 && queue.currentConsumerIndex() == batch.numbers[0]) {
      var _ = tryTake();
    }
  }

  private UnsupportedOperationException onlyHead() {
    return new UnsupportedOperationException(
        "channel '%s' was made withCloseByProducer: only the head of its queue can be looked at or removed, and only by its consumer"
            .formatted(name()));
  }
}
