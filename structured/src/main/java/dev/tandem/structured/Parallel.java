package dev.tandem.structured;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;
import static java.util.Objects.requireNonNull;
import static java.util.function.UnaryOperator.identity;

import dev.tandem.core.Outcome;
import dev.tandem.core.ThrowingFunction;
import dev.tandem.core.internal.StreamInputs;
import dev.tandem.structured.TaskScope.Joiner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The usual forms of a [TaskScope], each in one call: tasks run at the same time, and the call
/// gives all results, the first result, or the outcome of each task.
///
/// {@snippet file="ScopeSnippetsTest.java" region="parallel"}
///
/// All tasks run on new virtual threads, and have ended when a method returns or throws: tasks that
/// are no longer needed are interrupted and waited for, as long as it takes. If the calling thread
/// is interrupted, so are the tasks, and it gets an [InterruptedException] after they have ended.
/// Of several failures the first is the cause, the others are suppressed.
///
/// A call inside a scope ends with that scope. In a subtask, the calling thread is interrupted. In
/// the scope's own block, the passing of the scope's deadline is the failure of the call, and any
/// other cancellation arrives as a [java.util.concurrent.CancellationException]; `settle` returns
/// [Outcome.Cancelled] in both cases.
///
/// Each form takes the configuration of its scope, too: a name, a timeout, a context, a thread
/// factory, a limit. Context that is said around the call need not be said again. For a policy of
/// your own, open a [TaskScope].
public final class Parallel {
  private Parallel() {}

  /// {@return the results of all tasks, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks; none may be null
  /// @throws ExecutionException if a task fails, with its exception as the cause; the other tasks
  ///   were interrupted
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if `tasks` or one of them is null
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> List<T> all(Callable<? extends T>... tasks)
      throws ExecutionException, InterruptedException {
    return all(Arrays.asList(notNull(tasks, "tasks")));
  }

  /// Like [#all(Callable...)], in a configured scope.
  ///
  /// @param <T> the type of the results
  /// @param cf changes the configuration of the scope in which the tasks run
  /// @param tasks the tasks; none may be null
  /// @return the results of all tasks, in the order of the tasks
  /// @throws ExecutionException if a task fails, with its exception as the cause, or if the timeout
  ///   passes, with a [TaskScope.CancelledByTimeoutException]; the other tasks were interrupted
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or a task is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> List<T> all(
      UnaryOperator<TaskScope.Config> cf, Callable<? extends T>... tasks)
      throws ExecutionException, InterruptedException {
    return all(Arrays.asList(notNull(tasks, "tasks")), cf);
  }

  /// {@return the results of all tasks, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks; none may be null
  /// @throws ExecutionException if a task fails, with its exception as the cause; the other tasks
  ///   were interrupted
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if `tasks` or one of them is null
  public static <T extends @Nullable Object> List<T> all(
      Collection<? extends Callable<? extends T>> tasks)
      throws ExecutionException, InterruptedException {
    return all(tasks, identity());
  }

  /// Like [#all(Collection)], in a configured scope.
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks; none may be null
  /// @param cf changes the configuration of the scope in which the tasks run
  /// @return the results of all tasks, in the order of the tasks
  /// @throws ExecutionException if a task fails, with its exception as the cause, or if the timeout
  ///   passes, with a [TaskScope.CancelledByTimeoutException]; the other tasks were interrupted
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or a task is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  public static <T extends @Nullable Object> List<T> all(
      Collection<? extends Callable<? extends T>> tasks, UnaryOperator<TaskScope.Config> cf)
      throws ExecutionException, InterruptedException {
    return run(Joiner.<T>allSuccessfulOrThrow(), copy(tasks), cf);
  }

  /// {@return the result of the task that succeeds first} The others are interrupted.
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks, at least one; none may be null
  /// @throws ExecutionException if all tasks fail, with the first exception as the cause
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if `tasks` or one of them is null
  /// @throws IllegalArgumentException if there are no tasks
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> T any(Callable<? extends T>... tasks)
      throws ExecutionException, InterruptedException {
    return any(Arrays.asList(notNull(tasks, "tasks")));
  }

  /// Like [#any(Callable...)], in a configured scope.
  ///
  /// @param <T> the type of the results
  /// @param cf changes the configuration of the scope in which the tasks run
  /// @param tasks the tasks, at least one; none may be null
  /// @return the result of the task that succeeds first; the others are interrupted
  /// @throws ExecutionException if all tasks fail, with the first exception as the cause, or if the
  ///   timeout passes, with a [TaskScope.CancelledByTimeoutException]
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or a task is null
  /// @throws IllegalArgumentException if there are no tasks, or if `cf` gives a value that is out
  ///   of range, or returns null
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> T any(
      UnaryOperator<TaskScope.Config> cf, Callable<? extends T>... tasks)
      throws ExecutionException, InterruptedException {
    return any(Arrays.asList(notNull(tasks, "tasks")), cf);
  }

  /// {@return the result of the task that succeeds first} The others are interrupted.
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks, at least one; none may be null
  /// @throws ExecutionException if all tasks fail, with the first exception as the cause
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if `tasks` or one of them is null
  /// @throws IllegalArgumentException if there are no tasks
  public static <T extends @Nullable Object> T any(
      Collection<? extends Callable<? extends T>> tasks)
      throws ExecutionException, InterruptedException {
    return any(tasks, identity());
  }

  /// Like [#any(Collection)], in a configured scope.
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks, at least one; none may be null
  /// @param cf changes the configuration of the scope in which the tasks run
  /// @return the result of the task that succeeds first; the others are interrupted
  /// @throws ExecutionException if all tasks fail, with the first exception as the cause, or if the
  ///   timeout passes, with a [TaskScope.CancelledByTimeoutException]
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or a task is null
  /// @throws IllegalArgumentException if there are no tasks, or if `cf` gives a value that is out
  ///   of range, or returns null
  public static <T extends @Nullable Object> T any(
      Collection<? extends Callable<? extends T>> tasks, UnaryOperator<TaskScope.Config> cf)
      throws ExecutionException, InterruptedException {
    List<Callable<? extends T>> all = copy(tasks);
    checkArgument(!all.isEmpty(), "tasks: none (expected: at least one)");
    return run(Joiner.<T>anySuccessfulOrThrow(), all, cf);
  }

  /// {@return the outcome of each task, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks; none may be null
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws NullPointerException if `tasks` or one of them is null
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> List<Outcome<T>> settle(Callable<? extends T>... tasks)
      throws InterruptedException {
    return settle(Arrays.asList(notNull(tasks, "tasks")));
  }

  /// Like [#settle(Callable...)], in a configured scope. Tasks that have not completed at a timeout
  /// are [Outcome.Cancelled].
  ///
  /// @param <T> the type of the results
  /// @param cf changes the configuration of the scope in which the tasks run
  /// @param tasks the tasks; none may be null
  /// @return the outcome of each task, in the order of the tasks
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws NullPointerException if an argument or a task is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> List<Outcome<T>> settle(
      UnaryOperator<TaskScope.Config> cf, Callable<? extends T>... tasks)
      throws InterruptedException {
    return settle(Arrays.asList(notNull(tasks, "tasks")), cf);
  }

  /// {@return the outcome of each task, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks; none may be null
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws NullPointerException if `tasks` or one of them is null
  public static <T extends @Nullable Object> List<Outcome<T>> settle(
      Collection<? extends Callable<? extends T>> tasks) throws InterruptedException {
    return settle(tasks, identity());
  }

  /// Like [#settle(Collection)], in a configured scope. Tasks that have not completed at a timeout
  /// are [Outcome.Cancelled].
  ///
  /// @param <T> the type of the results
  /// @param tasks the tasks; none may be null
  /// @param cf changes the configuration of the scope in which the tasks run
  /// @return the outcome of each task, in the order of the tasks
  /// @throws InterruptedException if interrupted; so were the tasks
  /// @throws NullPointerException if an argument or a task is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  public static <T extends @Nullable Object> List<Outcome<T>> settle(
      Collection<? extends Callable<? extends T>> tasks, UnaryOperator<TaskScope.Config> cf)
      throws InterruptedException {
    return run(Joiner.<T>allSettled(), copy(tasks), cf);
  }

  /// {@return the results of a function for each input, in the order of the inputs}
  ///
  /// The calling thread takes an input from the iterator when fewer than `maxConcurrency` inputs
  /// are being worked on. Each input has a thread of its own. A failure ends the call at once, also
  /// behind a slow input, but not while the iterator itself blocks. An exception of the iterator
  /// arrives as it is.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param maxConcurrency the number of inputs that are worked on at the same time; positive
  /// @param fn the function
  /// @throws ExecutionException if the function fails, with its exception as the cause; the threads
  ///   of other inputs were interrupted
  /// @throws InterruptedException if interrupted; so were the threads of the inputs
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalArgumentException if `maxConcurrency` is not positive
  public static <I, O extends @Nullable Object> List<O> map(
      Iterable<? extends I> inputs, int maxConcurrency, ThrowingFunction<? super I, ? extends O> fn)
      throws ExecutionException, InterruptedException {
    return map(inputs, maxConcurrency, fn, identity());
  }

  /// Like [#map(Iterable, int, ThrowingFunction)], in a configured scope.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param maxConcurrency the number of inputs that are worked on at the same time; positive
  /// @param fn the function
  /// @param cf changes the configuration of the scope in which the function runs; a smaller
  ///   `withConcurrency` holds, too
  /// @return the results of the function for each input, in the order of the inputs
  /// @throws ExecutionException if the function fails, with its exception as the cause, or if the
  ///   timeout passes, with a [TaskScope.CancelledByTimeoutException]; the threads of other inputs
  ///   were interrupted
  /// @throws InterruptedException if interrupted; so were the threads of the inputs
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalArgumentException if `maxConcurrency` is not positive, or if `cf` gives a value
  ///   that is out of range, or returns null
  public static <I, O extends @Nullable Object> List<O> map(
      Iterable<? extends I> inputs,
      int maxConcurrency,
      ThrowingFunction<? super I, ? extends O> fn,
      UnaryOperator<TaskScope.Config> cf)
      throws ExecutionException, InterruptedException {
    notNull(inputs, "inputs");
    notNull(fn, "fn");
    checkArgument(maxConcurrency > 0, "maxConcurrency: %s (expected: 1 or more)", maxConcurrency);
    Scope<O, List<O>, ExecutionException> scope = open(Joiner.allSuccessfulOrThrow(), cf);
    try (scope) {
      forkEach(inputs, maxConcurrency, fn, scope);
      return scope.join();
    }
  }

  /// {@return the results of a function for each element of a stream, in the order of the elements}
  /// Like [#map(Iterable, int, ThrowingFunction)]; the calling thread pulls the stream,
  /// sequentially, and closes it before this method returns or throws, unless the stream was used
  /// before. An exception of the stream arrives as it is.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param maxConcurrency the number of inputs that are worked on at the same time; positive
  /// @param fn the function
  /// @throws ExecutionException if the function fails, with its exception as the cause; the threads
  ///   of other inputs were interrupted
  /// @throws InterruptedException if interrupted; so were the threads of the inputs
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalArgumentException if `maxConcurrency` is not positive
  /// @throws IllegalStateException if `inputs` was used before
  public static <I, O extends @Nullable Object> List<O> map(
      Stream<? extends I> inputs, int maxConcurrency, ThrowingFunction<? super I, ? extends O> fn)
      throws ExecutionException, InterruptedException {
    return map(inputs, maxConcurrency, fn, identity());
  }

  /// Like [#map(Stream, int, ThrowingFunction)], in a configured scope.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param maxConcurrency the number of inputs that are worked on at the same time; positive
  /// @param fn the function
  /// @param cf changes the configuration of the scope in which the function runs; a smaller
  ///   `withConcurrency` holds, too
  /// @return the results of the function for each element, in the order of the elements
  /// @throws ExecutionException if the function fails, with its exception as the cause, or if the
  ///   timeout passes, with a [TaskScope.CancelledByTimeoutException]; the threads of other inputs
  ///   were interrupted
  /// @throws InterruptedException if interrupted; so were the threads of the inputs
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalArgumentException if `maxConcurrency` is not positive, or if `cf` gives a value
  ///   that is out of range, or returns null
  /// @throws IllegalStateException if `inputs` was used before
  public static <I, O extends @Nullable Object> List<O> map(
      Stream<? extends I> inputs,
      int maxConcurrency,
      ThrowingFunction<? super I, ? extends O> fn,
      UnaryOperator<TaskScope.Config> cf)
      throws ExecutionException, InterruptedException {
    try (StreamInputs<I> source = new StreamInputs<>(inputs)) {
      return map(source, maxConcurrency, fn, cf);
    }
  }

  /// Runs a task with a timeout that stops it: the task is interrupted then, and has ended when
  /// this method returns or throws.
  ///
  /// @param <T> the type of the result
  /// @param task the task
  /// @param timeout the timeout; if it is zero or negative, the deadline has passed and the task
  ///   never runs
  /// @return the task's result
  /// @throws TimeoutException if the timeout, or that of a scope around the call, passes; thrown
  ///   once the task has ended, so a task that ignores the interrupt delays it
  /// @throws ExecutionException if the task fails, with its exception as the cause
  /// @throws InterruptedException if interrupted; so was the task
  /// @throws java.util.concurrent.CancellationException if a scope around the call was cancelled
  /// @throws NullPointerException if an argument is null
  public static <T extends @Nullable Object> T callWithTimeout(Callable<T> task, Duration timeout)
      throws TimeoutException, ExecutionException, InterruptedException {
    notNull(task, "task");
    long start = System.nanoTime();
    Scope<T, T, ExecutionException> scope =
        open(Joiner.<T>anySuccessfulOrThrow(), cf -> cf.withTimeout(timeout));
    try (scope) {
      scope.fork(task);
      return scope.join();
    } catch (ExecutionException e) {
      if (scope.endedAtDeadline()) {
        TimeoutException expired = timeoutException(e, System.nanoTime() - start);
        scope.replaced(e, expired);
        throw expired;
      }
      throw e;
    }
  }

  private static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      R run(
          Joiner<T, R, X> joiner,
          List<Callable<? extends T>> tasks,
          UnaryOperator<TaskScope.Config> cf)
          throws X, InterruptedException {
    try (TaskScope<T, R, X> scope = TaskScope.open(joiner, cf)) {
      for (Callable<? extends T> task : tasks) {
        scope.fork(task);
      }
      return scope.join();
    }
  }

  /// Copies the tasks and checks them, so that no user's code runs between the forks.
  private static <T extends @Nullable Object> List<Callable<? extends T>> copy(
      Collection<? extends Callable<? extends T>> tasks) {
    List<Callable<? extends T>> copy = new ArrayList<>();
    for (Callable<? extends T> task : notNull(tasks, "tasks")) {
      copy.add(requireNonNull(task, "tasks: null among them (expected: no null)"));
    }
    return copy;
  }

  private static <I, O extends @Nullable Object> void forkEach(
      Iterable<? extends I> inputs,
      int maxConcurrency,
      ThrowingFunction<? super I, ? extends O> fn,
      Scope<O, ?, ?> scope)
      throws InterruptedException {
    try {
      Iterator<? extends I> all = inputs.iterator();
      // After a cancellation there is no room; join then throws the reason.
      while (scope.awaitRoom(maxConcurrency) && all.hasNext()) {
        I input = requireNonNull(all.next(), "inputs: null among them (expected: no null)");
        scope.fork((Callable<O>) () -> fn.apply(input));
      }
    } catch (Throwable e) { // also a checked exception that was thrown sneakily
      scope.cancel(); // so that close does not warn of a scope left without join
      throw e;
    }
  }

  private static TimeoutException timeoutException(ExecutionException e, long nanos) {
    Throwable cause = requireNonNull(e.getCause());
    var timeout =
        new TimeoutException(
            "%s; it was interrupted and ended after %s"
                .formatted(cause.getMessage(), Duration.ofNanos(nanos)));
    for (Throwable late : e.getSuppressed()) {
      timeout.addSuppressed(late);
    }
    return timeout;
  }

  private static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      Scope<T, R, X> open(Joiner<T, R, X> joiner, UnaryOperator<TaskScope.Config> cf) {
    return Scope.open(joiner, ScopeOptions.of(cf));
  }
}
