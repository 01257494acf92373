package dev.tandem.queues;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// The end of a [Channel] that elements are put into.
///
/// Any number of threads may call all methods at a time, unless the channel was made for a single
/// producer. Not an [AutoCloseable] on purpose: at the end of a try block a producer that failed
/// would look like one that finished. Use [#producer(ChannelBody)].
///
/// @param <E> the type of the elements
public interface Sink<E> {
  /// Puts an element, waiting for room as long as it takes.
  ///
  /// When this returns normally the element is accepted: it will be delivered to exactly one taker,
  /// or handed back by [Source#closeNow()]. When it throws, the element is not in the channel.
  ///
  /// @param element the element
  /// @throws NullPointerException if `element` is null
  /// @throws ChannelClosedException if the channel is closed, or is closed while this waits
  /// @throws IllegalStateException if a check finds a second producer, see
  ///   [Channel.Config#withChecks()]
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  void put(E element) throws InterruptedException;

  /// {@return whether the element could be put without waiting} `false` means that there is no room
  /// now.
  ///
  /// @param element the element
  /// @throws NullPointerException if `element` is null
  /// @throws ChannelClosedException if the channel is closed
  /// @throws IllegalStateException if a check finds a second producer
  boolean offer(E element);

  /// {@return whether the element could be put within a time} `false` means that there was no room
  /// when the time was over, never earlier.
  ///
  /// @param element the element
  /// @param duration the longest time to wait for room
  /// @throws NullPointerException if `element` or `duration` is null
  /// @throws ChannelClosedException if the channel is closed, or is closed while this waits
  /// @throws IllegalStateException if a check finds a second producer
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  boolean offer(E element, Duration duration) throws InterruptedException;

  /// Puts all elements in the order of the collection's iterator, waiting for room as long as it
  /// takes. Cheaper than one [#put(Object)] for each; elements of other producers may come between
  /// them.
  ///
  /// The collection is read once, before the first element is put: if it contains a null, or its
  /// iterator throws, none is put. When this fails later, the first elements are in the channel and
  /// the others are not. Each exception then has an `acceptedCount()`, so that a caller can go on
  /// with `elements.subList(e.acceptedCount(), elements.size())`.
  ///
  /// @param elements the elements
  /// @throws NullPointerException if `elements` or one of them is null; none was put
  /// @throws ChannelClosedException if the channel is closed, or is closed while this waits; its
  ///   [ChannelClosedException#acceptedCount()] says how many were put
  /// @throws PartialPutException if the order of a priority channel throws an exception, which is
  ///   then the cause, or if a check finds a second producer; its
  ///   [PartialPutException#acceptedCount()] says how many were put
  /// @throws Error if the order of a priority channel throws an error, which is then the cause; the
  ///   message says how many were put
  /// @throws InterruptedException if the thread is interrupted before or while it waits; it is a
  ///   [PartialPutInterruptedException], whose
  ///   [acceptedCount][PartialPutInterruptedException#acceptedCount()] says how many were put
  void putAll(Collection<? extends E> elements) throws InterruptedException;

  /// Closes the channel: every later put throws [ChannelClosedException], and so does each put that
  /// waits for room; takers get the elements that are in the channel and then find its end. Any
  /// thread may call this at any time. Does nothing if the channel is closed.
  ///
  /// @throws IllegalStateException if the channel was made [Channel.Config#withCloseByProducer()]
  ///   and a check finds that the thread is not its producer
  void close();

  /// Closes the channel and says why: like [#close()], but a later put, or a take that finds the
  /// end, throws a [ChannelClosedException] with this cause. The first close counts; a cause that
  /// comes after it is dropped.
  ///
  /// @param cause the reason
  /// @throws NullPointerException if `cause` is null
  /// @throws IllegalStateException if the channel was made [Channel.Config#withCloseByProducer()]
  ///   and a check finds that the thread is not its producer
  void closeExceptionally(Throwable cause);

  /// {@return whether the channel is closed for puts} There may still be elements in it, see
  /// [Source#isDrained()].
  boolean isClosed();

  /// Waits until each element that was accepted is done: [Source#taskDone()] was called for it, or
  /// [Source#closeNow()] handed it back. Returns at once if there is none. New elements may be put
  /// meanwhile; this waits for them, too. An element that is removed through the queue view counts
  /// as taken: the thread that removes it must call `taskDone()`.
  ///
  /// @throws ChannelClosedException if the channel is closed with a cause before that: then there
  ///   may be no thread left that calls `taskDone()`
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  void awaitDone() throws InterruptedException;

  /// {@return whether each element that was accepted is done} As [#awaitDone()], but with a limit.
  ///
  /// @param duration the longest time to wait
  /// @throws NullPointerException if `duration` is null
  /// @throws ChannelClosedException if the channel is closed with a cause before that
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  boolean awaitDone(Duration duration) throws InterruptedException;

  /// {@return a callable that runs the body with this sink and then closes the channel} If the body
  /// throws anything, the channel is [closed with that cause][#closeExceptionally(Throwable)], and
  /// the callable throws it, too.
  ///
  /// @param body the code that puts the elements
  /// @throws NullPointerException if `body` is null
  Callable<Void> producer(ChannelBody<Sink<E>> body);

  /// {@return a clause for [Select#select] that puts this element and then computes a result}
  ///
  /// @param element the element; not in the channel unless the clause is the chosen one
  /// @param then computes the result of the select, in the selecting thread
  /// @param <R> the type of the result
  /// @throws NullPointerException if `element` or `then` is null
  <R> Select.Clause<R> onPut(E element, Supplier<? extends R> then);
}
