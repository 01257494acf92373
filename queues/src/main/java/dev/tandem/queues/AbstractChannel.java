package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNull;

import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.LiveChannel;
import dev.tandem.queues.internal.Steps;
import dev.tandem.queues.internal.Waiter;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The public methods of every channel, built on the steps of its shape.
abstract class AbstractChannel<E> implements Channel<E>, LiveChannel {
  /// Results of a put step. A step that puts several elements returns their number, not PUT.
  static final int PUT = Steps.PUT;

  static final int FULL = Steps.FULL;
  static final int CLOSED = Steps.CLOSED;

  /// The result of a take step at the end of the channel.
  static final Object END = new Object();

  /// The most elements that a batch moves in one step: while they are claimed, other threads wait.
  static final int BATCH = 64;

  private final String name;
  private final @Nullable Consumer<? super E> undelivered;
  private final @Nullable ThreadOwner producer;
  private final @Nullable ThreadOwner consumer;
  final DoneCount done = new DoneCount(this);
  private final Ending ending;

  AbstractChannel(ChannelOptions<E> options) {
    name = options.name();
    ending = new Ending(name);
    undelivered = options.undelivered();
    producer = options.producer();
    consumer = options.consumer();
  }

  // ---- steps of a shape: none of them waits

  /// Puts an element if there is room, and wakes a taker that waits. Returns PUT, FULL or CLOSED.
  abstract int tryPut(E element);

  /// Puts the elements from an index on, as many as there is room for. Returns their number, FULL
  /// or CLOSED.
  abstract int tryPutAll(@Nullable Object[] elements, int from);

  /// Takes the next element, and wakes a putter if that pays. Returns the element, null or END.
  abstract @Nullable Object tryTake();

  /// Takes up to `max` elements into the buffer. Returns their number, or CLOSED at the end.
  abstract int tryTakeAll(@Nullable Object[] buffer, int max);

  /// Sets the closed bit, the first step of a close.
  abstract void setClosed();

  /// Wakes all threads that wait, the second step of a close.
  abstract void wakeAll();

  // ---- waits of a shape

  /// Waits until the element is put (PUT), the channel is closed (CLOSED) or the deadline has
  /// passed (FULL).
  abstract int awaitPut(E element, Deadline deadline) throws InterruptedException;

  /// Waits until there is an element, the end (END), or the deadline has passed (null).
  abstract @Nullable Object awaitTake(Deadline deadline) throws InterruptedException;

  /// Lists a select that waits to put; false if it need not wait.
  abstract boolean joinPut(Waiter waiter);

  /// Lists a select that waits to take; false if it need not wait.
  abstract boolean joinTake(Waiter waiter);

  /// Removes a putter from the list. A putter that a waker had claimed passes the wake-up on.
  abstract void leavePut(Waiter waiter);

  /// Removes a taker from the list. A taker that a waker had claimed passes the wake-up on.
  abstract void leaveTake(Waiter waiter);

  /// Returns the lock under which a putter and a taker meet, or null if the channel holds elements:
  /// then a wake-up of a select is a hint to try again, and not the hand-over itself.
  @Nullable MeetingLock meetingLock() {
    return null;
  }

  /// Returns the nanoseconds after which a parked thread must look again without a wake-up.
  long longestPark(int round) {
    return Long.MAX_VALUE;
  }

  // ---- figures of a shape

  /// Returns how many elements could be taken now.
  int atHand() {
    return size();
  }

  abstract long puts();

  abstract long takes();

  abstract long putParks();

  abstract long takeParks();

  /// Returns the elements as the queue view sees them.
  abstract Interior<E> interior();

  // ---- putting

  @Override
  public final void put(E element) throws InterruptedException {
    notNull(element, "element");
    enterPut();
    int result = tryPut(element);
    var _ = accepted(result == FULL ? awaitPut(element, Deadline.NEVER) : result);
  }

  @Override
  public final boolean offer(E element) {
    notNull(element, "element");
    checkProducer();
    return accepted(tryPut(element));
  }

  @Override
  public final boolean offer(E element, Duration duration) throws InterruptedException {
    notNull(element, "element");
    notNull(duration, "duration");
    enterPut();
    int result = tryPut(element);
    boolean wait = result == FULL && duration.isPositive();
    return accepted(wait ? awaitPut(element, Deadline.in(duration)) : result);
  }

  private boolean accepted(int result) {
    if (result == CLOSED) {
      throw closed("the element was not put");
    }
    return result == PUT;
  }

  @Override
  public final void putAll(Collection<? extends E> elements) throws InterruptedException {
    BatchPut.putAll(this, elements);
  }

  final void enterPut() throws InterruptedException {
    checkProducer();
    checkInterrupt();
  }

  final void checkProducer() {
    if (producer != null) {
      producer.check();
    }
  }

  static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  // ---- taking

  @Override
  public final E take() throws InterruptedException {
    return element(next());
  }

  @Override
  public final @Nullable E poll() {
    Object result = nextNow();
    return result == null ? null : element(result);
  }

  @Override
  public final @Nullable E poll(Duration duration) throws InterruptedException {
    Object result = nextWithin(notNull(duration, "duration"));
    return result == null ? null : element(result);
  }

  /// Returns the next element or END.
  private Object next() throws InterruptedException {
    enterTake();
    Object result = tryTake();
    return notNull(result == null ? awaitTake(Deadline.NEVER) : result, "element");
  }

  /// Returns the next element, null or END.
  final @Nullable Object nextNow() {
    checkConsumer();
    return tryTake();
  }

  /// Returns the next element, null or END.
  final @Nullable Object nextWithin(Duration duration) throws InterruptedException {
    enterTake();
    Object result = tryTake();
    return result == null && duration.isPositive() ? awaitTake(Deadline.in(duration)) : result;
  }

  /// Returns the next element, or null at the end of a channel that was closed without a cause.
  final @Nullable E takeOrEnd() throws InterruptedException {
    Object result = next();
    return result == END && cause() == null ? null : element(result);
  }

  /// Returns the element, or null for null and END.
  final @Nullable E elementOrNull(@Nullable Object result) {
    return result == null || result == END ? null : element(result);
  }

  /// Returns the element. Throws for END.
  @SuppressWarnings("unchecked") // only E is put
  final E element(Object result) {
    if (result == END) {
      throw closed("there is nothing left to take");
    }
    return (E) result;
  }

  @Override
  public final int drain(Consumer<? super E> action, int max) {
    return BatchTake.drain(this, action, max);
  }

  @Override
  public final int drain(Consumer<? super E> action, int max, Duration duration)
      throws InterruptedException {
    return BatchTake.drain(this, action, max, duration);
  }

  private void enterTake() throws InterruptedException {
    checkConsumer();
    checkInterrupt();
  }

  final void checkConsumer() {
    if (consumer != null) {
      consumer.check();
    }
  }

  // ---- closing

  @Override
  public void close() {
    setCause(null);
    end();
  }

  @Override
  public void closeExceptionally(Throwable cause) {
    setCause(notNull(cause, "cause"));
    end();
  }

  /// Sets the cause unless an earlier close has decided on it.
  final void setCause(@Nullable Throwable cause) {
    ending.decide(cause, this);
  }

  /// Also run by a later close, so that the channel is closed when that returns.
  private void end() {
    setClosed();
    wakeAll();
    wakeDone();
  }

  /// Wakes the threads in `awaitDone` if they can go on.
  final void wakeDone() {
    done.wake();
  }

  @Override
  public List<E> closeNow() {
    setCause(null);
    end();
    return BatchTake.rest(this, done, undelivered);
  }

  /// Takes the elements that are left after a close.
  void takeRest(List<E> left) {
    Object result;
    // null: a receiver is being given an element that it may refuse, and then it stays in
    while ((result = tryTake()) != null && result != END) {
      left.add(element(result));
    }
  }

  @Override
  public boolean isDrained() {
    return isClosed() && size() == 0;
  }

  final @Nullable Throwable cause() {
    return ending.cause();
  }

  final ChannelClosedException closed(String consequence) {
    return ending.exception(consequence, 0);
  }

  final ChannelClosedException closed(String consequence, int acceptedCount) {
    return ending.exception(consequence, acceptedCount);
  }

  // ---- the rest is built on the above

  @Override
  public final void awaitDone() throws InterruptedException {
    done.await(Deadline.NEVER);
  }

  @Override
  public final boolean awaitDone(Duration duration) throws InterruptedException {
    return done.await(Deadline.in(notNull(duration, "duration")));
  }

  @Override
  public final void taskDone() {
    done.one();
  }

  @Override
  public final Callable<Void> producer(ChannelBody<Sink<E>> body) {
    return BodyCalls.producer(this, notNull(body, "body"));
  }

  @Override
  public final Callable<Void> consumer(ChannelBody<Source<E>> body) {
    return BodyCalls.consumer(this, notNull(body, "body"));
  }

  /// Closes the channel after the body of a consumer has failed.
  void consumerFailed(Throwable cause) {
    closeExceptionally(cause);
  }

  @Override
  public final Iterator<E> iterator() {
    return new TakingIterator<>(this);
  }

  @Override
  public final Stream<E> stream() {
    return new TakingIterator<>(this).stream();
  }

  @Override
  public final <R> Select.Clause<R> onPut(E element, Supplier<? extends R> then) {
    return new PutClause<>(this, notNull(element, "element"), _ -> {}, notNull(then, "then"));
  }

  @Override
  public final <R> Select.Clause<R> onTake(Function<? super E, ? extends R> then) {
    return new TakeClause<>(this, notNull(then, "then"));
  }

  @Override
  public final BlockingQueue<E> asBlockingQueue() {
    return new ChannelQueue<>(this);
  }

  @Override
  public final ChannelStats stats() {
    return new ChannelStatsSnapshot(
        name, capacity(), size(), puts(), takes(), putParks(), takeParks(), isClosed());
  }

  /// Counts elements that were taken and dealt with where no `taskDone` is called.
  final void doneElsewhere(int count) {
    done.handedBack(count);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String toString() {
    String fill = size() + " of " + capacity();
    return "Channel[" + name + ", " + fill + (isClosed() ? ", closed]" : "]");
  }
}
