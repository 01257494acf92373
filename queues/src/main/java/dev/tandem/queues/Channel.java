package dev.tandem.queues;

import java.util.Comparator;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A queue between threads that blocks on both ends and can be closed.
///
/// {@snippet file="ChannelSnippetsTest.java" region="pipeline"}
///
/// | made by | order | holds | how |
/// |---|---|---|---|
/// | [#bounded(int)] | first in, first out | exactly `capacity` elements | lock-free |
/// | [#unbounded()] | first in, first out | what memory holds | lock-free |
/// | [#rendezvous()] | first in, first out | nothing: a put waits for a take | a short lock |
/// | [#lifo(int)] | last in, first out | exactly `capacity` elements | a short lock |
/// | [#priority(int, Comparator)] | least first, equal ones as they came | exactly `capacity` elements | a short lock |
///
/// **Closing is exact.** However many threads race: each element whose put returned normally is
/// delivered once or handed back by [#closeNow()], every put after the close throws
/// [ChannelClosedException], and no taker finds the end before such an element.
///
/// **Waiting.** A platform thread spins for some microseconds, a virtual thread for less; then it
/// is parked until it can go on. Only a platform thread that puts into a full channel of four or
/// more elements lets a quarter of it become free first, or 0.2 ms pass, because waking it for each
/// element would cost more than the element. Waiting threads are served in about the order in which
/// they came, without a guarantee: a thread that comes when it need not wait goes first.
///
/// @param <E> the type of the elements, which are never null
public interface Channel<E> extends Sink<E>, Source<E> {
  /// {@return a channel that holds up to `capacity` elements, first in, first out}
  ///
  /// @param capacity the number of elements that fit, exactly; from 1 to 2^30
  /// @param <E> the type of the elements
  /// @throws IllegalArgumentException if `capacity` is out of its range
  static <E> Channel<E> bounded(int capacity) {
    return bounded(capacity, cf -> cf);
  }

  /// {@return a channel that holds up to `capacity` elements, first in, first out}
  ///
  /// @param capacity the number of elements that fit, exactly; from 1 to 2^30
  /// @param cf returns a changed copy of the configuration that it is given
  /// @param <E> the type of the elements
  /// @throws NullPointerException if `cf` is null or returns null
  /// @throws IllegalArgumentException if `capacity` is out of its range
  static <E> Channel<E> bounded(int capacity, UnaryOperator<Config<E>> cf) {
    return Channels.bounded(capacity, cf);
  }

  /// {@return a channel without a bound, first in, first out} A put never waits.
  ///
  /// @param <E> the type of the elements
  static <E> Channel<E> unbounded() {
    return unbounded(cf -> cf);
  }

  /// {@return a channel without a bound, first in, first out} A put never waits.
  ///
  /// @param cf returns a changed copy of the configuration that it is given
  /// @param <E> the type of the elements
  /// @throws NullPointerException if `cf` is null or returns null
  /// @throws IllegalArgumentException if it is made [Config#withCloseByProducer()]
  static <E> Channel<E> unbounded(UnaryOperator<Config<E>> cf) {
    return Channels.unbounded(cf);
  }

  /// {@return a channel that holds nothing: each put waits until a taker has the element}
  ///
  /// @param <E> the type of the elements
  static <E> Channel<E> rendezvous() {
    return rendezvous(cf -> cf);
  }

  /// {@return a channel that holds nothing: each put waits until a taker has the element}
  ///
  /// @param cf returns a changed copy of the configuration that it is given
  /// @param <E> the type of the elements
  /// @throws NullPointerException if `cf` is null or returns null
  /// @throws IllegalArgumentException if it is made [Config#withCloseByProducer()]
  static <E> Channel<E> rendezvous(UnaryOperator<Config<E>> cf) {
    return Channels.rendezvous(cf);
  }

  /// {@return a channel that holds up to `capacity` elements, last in, first out}
  ///
  /// @param capacity the number of elements that fit, exactly; positive
  /// @param <E> the type of the elements
  /// @throws IllegalArgumentException if `capacity` is not positive
  static <E> Channel<E> lifo(int capacity) {
    return lifo(capacity, cf -> cf);
  }

  /// {@return a channel that holds up to `capacity` elements, last in, first out}
  ///
  /// @param capacity the number of elements that fit, exactly; positive
  /// @param cf returns a changed copy of the configuration that it is given
  /// @param <E> the type of the elements
  /// @throws NullPointerException if `cf` is null or returns null
  /// @throws IllegalArgumentException if `capacity` is not positive, or it is made
  ///   [Config#withCloseByProducer()]
  static <E> Channel<E> lifo(int capacity, UnaryOperator<Config<E>> cf) {
    return Channels.lifo(capacity, cf);
  }

  /// {@return a channel that holds up to `capacity` elements and gives the least of them first}
  /// Elements that compare as equal come in the order in which they were put.
  ///
  /// @param capacity the number of elements that fit, exactly; positive
  /// @param order compares elements. Putting, taking and removing call it under the channel's lock:
  ///   it must be short and must not use the channel; looking at the queue view calls it without.
  ///   If it throws, the call that needed it throws that and changes nothing; only
  ///   [Sink#putAll(java.util.Collection)] says how many elements it has put
  /// @param <E> the type of the elements
  /// @throws NullPointerException if `order` is null
  /// @throws IllegalArgumentException if `capacity` is not positive
  static <E> Channel<E> priority(int capacity, Comparator<? super E> order) {
    return priority(capacity, order, cf -> cf);
  }

  /// {@return a channel that holds up to `capacity` elements and gives the least of them first}
  ///
  /// @param capacity the number of elements that fit, exactly; positive
  /// @param order compares elements, see [#priority(int, Comparator)]
  /// @param cf returns a changed copy of the configuration that it is given
  /// @param <E> the type of the elements
  /// @throws NullPointerException if `order` or `cf` is null, or `cf` returns null
  /// @throws IllegalArgumentException if `capacity` is not positive, or it is made
  ///   [Config#withCloseByProducer()]
  static <E> Channel<E> priority(
      int capacity, Comparator<? super E> order, UnaryOperator<Config<E>> cf) {
    return Channels.priority(capacity, order, cf);
  }

  /// {@return how many elements are in the channel} Exact at some moment during the call.
  int size();

  /// {@return the number of elements that fit} 0 for a rendezvous, [Integer#MAX_VALUE] if
  /// unbounded.
  int capacity();

  /// {@return figures that the channel has counted}
  ChannelStats stats();

  /// {@return this channel as a [BlockingQueue]} A view: both are the same queue, and closing the
  /// channel closes the view.
  ///
  /// Everything that `BlockingQueue` and `Collection` promise holds, also interior removal. When
  /// the channel is closed, `put`, `offer` and `add` throw [ChannelClosedException]; when it is
  /// empty, too, `take` does, while `poll` returns null. When `addAll` fails half way, its
  /// exception has an `acceptedCount()`, as that of [Sink#putAll(java.util.Collection)].
  ///
  /// Iterators and `toArray` show the elements of one moment during the call that makes them;
  /// streams and spliterators those of one moment when they are first used. An iterator's `remove`
  /// takes the element out if it is still there, and so does `removeIf`, which asks its predicate
  /// once about each element of one moment and removes nothing if the predicate throws. `contains`
  /// and `remove(Object)` search beside what other threads do; they find an equal element if there
  /// is one at every moment of the call. All these take time in proportion to the number of
  /// elements. Predicates and `equals` run while nothing is locked.
  ///
  /// An element that the target of `drainTo` refuses, by throwing an exception, stays in the
  /// channel, in its place; the elements that it accepted before are taken. Up to 64 elements at a
  /// time are held for the target. A held element counts as in the channel: it takes up room, and
  /// the channel does not end. Other takers meanwhile get the elements behind those.
  ///
  /// A channel made [Config#withCloseByProducer()] cannot look at or remove anything but its head:
  /// there `iterator`, `spliterator`, `stream`, `forEach`, `toArray`, `contains`, `containsAll` (of
  /// something), `remove(Object)`, `removeIf`, `removeAll` and `retainAll` throw
  /// [UnsupportedOperationException].
  BlockingQueue<E> asBlockingQueue();

  /// The configuration of a channel. Immutable; each method returns a changed copy, for use in a
  /// lambda: `cf -> cf.withName("orders").withSingleConsumer()`.
  ///
  /// @param <E> the type of the elements
  sealed interface Config<E> permits ChannelOptions {
    /// {@return a copy with this name} It appears in exceptions and in [ChannelStats]; `channel`
    /// unless set.
    ///
    /// @param name the name; not blank
    /// @throws NullPointerException if `name` is null
    /// @throws IllegalArgumentException if `name` is blank
    Config<E> withName(String name);

    /// {@return a copy that promises that a single thread puts} A thread is the producer as long as
    /// it lives. Closing is still for any thread. The promise tells the reader, and can be checked;
    /// it does not make the channel faster, because a close by another thread is what a put has to
    /// guard against: see [#withCloseByProducer()].
    ///
    /// @see #withChecks()
    Config<E> withSingleProducer();

    /// {@return a copy that promises that a single thread takes} A thread is the consumer as long
    /// as it lives. [Source#closeNow()] is still for any thread. As for the producer, this tells
    /// the reader, and can be checked.
    ///
    /// @see #withChecks()
    Config<E> withSingleConsumer();

    /// {@return a copy that promises that a single thread puts, a single thread takes, and that
    /// only the putting thread closes} For [Channel#bounded(int, UnaryOperator)]. It makes the
    /// channel about twice as fast, because a put then needs no fence against a close (inside is
    /// JCTools' `SpscArrayQueue`), and takes away what needs one:
    ///
    /// - [Sink#close()] and [Sink#closeExceptionally(Throwable)] belong to the producer. A consumer
    ///   whose body fails in [Source#consumer(ChannelBody)] stops the producer at one of its next
    ///   puts; what was put until then stays in the channel.
    /// - [Source#closeNow()] belongs to the consumer, and only when the channel is closed; before
    ///   that it throws [UnsupportedOperationException].
    /// - A wake-up can be missed; the parked thread then finds out by itself after 0.1 ms, at the
    ///   very worst after 0.1 s.
    Config<E> withCloseByProducer();

    /// {@return a copy that detects misuse of a single-ended channel} A second thread that puts
    /// into a channel made for a single producer, or takes from one made for a single consumer,
    /// gets an [IllegalStateException] that names both threads. Another thread may take over when
    /// the first has ended.
    ///
    /// The system property `dev.tandem.queues.checks=true` turns this on for every channel. Off, it
    /// costs nothing, and misuse goes unnoticed: harmless, but with [#withCloseByProducer()] it
    /// loses elements.
    Config<E> withChecks();

    /// {@return a copy with an action for elements that were accepted and that no taker will get}
    /// It is called for each element that [Source#closeNow()] hands back, in that thread and before
    /// it returns, for instance to close what the element holds. An action that throws does not
    /// keep the others from being called; in the end its exception is thrown, or a
    /// [java.util.concurrent.CompletionException] if there are several.
    ///
    /// @param action receives each such element
    /// @throws NullPointerException if `action` is null
    Config<E> withUndelivered(Consumer<? super E> action);
  }
}
