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

/// The usual forms of a [TaskScope], each in one call: run these at the same time and give me all,
/// the first, or what became of each.
///
/// {@snippet file="ScopeSnippetsTest.java" region="parallel"}
///
/// Everything runs on new virtual threads, and has ended when a method returns or throws: what is
/// no longer needed is interrupted and waited for, as long as it takes. If the calling thread is
/// interrupted, so are the tasks, and it gets an [InterruptedException] after they have ended. Of
/// several failures the first is the cause, the others are suppressed. A call inside a subtask of a
/// scope ends with that scope, at its deadline or, with a
/// [java.util.concurrent.CancellationException], when it is cancelled.
///
/// For context, names, limits or a policy of your own, open a [TaskScope].
public final class Parallel {
  private Parallel() {}

  /// {@return the results of all tasks, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks what to do
  /// @throws ExecutionException when a task fails, with what it threw as its cause; the others were
  ///   interrupted
  /// @throws InterruptedException if interrupted
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> List<T> all(Callable<? extends T>... tasks)
      throws ExecutionException, InterruptedException {
    return all(Arrays.asList(notNull(tasks, "tasks")));
  }

  /// {@return the results of all tasks, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks what to do
  /// @throws ExecutionException when a task fails, with what it threw as its cause; the others were
  ///   interrupted
  /// @throws InterruptedException if interrupted
  public static <T extends @Nullable Object> List<T> all(
      Collection<? extends Callable<? extends T>> tasks)
      throws ExecutionException, InterruptedException {
    return run(Joiner.<T>allSuccessfulOrThrow(), copy(tasks));
  }

  /// {@return the result of the task that succeeds first} The others are interrupted.
  ///
  /// @param <T> the type of the results
  /// @param tasks what to do; at least one
  /// @throws ExecutionException when all have failed
  /// @throws InterruptedException if interrupted
  /// @throws IllegalArgumentException if there are no tasks
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> T any(Callable<? extends T>... tasks)
      throws ExecutionException, InterruptedException {
    return any(Arrays.asList(notNull(tasks, "tasks")));
  }

  /// {@return the result of the task that succeeds first} The others are interrupted.
  ///
  /// @param <T> the type of the results
  /// @param tasks what to do; at least one
  /// @throws ExecutionException when all have failed
  /// @throws InterruptedException if interrupted
  /// @throws IllegalArgumentException if there are no tasks
  public static <T extends @Nullable Object> T any(
      Collection<? extends Callable<? extends T>> tasks)
      throws ExecutionException, InterruptedException {
    List<Callable<? extends T>> all = copy(tasks);
    checkArgument(!all.isEmpty(), "tasks: none (expected: at least one)");
    return run(Joiner.<T>anySuccessfulOrThrow(), all);
  }

  /// {@return what became of each task, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks what to do
  /// @throws InterruptedException if interrupted
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> List<Outcome<T>> settle(Callable<? extends T>... tasks)
      throws InterruptedException {
    return settle(Arrays.asList(notNull(tasks, "tasks")));
  }

  /// {@return what became of each task, in the order of the tasks}
  ///
  /// @param <T> the type of the results
  /// @param tasks what to do
  /// @throws InterruptedException if interrupted
  public static <T extends @Nullable Object> List<Outcome<T>> settle(
      Collection<? extends Callable<? extends T>> tasks) throws InterruptedException {
    return run(Joiner.<T>allSettled(), copy(tasks));
  }

  /// {@return what a function makes of each input, in the order of the inputs}
  ///
  /// The calling thread takes an input from the iterator when there is a free place for it, so at
  /// most `maxConcurrency` inputs are ahead of what is finished. Each input has a thread of its
  /// own. A failure is seen at once, also behind a slow input. While the iterator itself blocks,
  /// nothing is seen.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param maxConcurrency how many are worked on at the same time; positive
  /// @param fn the function
  /// @throws ExecutionException when the function fails, with what it threw as its cause; what ran
  ///   was interrupted. What the iterator throws arrives as it is
  /// @throws InterruptedException if interrupted
  public static <I, O extends @Nullable Object> List<O> map(
      Iterable<? extends I> inputs, int maxConcurrency, ThrowingFunction<? super I, ? extends O> fn)
      throws ExecutionException, InterruptedException {
    notNull(inputs, "inputs");
    notNull(fn, "fn");
    checkArgument(maxConcurrency > 0, "maxConcurrency: %s (expected: 1 or more)", maxConcurrency);
    Scope<O, List<O>, ExecutionException> scope = open(Joiner.allSuccessfulOrThrow(), identity());
    try (scope) {
      forkEach(inputs, maxConcurrency, fn, scope);
      return scope.join();
    }
  }

  /// {@return what a function makes of each element of a stream, in the order of the elements} Like
  /// [#map(Iterable, int, ThrowingFunction)]; the calling thread pulls the stream, sequentially,
  /// and closes it before this method returns or throws, unless the stream was used before.
  ///
  /// @param <I> the type of the inputs
  /// @param <O> the type of the results
  /// @param inputs the inputs; none may be null
  /// @param maxConcurrency how many are worked on at the same time; positive
  /// @param fn the function
  /// @throws ExecutionException when the function fails, with what it threw as its cause; what ran
  ///   was interrupted. What the stream throws arrives as it is
  /// @throws InterruptedException if interrupted
  /// @throws NullPointerException if an argument or an input is null
  /// @throws IllegalArgumentException if `maxConcurrency` is not positive
  /// @throws IllegalStateException if `inputs` was used before
  public static <I, O extends @Nullable Object> List<O> map(
      Stream<? extends I> inputs, int maxConcurrency, ThrowingFunction<? super I, ? extends O> fn)
      throws ExecutionException, InterruptedException {
    try (StreamInputs<I> source = new StreamInputs<>(inputs)) {
      return map(source, maxConcurrency, fn);
    }
  }

  /// Runs a task with a timeout that stops it: it is interrupted and has ended when this returns.
  ///
  /// @param <T> the type of the result
  /// @param task what to do
  /// @param d the timeout; if it is zero or negative, the time is over and the task never runs
  /// @return its result
  /// @throws TimeoutException after the timeout, or that of a scope around the caller, when the
  ///   task has ended: a task that ignores the interrupt delays this
  /// @throws ExecutionException if the task fails, with what it threw as its cause
  /// @throws InterruptedException if interrupted; so was the task
  public static <T extends @Nullable Object> T callWithTimeout(Callable<T> task, Duration d)
      throws TimeoutException, ExecutionException, InterruptedException {
    notNull(task, "task");
    long start = System.nanoTime();
    Scope<T, T, ExecutionException> scope =
        open(Joiner.<T>anySuccessfulOrThrow(), cf -> cf.withTimeout(d));
    try (scope) {
      scope.fork(task);
      return scope.join();
    } catch (ExecutionException e) {
      if (scope.endedAtDeadline()) {
        TimeoutException timeout = timeoutException(e, System.nanoTime() - start);
        scope.replaced(e, timeout);
        throw timeout;
      }
      throw e;
    }
  }

  private static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      R run(Joiner<T, R, X> joiner, List<Callable<? extends T>> tasks)
          throws X, InterruptedException {
    try (TaskScope<T, R, X> scope = TaskScope.open(joiner)) {
      for (Callable<? extends T> task : tasks) {
        scope.fork(task);
      }
      return scope.join();
    }
  }

  /// The tasks in a list of ours, checked, so that no code of a user's runs beside them.
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
      // When there is no room because the scope was cancelled, join tells why.
      while (scope.awaitRoom(maxConcurrency) && all.hasNext()) {
        I input = requireNonNull(all.next(), "inputs: null among them (expected: no null)");
        scope.fork((Callable<O>) () -> fn.apply(input));
      }
    } catch (Throwable e) { // also a checked exception that was thrown sneakily
      scope.cancel(); // not a scope left by mistake: the iterator has failed
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
