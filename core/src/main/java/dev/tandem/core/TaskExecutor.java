package dev.tandem.core;

import static java.util.function.UnaryOperator.identity;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.errorprone.annotations.CheckReturnValue;
import dev.tandem.core.internal.StreamInputs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An executor whose tasks run on platform threads, on virtual threads, in worker processes or on a
/// cluster. An [java.util.concurrent.ExecutorService] in every documented respect, with Guava's
/// futures, and beyond it: names, timeouts that stop the task, `map` over inputs without end,
/// context, listeners, counts, and a close that reports the tasks that did not stop.
///
/// {@snippet file="GuideSnippetsTest.java" region="thread-pool-map"}
///
/// **Closing from inside.** `close()` waits until all tasks have ended. Called by code that the
/// executor runs itself (a body, a listener, a callback of a future, a map's function, a thread
/// factory), it would wait for its own caller: there it shuts the executor down, logs a warning
/// with the place, and returns at once. `awaitTermination` warns there, too, and runs into its
/// timeout.
///
/// **Timed calls.** `invokeAll` and `invokeAny` with a timeout look at the time before they submit
/// each task; what has not been submitted then is cancelled. A body that an adapted executor runs
/// in the caller is cancelled at the limit like any other, so it must respond to interrupts.
///
/// **Failures.** The exception of a body is the cause of the [ExecutionException] of its future. A
/// failure that is not read from the future is logged once, with the task's name and stack: when
/// the future has become unreachable, at the latest when `close` returns (`shutdown` alone does not
/// count: programs read futures after it). Reading means that the exception left `get`, a Guava
/// callback or a method that calls `get`, such as
/// [allAsList][com.google.common.util.concurrent.Futures#allAsList(Iterable)]; a listener, `isDone`
/// or `state` does not read. One hole remains: a future derived with Guava's
/// [Futures][com.google.common.util.concurrent.Futures] `transform` reads the failure into itself,
/// and if the derived future is not read either, nothing is logged. A failure of `execute` has no
/// future and is logged at once.
///
/// **Cancellation.** `future.cancel(true)` completes the future at once and interrupts the body;
/// [TaskListener#ended(TaskInfo)] tells when the body is gone. A task cancelled before it started
/// never runs. `shutdownNow` interrupts what runs, cancels what was submitted but did not start,
/// and returns the latter; bodies given to `execute` come back as they were given.
///
/// **Context class loader.** A thread that is made for one task has the submitter's context class
/// loader. A thread of a pool has that of the thread that made the pool, and so has a thread of
/// Tandem's own that calls a listener. A loader that a task sets does not reach the next task. A
/// thread of a [factory][java.util.concurrent.ThreadFactory] or of a foreign executor has the
/// loader that it was given there. Inheritable thread-locals are passed on as by the JDK's
/// executors, but not to virtual threads of an executor with a limit: there a thread may be started
/// by the task that has made room.
///
/// **Thread-safety and memory.** All methods may be called by any thread. What a thread did before
/// it submitted a task *happens-before* the task's body, and that *happens-before* what a thread
/// does after it got the result.
public interface TaskExecutor extends ListeningExecutorService {
  /// Submits a body that returns a result.
  ///
  /// @param <T> the type of the result
  /// @param body the body
  /// @return the task's future
  /// @throws NullPointerException if `body` is null
  /// @throws java.util.concurrent.RejectedExecutionException if the executor is shut down, its
  ///   bounded queue refuses the task, the wait for room in the queue was interrupted (the flag is
  ///   kept), or no thread can be started for the task
  <T extends @Nullable Object> ListenableFuture<T> submit(SerializableCallable<T> body);

  /// Submits a body without a result.
  ///
  /// @param body the body
  /// @return the task's future
  /// @throws NullPointerException if `body` is null
  /// @throws java.util.concurrent.RejectedExecutionException as [#submit(SerializableCallable)]
  ListenableFuture<?> submit(SerializableRunnable body);

  /// Submits a task with a name and limits of its own.
  ///
  /// @param <T> the type of the result
  /// @param task the task
  /// @return the task's future
  /// @throws NullPointerException if `task` is null
  /// @throws java.util.concurrent.RejectedExecutionException as [#submit(SerializableCallable)]
  <T extends @Nullable Object> ListenableFuture<T> submit(Task<T> task);

  /// Submits a task with a listener of its own, which is called after the executor's.
  ///
  /// @param <T> the type of the result
  /// @param task the task
  /// @param listener the listener to this task
  /// @return the task's future
  /// @throws NullPointerException if an argument is null
  /// @throws java.util.concurrent.RejectedExecutionException as [#submit(SerializableCallable)]
  <T extends @Nullable Object> ListenableFuture<T> submit(Task<T> task, TaskListener listener);

  /// Runs a body without a future. Its exception is logged at once.
  ///
  /// @param body the body
  /// @throws NullPointerException if `body` is null
  /// @throws java.util.concurrent.RejectedExecutionException as [#submit(SerializableCallable)]; in
  ///   worker processes, also if `body` cannot be sent
  void execute(SerializableRunnable body);

  /// Applies a function to each input, many at a time, with the default configuration.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param fn the function
  /// @return the results
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @see #map(Iterable, SerializableFunction, UnaryOperator)
  @CheckReturnValue
  default <I, O extends @Nullable Object> Stream<O> map(
      Iterable<? extends I> inputs, SerializableFunction<? super I, ? extends O> fn) {
    return map(inputs, fn, identity());
  }

  /// Applies a function to each input, many at a time, and gives the results as a lazy stream, in
  /// the order of the inputs unless [MapConfig#unordered()].
  ///
  /// Nothing happens before the stream's terminal operation. From then on the consuming thread
  /// pulls inputs, at most concurrency plus buffer ahead of the results it has taken, so inputs may
  /// be endless; it does not pull while the next result is ready. Threads of the executor are used
  /// only while there are inputs to work on.
  ///
  /// The first failure surfaces at once, even behind a slow input: running functions are
  /// interrupted and waited for (for the grace period), nothing new starts, and the consumer gets a
  /// [java.util.concurrent.CompletionException] with the failure as its cause and other failures
  /// suppressed; an [Error] arrives as it is. An exception of the inputs' iterator arrives as it
  /// is, after the same interrupt and wait. An interrupt of the consuming thread ends the stream
  /// with a [java.util.concurrent.CancellationException]; the flag stays set. Closing the stream
  /// cancels the rest in the same way; a stream consumed to its end needs no closing. An executor
  /// shut down meanwhile ends it with a [java.util.concurrent.RejectedExecutionException], and so
  /// does a bounded queue that rejects, if it is full while no thread works for the map. While the
  /// iterator of the inputs blocks, nothing can surface. A stream that is not consumed to its end
  /// (`limit`, `findFirst`, an exception in a later stage) should be closed, best in a
  /// try-with-resources statement: otherwise the inputs that were pulled are still worked on. A
  /// timeout of the executor holds for each input.
  ///
  /// A `map` consumed inside a task of the same executor takes part in the work itself, so it
  /// advances even when every thread of the executor is taken. The stream does not split: a
  /// `parallel()` on it changes nothing.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null; its iterator is used by the consuming thread alone
  /// @param fn the function
  /// @param cf changes the configuration
  /// @return the results
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  @CheckReturnValue
  <I, O extends @Nullable Object> Stream<O> map(
      Iterable<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf);

  /// Applies a function to each element of a stream, many at a time, with the default
  /// configuration.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param fn the function
  /// @return the results
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @throws IllegalStateException if `inputs` was used before
  /// @see #map(Stream, SerializableFunction, UnaryOperator)
  @CheckReturnValue
  default <I, O extends @Nullable Object> Stream<O> map(
      Stream<? extends I> inputs, SerializableFunction<? super I, ? extends O> fn) {
    return map(inputs, fn, identity());
  }

  /// Applies a function to each element of a stream, many at a time. Like [#map(Iterable,
  /// SerializableFunction, UnaryOperator)]; the consuming thread pulls the stream, sequentially, as
  /// far ahead as it would pull an iterable.
  ///
  /// The stream is closed once, on the consuming thread if that is pulling: when its last result
  /// was taken, when the results fail, when they are closed, and when this method throws another
  /// exception than that the stream was used before. An exception of the closing arrives as it is,
  /// or suppressed in the failure.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param fn the function
  /// @param cf changes the configuration
  /// @return the results
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @throws IllegalStateException if `inputs` was used before
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  @CheckReturnValue
  default <I, O extends @Nullable Object> Stream<O> map(
      Stream<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf) {
    return StreamInputs.<I, O>map(inputs, source -> map(source, fn, cf));
  }

  /// Like `map`, but a failure is a result beside the others, with the default configuration.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param fn the function
  /// @return each input with its outcome
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @see #mapSettled(Iterable, SerializableFunction, UnaryOperator)
  @CheckReturnValue
  default <I, O extends @Nullable Object> Stream<Settled<I, O>> mapSettled(
      Iterable<? extends I> inputs, SerializableFunction<? super I, ? extends O> fn) {
    return mapSettled(inputs, fn, identity());
  }

  /// Like [#map(Iterable, SerializableFunction, UnaryOperator)], but an exception of the function
  /// is that input's [Outcome.Failure] and ends nothing.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param fn the function
  /// @param cf changes the configuration
  /// @return each input with its outcome
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  @CheckReturnValue
  <I, O extends @Nullable Object> Stream<Settled<I, O>> mapSettled(
      Iterable<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf);

  /// Like `map` over a stream, but a failure is a result beside the others, with the default
  /// configuration.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param fn the function
  /// @return each input with its outcome
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @throws IllegalStateException if `inputs` was used before
  /// @see #mapSettled(Stream, SerializableFunction, UnaryOperator)
  @CheckReturnValue
  default <I, O extends @Nullable Object> Stream<Settled<I, O>> mapSettled(
      Stream<? extends I> inputs, SerializableFunction<? super I, ? extends O> fn) {
    return mapSettled(inputs, fn, identity());
  }

  /// Like [#mapSettled(Iterable, SerializableFunction, UnaryOperator)]; the stream is pulled and
  /// closed as by [#map(Stream, SerializableFunction, UnaryOperator)].
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param fn the function
  /// @param cf changes the configuration
  /// @return each input with its outcome
  /// @throws NullPointerException if an argument is null; from the results, if an input is null
  /// @throws IllegalStateException if `inputs` was used before
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  @CheckReturnValue
  default <I, O extends @Nullable Object> Stream<Settled<I, O>> mapSettled(
      Stream<? extends I> inputs,
      SerializableFunction<? super I, ? extends O> fn,
      UnaryOperator<MapConfig> cf) {
    return StreamInputs.<I, Settled<I, O>>map(inputs, source -> mapSettled(source, fn, cf));
  }

  /// Performs an action on each input, many at a time, with the default configuration.
  ///
  /// @param <I> the type of the inputs
  /// @param inputs the inputs; none may be null
  /// @param action the action
  /// @throws ExecutionException with the first failure as its cause, also an [Error]; others are
  ///   suppressed
  /// @throws InterruptedException if interrupted
  /// @throws java.util.concurrent.RejectedExecutionException if the executor is shut down, before
  ///   or meanwhile
  /// @throws NullPointerException if an argument or an input is null
  /// @see #forEach(Iterable, SerializableConsumer, UnaryOperator)
  default <I> void forEach(Iterable<? extends I> inputs, SerializableConsumer<? super I> action)
      throws ExecutionException, InterruptedException {
    forEach(inputs, action, identity());
  }

  /// Performs an action on each input, many at a time, and returns when all are done. Pulls inputs,
  /// fails and is interrupted like [#map(Iterable, SerializableFunction, UnaryOperator)].
  ///
  /// @param <I> the type of the inputs
  /// @param inputs the inputs; none may be null
  /// @param action the action
  /// @param cf changes the configuration
  /// @throws ExecutionException with the first failure as its cause, also an [Error]; others are
  ///   suppressed
  /// @throws InterruptedException if interrupted; running actions were interrupted and waited for,
  ///   at most the grace period
  /// @throws java.util.concurrent.RejectedExecutionException if the executor is shut down, before
  ///   or meanwhile
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  <I> void forEach(
      Iterable<? extends I> inputs,
      SerializableConsumer<? super I> action,
      UnaryOperator<MapConfig> cf)
      throws ExecutionException, InterruptedException;

  /// Performs an action on each element of a stream, many at a time, with the default
  /// configuration.
  ///
  /// @param <I> the type of the inputs
  /// @param inputs the inputs; none may be null
  /// @param action the action
  /// @throws ExecutionException with the first failure as its cause, also an [Error]; others are
  ///   suppressed
  /// @throws InterruptedException if interrupted
  /// @throws java.util.concurrent.RejectedExecutionException if the executor is shut down, before
  ///   or meanwhile
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalStateException if `inputs` was used before
  /// @see #forEach(Stream, SerializableConsumer, UnaryOperator)
  default <I> void forEach(Stream<? extends I> inputs, SerializableConsumer<? super I> action)
      throws ExecutionException, InterruptedException {
    forEach(inputs, action, identity());
  }

  /// Performs an action on each element of a stream, many at a time, closes the stream and returns
  /// when all are done. Like [#forEach(Iterable, SerializableConsumer, UnaryOperator)]; the stream
  /// is closed, too, when this method throws another exception than that it was used before.
  ///
  /// @param <I> the type of the inputs
  /// @param inputs the inputs; none may be null
  /// @param action the action
  /// @param cf changes the configuration
  /// @throws ExecutionException with the first failure as its cause, also an [Error]; others are
  ///   suppressed
  /// @throws InterruptedException if interrupted; running actions were interrupted and waited for,
  ///   at most the grace period
  /// @throws java.util.concurrent.RejectedExecutionException if the executor is shut down, before
  ///   or meanwhile
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalStateException if `inputs` was used before
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  default <I> void forEach(
      Stream<? extends I> inputs,
      SerializableConsumer<? super I> action,
      UnaryOperator<MapConfig> cf)
      throws ExecutionException, InterruptedException {
    try (StreamInputs<I> source = new StreamInputs<>(inputs)) {
      forEach(source, action, cf);
    }
  }

  /// Shuts down, waits, and stops the tasks that do not end in time: no new tasks are accepted;
  /// accepted ones get `wait` to end; then those still running are interrupted, those not started
  /// are cancelled, and the grace period is waited for. If the calling thread is interrupted, the
  /// first wait ends at once and the flag stays set.
  ///
  /// An interrupt that blocks (a thread can override it, and it closes the channel in which the
  /// thread waits) delays neither the others nor this method.
  ///
  /// @param wait the time before running tasks are interrupted; zero or more
  /// @return the tasks that are still running; empty when all ended
  /// @throws NullPointerException if `wait` is null
  /// @throws IllegalArgumentException if `wait` is negative
  List<TaskInfo> close(Duration wait);

  /// {@return counts of this executor's tasks}
  ExecutorStats stats();
}
