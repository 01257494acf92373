package dev.tandem.queues;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// The end of a [Channel] that elements are put into.
///
/// All methods may be called by any number of threads at a time, unless the channel was made for a
/// single producer. Not an [AutoCloseable] on purpose: at the end of a try block a producer that
/// failed would look like one that finished. Use [#producer(ChannelBody)].
///
/// @param <E> what goes through the channel
public interface Sink<E> {
  /// Puts an element, waiting for room as long as it takes.
  ///
  /// When this returns normally the element is accepted: it will be delivered to exactly one taker,
  /// or handed back by [Source#closeNow()]. When it throws, the element is not in the channel.
  ///
  /// @param e the element
  /// @throws ChannelClosedException if the channel is closed, or is closed while waiting
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  void put(E e) throws InterruptedException;

  /// {@return whether the element could be put without waiting} `false` means that there is no room
  /// now.
  ///
  /// @param e the element
  /// @throws ChannelClosedException if the channel is closed
  boolean offer(E e);

  /// {@return whether the element could be put within a time} `false` means that there was no room
  /// when the time was over, never earlier.
  ///
  /// @param e the element
  /// @param d how long to wait for room at most
  /// @throws ChannelClosedException if the channel is closed, or is closed while waiting
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  boolean offer(E e, Duration d) throws InterruptedException;

  /// Puts all elements in the order of the collection's iterator, waiting for room as long as it
  /// takes. Cheaper than one [#put(Object)] for each; elements of other producers may come between
  /// them.
  ///
  /// The collection is read once, before the first element is put. If it contains a null, or
  /// throws, none is put. When this throws later, the first so many elements are in the channel and
  /// the others are not; the message of the exception says how many.
  ///
  /// @param es the elements
  /// @return how many were put, that is all
  /// @throws ChannelClosedException if the channel is closed, or is closed while waiting
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  /// @throws IllegalStateException if the order of a priority channel throws an exception, which is
  ///   then the cause (an [Error] if it throws an error), or if a check finds a second producer
  int putAll(Collection<? extends E> es) throws InterruptedException;

  /// Closes the channel: every later put throws [ChannelClosedException], and so does each that
  /// waits for room; takers get what is in the channel and then find its end. Any thread may call
  /// this at any time. Does nothing if the channel is closed.
  void close();

  /// Closes the channel and says why: like [#close()], but who finds the end of the channel, or
  /// puts, gets a [ChannelClosedException] with this cause. The first close counts; a cause that
  /// comes after it is dropped.
  ///
  /// @param cause why
  void closeExceptionally(Throwable cause);

  /// {@return whether the channel is closed for puts} There may still be elements in it, see
  /// [Source#isDrained()].
  boolean isClosed();

  /// Waits until each element that was accepted is done with: [Source#done()] was called for it, or
  /// [Source#closeNow()] handed it back. Returns at once if there is none. New elements may be put
  /// meanwhile; this waits for them, too. An element that is removed through the queue view counts
  /// as taken: who removes it calls `done()`.
  ///
  /// @throws ChannelClosedException if the channel is closed with a cause before that: then nobody
  ///   may be left who calls `done()`
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  void awaitDone() throws InterruptedException;

  /// {@return whether each element that was accepted is done with} As [#awaitDone()], but waits no
  /// longer than a time.
  ///
  /// @param d how long to wait at most
  /// @throws ChannelClosedException if the channel is closed with a cause before that
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  boolean awaitDone(Duration d) throws InterruptedException;

  /// {@return a callable that runs the body with this sink and closes the channel when the body is
  /// done} If the body throws, whatever it is, the channel is [closed with that
  /// cause][#closeExceptionally(Throwable)], and the callable throws it, too.
  ///
  /// @param body what puts the elements
  Callable<Void> producer(ChannelBody<Sink<E>> body);

  /// {@return a clause for [Select#select]: put this element, then compute a result}
  ///
  /// @param e the element; not in the channel unless the clause is the one that is chosen
  /// @param then computes the result of the select, in the selecting thread
  /// @param <R> the type of the result
  <R> Select.Clause<R> onPut(E e, Supplier<? extends R> then);
}
