package dev.tandem.queues;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The end of a [Channel] that elements are taken from.
///
/// All methods may be called by any number of threads at a time, unless the channel was made for a
/// single consumer.
///
/// @param <E> what goes through the channel
public interface Source<E> extends Iterable<E> {
  /// {@return the next element, after waiting for it as long as it takes}
  ///
  /// @throws ChannelClosedException if the channel is closed and empty, or becomes so while
  ///   waiting; its cause is what the channel was closed with
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  E take() throws InterruptedException;

  /// {@return the next element, or null if there is none now}
  ///
  /// @throws ChannelClosedException if the channel is closed and empty
  @Nullable E poll();

  /// {@return the next element, or null if there was none when the time was over, never earlier}
  ///
  /// @param d how long to wait at most
  /// @throws ChannelClosedException if the channel is closed and empty, or becomes so while waiting
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  @Nullable E poll(Duration d) throws InterruptedException;

  /// Takes what is there without waiting, at most so many elements, and gives each to the action.
  ///
  /// Elements are taken in batches, so this is cheaper than one [#poll()] for each. An action that
  /// throws does not lose what its batch has already taken: the rest of the batch is still given to
  /// it, then the exception is thrown. If it failed for several, a
  /// [java.util.concurrent.CompletionException] is thrown whose cause is the first, with the others
  /// suppressed. So each element that is drained is given to the action once. For a receiver that
  /// may refuse elements, which then stay in the channel, use `drainTo` of
  /// [Channel#asBlockingQueue()].
  ///
  /// @param action what to do with an element
  /// @param max how many elements to take at most; zero or more
  /// @return how many were taken; 0 if there is none now
  /// @throws ChannelClosedException if the channel is closed and empty, and `max` is not 0
  int drain(Consumer<? super E> action, int max);

  /// Waits for an element, then drains as [#drain(Consumer, int)] does.
  ///
  /// @param action what to do with an element
  /// @param max how many elements to take at most; zero or more
  /// @param d how long to wait for the first element at most
  /// @return how many were taken; 0 if there was none when the time was over
  /// @throws ChannelClosedException if the channel is closed and empty, or becomes so while waiting
  /// @throws InterruptedException if the thread is interrupted before or while waiting
  int drain(Consumer<? super E> action, int max, Duration d) throws InterruptedException;

  /// {@return an iterator that takes} `hasNext` waits for an element and takes it; it is false when
  /// the channel is closed and empty. Several threads can share the work, each with an iterator of
  /// its own. An element that `hasNext` took and nobody asked `next` for is lost to the others, so
  /// leave a loop after using the element.
  ///
  /// If the channel was closed with a cause, `hasNext` throws a [ChannelClosedException] with that
  /// cause at the end. If the thread is interrupted while it waits, `hasNext` throws a
  /// [java.util.concurrent.CancellationException] and leaves the interrupt flag set.
  @Override
  Iterator<E> iterator();

  /// {@return a stream of the elements, which ends when the channel is closed and empty} Sequential
  /// and lazy; it takes an element only when the pipeline asks for one. Errors and interrupts are
  /// as for [#iterator()].
  Stream<E> stream();

  /// Says that an element that was taken has been dealt with. Needed only for [Sink#awaitDone()],
  /// and costs nothing unless it is called.
  ///
  /// @throws IllegalStateException if it is called more often than elements were taken
  void done();

  /// {@return whether the channel is closed and empty} Once true, it stays true.
  boolean isDrained();

  /// Closes the channel and takes out what nobody has taken.
  ///
  /// Each element that was ever accepted is either delivered to one taker or in exactly one such
  /// list. What is handed back counts as [done][#done()].
  ///
  /// @return the elements, in the order in which they would have been taken; empty if there are
  ///   none
  /// @see Channel.Config#withUndelivered(Consumer)
  List<E> closeNow();

  /// {@return a callable that runs the body with this source} If the body throws, whatever it is,
  /// the channel is [closed with that cause][Sink#closeExceptionally(Throwable)], so that nobody
  /// waits for ever to put into it, and the callable throws it, too. A body that returns leaves the
  /// channel as it is.
  ///
  /// @param body what takes the elements
  Callable<Void> consumer(ChannelBody<Source<E>> body);

  /// {@return a clause for [Select#select]: take an element, then compute a result from it}
  ///
  /// @param then computes the result of the select, in the selecting thread
  /// @param <R> the type of the result
  <R> Select.Clause<R> onTake(Function<? super E, ? extends R> then);
}
