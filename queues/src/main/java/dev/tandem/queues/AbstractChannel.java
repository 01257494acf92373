package dev.tandem.queues;

import static dev.tandem.queues.Checks.notNegative;
import static dev.tandem.queues.Checks.notNull;

import dev.tandem.queues.internal.Deadline;
import dev.tandem.queues.internal.StackProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What all channels have in common, built on their steps.
abstract class AbstractChannel<E> extends ChannelSteps<E> {
  private final String name;
  private final @Nullable Consumer<? super E> undelivered;
  private final @Nullable ThreadOwner producer;
  private final @Nullable ThreadOwner consumer;
  private final DoneCount done = new DoneCount(this);
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

  /// How the channel was closed; the first one counts.
  private record Ending(@Nullable Throwable cause) {}

  AbstractChannel(ChannelOptions<E> options) {
    name = options.name();
    undelivered = options.undelivered();
    producer = options.producer();
    consumer = options.consumer();
  }

  // ---- putting

  @Override
  public final void put(E e) throws InterruptedException {
    notNull(e, "e");
    enterPut();
    int result = tryPut(e);
    if (result == FULL) {
      result = awaitPut(e, Deadline.NEVER);
    }
    if (result == CLOSED) {
      throw closed("the element was not put");
    }
  }

  @Override
  public final boolean offer(E e) {
    notNull(e, "e");
    checkProducer();
    int result = tryPut(e);
    if (result == CLOSED) {
      throw closed("the element was not put");
    }
    return result == PUT;
  }

  @Override
  public final boolean offer(E e, Duration d) throws InterruptedException {
    notNull(e, "e");
    notNull(d, "d");
    enterPut();
    int result = tryPut(e);
    if (result == FULL && d.isPositive()) {
      result = awaitPut(e, Deadline.in(d));
    }
    if (result == CLOSED) {
      throw closed("the element was not put");
    }
    return result == PUT;
  }

  @Override
  public final int putAll(Collection<? extends E> es) throws InterruptedException {
    @Nullable Object[] elements = elementsOf(es);
    int put = 0;
    try {
      while (put < elements.length) {
        enterPut();
        int result = tryPutAll(elements, put);
        if (result == FULL) {
          @SuppressWarnings("unchecked") // it came from es
          E next = (E) notNull(elements[put], "element");
          result = awaitPut(next, Deadline.NEVER);
        }
        if (result == CLOSED) {
          throw closed(BatchPut.text(put, elements.length));
        }
        put += result;
      }
    } catch (ChannelClosedException closed) {
      throw closed;
    } catch (InterruptedException _) {
      throw new InterruptedException(BatchPut.text(put, elements.length));
    } catch (Throwable t) {
      throw BatchPut.failure(put, elements.length, name, t);
    }
    return put;
  }

  private static @Nullable Object[] elementsOf(Collection<?> es) {
    @Nullable Object[] elements = notNull(es, "es").toArray();
    if (es.getClass() != ArrayList.class) {
      elements = elements.clone(); // a collection may keep its array, and change it meanwhile
    }
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] == null) {
        throw new NullPointerException("element " + i + " of es is null");
      }
    }
    return elements;
  }

  private void enterPut() throws InterruptedException {
    checkProducer();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  final void checkProducer() {
    if (producer != null) {
      producer.check();
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
  public final @Nullable E poll(Duration d) throws InterruptedException {
    Object result = nextWithin(notNull(d, "d"));
    return result == null ? null : element(result);
  }

  /// The next element or END.
  private Object next() throws InterruptedException {
    enterTake();
    Object result = tryTake();
    return notNull(result == null ? awaitTake(Deadline.NEVER) : result, "element");
  }

  /// The next element, null or END.
  final @Nullable Object nextNow() {
    checkConsumer();
    return tryTake();
  }

  /// The next element, null or END.
  final @Nullable Object nextWithin(Duration d) throws InterruptedException {
    enterTake();
    Object result = tryTake();
    return result == null && d.isPositive() ? awaitTake(Deadline.in(d)) : result;
  }

  /// The next element, or null at the end of a channel that was closed without a cause.
  final @Nullable E takeOrEnd() throws InterruptedException {
    Object result = next();
    return result == END && cause() == null ? null : element(result);
  }

  /// The element, or null if there is none now or never again.
  final @Nullable E elementOrNull(@Nullable Object result) {
    return result == null || result == END ? null : element(result);
  }

  /// The element, unless it is the end.
  @SuppressWarnings("unchecked") // nothing else is put
  final E element(Object result) {
    if (result == END) {
      throw closed("there is nothing left to take");
    }
    return (E) result;
  }

  @Override
  public final int drain(Consumer<? super E> action, int max) {
    notNull(action, "action");
    int taken = notNegative(max, "max") == 0 ? 0 : drainBatches(action, max);
    if (taken == CLOSED) {
      throw closed("there is nothing left to take");
    }
    return taken;
  }

  @Override
  public final int drain(Consumer<? super E> action, int max, Duration d)
      throws InterruptedException {
    notNull(action, "action");
    notNull(d, "d");
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    int taken = drain(action, max);
    if (taken > 0 || max == 0) {
      return taken;
    }
    E first = poll(d);
    if (first == null) {
      return 0;
    }
    action.accept(first);
    return max == 1 ? 1 : 1 + Math.max(0, drainBatches(action, max - 1));
  }

  /// Drains what is there: how many, or CLOSED if there was only the end.
  final int drainBatches(Consumer<? super E> action, int max) {
    checkConsumer();
    int most = most(max);
    @Nullable Object[] batch = new Object[Math.min(most, BATCH)];
    FirstFailure failures =
        new FirstFailure(); // now: what has been taken must not be lost for want of memory
    int taken = 0;
    while (taken < most) {
      int count = tryTakeAll(batch, Math.min(batch.length, most - taken));
      if (count <= 0) {
        return taken == 0 ? count : taken;
      }
      deliver(batch, count, action, failures);
      taken += count;
    }
    return taken;
  }

  /// Not much more than is there now: what a receiver puts, or others do meanwhile, could keep it
  /// up. A small maximum is bound enough, and spares a look at the putters' word.
  private int most(int max) {
    return max <= BATCH ? max : Math.min(max, Math.max(BATCH, atHand()));
  }

  /// Moves what is there to a collection that may refuse it: how many it accepted.
  final int drainTo(Collection<? super E> target, int max) {
    checkConsumer();
    int most = most(max);
    int moved = 0;
    HeldBatch batch = new HeldBatch(Math.min(most, BATCH));
    while (moved < most) {
      batch.reset(most - moved);
      hold(batch);
      if (batch.count == 0) {
        return moved;
      }
      try {
        while (batch.left() > 0) {
          target.add(element(notNull(batch.elements[batch.next], "element")));
          batch.pass();
        }
      } finally {
        settle(batch);
      }
      moved += batch.count;
    }
    return moved;
  }

  /// {@return this channel, unless only its head can be looked at}
  AbstractChannel<E> checkInterior() {
    return this;
  }

  @Override
  void discard() {
    if (size() > 0) { // a rendezvous has none, although putters may wait
      drainBatches(_ -> {}, Integer.MAX_VALUE);
    }
  }

  /// All of them, because nobody else can get them any more.
  private void deliver(
      @Nullable Object[] batch, int count, Consumer<? super E> action, FirstFailure failures) {
    for (int i = 0; i < count; i++) {
      E e = element(notNull(batch[i], "element"));
      batch[i] = null;
      try {
        action.accept(e);
      } catch (Throwable t) {
        failures.add(t);
      }
    }
    failures.throwIfAny();
  }

  private void enterTake() throws InterruptedException {
    checkConsumer();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
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

  /// The first decides.
  final void setCause(@Nullable Throwable cause) {
    ending.compareAndSet(null, new Ending(cause));
  }

  /// Who is not the first also makes sure that the channel is closed when this returns.
  private void end() {
    setClosed();

    wakeAll();
    wakeDone();
  }

  /// Wakes those who wait for done, if they can go on.
  final void wakeDone() {
    done.wake();
  }

  @Override
  public List<E> closeNow() {
    setCause(null);
    end();
    // Nothing is put any more, so there is room for all before the first is taken: if the memory
    // does not suffice, they stay where they are.
    List<E> left = new ArrayList<>(atHand());
    FirstFailure failures = new FirstFailure();
    StackProbe.check();
    takeRest(left);
    done.handedBack(left.size());
    if (undelivered != null) {
      for (int i = 0; i < left.size(); i++) {
        try {
          undelivered.accept(left.get(i));
        } catch (Throwable t) {
          failures.add(t);
        }
      }
      failures.throwIfAny();
    }
    return left;
  }

  /// Takes what is left after the channel was closed.
  void takeRest(List<E> left) {
    Object result;
    // null: a receiver may refuse what it is being given, and then that stays in the channel
    while ((result = tryTake()) != null && result != END) {
      left.add(element(result));
    }
  }

  @Override
  public boolean isDrained() {
    return isClosed() && size() == 0;
  }

  final @Nullable Throwable cause() {
    Ending how = ending.get();
    return how == null ? null : how.cause;
  }

  final ChannelClosedException closed(String consequence) {
    return new ChannelClosedException("channel '" + name + "' is closed: " + consequence, cause());
  }

  // ---- the rest is built on the above

  @Override
  public final void awaitDone() throws InterruptedException {
    done.await(Deadline.NEVER);
  }

  @Override
  public final boolean awaitDone(Duration d) throws InterruptedException {
    return done.await(Deadline.in(notNull(d, "d")));
  }

  @Override
  public final void done() {
    done.one();
  }

  @Override
  public final Callable<Void> producer(ChannelBody<Sink<E>> body) {
    notNull(body, "body");
    return () -> {
      try {
        body.run(this);
      } catch (Throwable t) {
        closeExceptionally(t);
        throw t;
      }
      close();
      return null;
    };
  }

  @Override
  public final Callable<Void> consumer(ChannelBody<Source<E>> body) {
    notNull(body, "body");
    return () -> {
      try {
        body.run(this);
      } catch (Throwable t) {
        consumerFailed(t);
        throw t;
      }
      return null;
    };
  }

  /// What happens to the channel when a consumer's body failed.
  void consumerFailed(Throwable cause) {
    closeExceptionally(cause);
  }

  @Override
  public final Iterator<E> iterator() {
    return new TakingIterator<>(this);
  }

  @Override
  public final Stream<E> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public final <R> Select.Clause<R> onPut(E e, Supplier<? extends R> then) {
    return new PutClause<>(this, notNull(e, "e"), notNull(then, "then"));
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
    return new ChannelStats(
        name, capacity(), size(), puts(), takes(), putParks(), takeParks(), isClosed());
  }

  final String name() {
    return name;
  }

  @Override
  public final String toString() {
    return "Channel["
        + name
        + ", "
        + size()
        + " of "
        + capacity()
        + (isClosed() ? ", closed]" : "]");
  }
}
