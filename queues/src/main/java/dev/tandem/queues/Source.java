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
/// Any number of threads may call all methods at a time, unless the channel was made for a single
/// consumer.
///
/// @param <E> the type of the elements
public interface Source<E> extends Iterable<E> {
  /// {@return the next element, after waiting for it as long as it takes}
  ///
  /// @throws ChannelClosedException if the channel is closed and empty, or becomes so while this
  ///   waits; its cause is what the channel was closed with
  /// @throws IllegalStateException if a check finds a second consumer, see
  ///   [Channel.Config#withChecks()]
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  E take() throws InterruptedException;

  /// {@return the next element, or null if there is none now}
  ///
  /// @throws ChannelClosedException if the channel is closed and empty
  /// @throws IllegalStateException if a check finds a second consumer
  @Nullable E poll();

  /// {@return the next element, or null if there was none when the time was over, never earlier}
  ///
  /// @param duration the longest time to wait
  /// @throws NullPointerException if `duration` is null
  /// @throws ChannelClosedException if the channel is closed and empty, or becomes so while this
  ///   waits
  /// @throws IllegalStateException if a check finds a second consumer
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  @Nullable E poll(Duration duration) throws InterruptedException;

  /// Takes the elements that are there without waiting, up to a maximum, and gives each to the
  /// action.
  ///
  /// Elements are taken in batches, so this is cheaper than one [#poll()] for each. An action that
  /// throws does not lose what its batch has already taken: the rest of the batch is still given to
  /// it, and then the exception is thrown. If the action failed for several elements, a
  /// [java.util.concurrent.CompletionException] is thrown whose cause is the first failure, with
  /// the others suppressed. So each element that is drained is given to the action once. For a
  /// receiver that may refuse elements, which then stay in the channel, use `drainTo` of
  /// [Channel#asBlockingQueue()].
  ///
  /// @param action receives each element
  /// @param max the most elements to take; zero or more
  /// @return how many were taken; 0 if there is none now
  /// @throws NullPointerException if `action` is null
  /// @throws IllegalArgumentException if `max` is negative
  /// @throws ChannelClosedException if the channel is closed and empty, and `max` is not 0
  /// @throws IllegalStateException if a check finds a second consumer
  int drain(Consumer<? super E> action, int max);

  /// Waits for an element, then drains as [#drain(Consumer, int)] does.
  ///
  /// @param action receives each element
  /// @param max the most elements to take; zero or more
  /// @param duration the longest time to wait for the first element
  /// @return how many were taken; 0 if there was none when the time was over
  /// @throws NullPointerException if `action` or `duration` is null
  /// @throws IllegalArgumentException if `max` is negative
  /// @throws ChannelClosedException if the channel is closed and empty, or becomes so while this
  ///   waits
  /// @throws IllegalStateException if a check finds a second consumer
  /// @throws InterruptedException if the thread is interrupted before or while it waits
  int drain(Consumer<? super E> action, int max, Duration duration) throws InterruptedException;

  /// {@return an iterator that takes} `hasNext` waits for an element and takes it; it is false when
  /// the channel is closed and empty. Several threads can share the work, each with an iterator of
  /// its own. An element that `hasNext` took and `next` never returned is lost to the other
  /// threads, so leave a loop after using the element.
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

  /// {@return a stream of batches of elements, which ends when the channel is closed and empty} For
  /// what is cheaper in bulk: rows of an insert, lines of a request. Sequential and lazy; it takes
  /// only when the pipeline asks for a batch, and waits for the first element of that as long as it
  /// takes. A batch ends when it is full, when `wait` has passed since its first element was taken,
  /// or with the channel; then it has the elements that are there. So no element waits longer than
  /// that for others, and each that is taken is in one batch.
  ///
  /// A thread that is interrupted while a batch waits for more elements gets that batch; the
  /// interrupt flag stays set. Otherwise errors and interrupts are as for [#iterator()].
  ///
  /// @param max the most elements of a batch; more than zero
  /// @param wait the longest time for which a batch waits to be full; zero or less to take what is
  ///   there
  /// @throws NullPointerException if `wait` is null
  /// @throws IllegalArgumentException if `max` is not positive
  default Stream<List<E>> batches(int max, Duration wait) {
    return new Batches<>(this, max, wait).stream();
  }

  /// Says that an element that was taken has been dealt with. Needed only for [Sink#awaitDone()],
  /// and costs nothing unless it is called.
  ///
  /// @throws IllegalStateException if it is called more often than elements were taken
  void taskDone();

  /// {@return whether the channel is closed and empty} Once true, it stays true.
  boolean isDrained();

  /// Closes the channel and takes out all elements that no taker has got.
  ///
  /// Each element that was ever accepted is either delivered to one taker or in exactly one such
  /// list. What is handed back counts as [done][#taskDone()].
  ///
  /// @return the elements, in the order in which they would have been taken; empty if there are
  ///   none
  /// @throws UnsupportedOperationException if the channel was made
  ///   [Channel.Config#withCloseByProducer()] and is not closed
  /// @throws IllegalStateException if it was made so and a check finds a second consumer
  /// @see Channel.Config#withUndelivered(Consumer)
  List<E> closeNow();

  /// {@return a callable that runs the body with this source} If the body throws anything, the
  /// channel is [closed with that cause][Sink#closeExceptionally(Throwable)], so that no producer
  /// waits for ever to put into it, and the callable throws it, too. A body that returns leaves the
  /// channel as it is.
  ///
  /// @param body the code that takes the elements
  /// @throws NullPointerException if `body` is null
  Callable<Void> consumer(ChannelBody<Source<E>> body);

  /// {@return a clause for [Select#select] that takes an element and then computes a result from
  /// it}
  ///
  /// @param then computes the result of the select, in the selecting thread
  /// @param <R> the type of the result
  /// @throws NullPointerException if `then` is null
  <R> Select.Clause<R> onTake(Function<? super E, ? extends R> then);
}
