package dev.tandem.structured;

import static java.util.function.UnaryOperator.identity;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.ThrowingRunnable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A block of code in which subtasks run at the same time, and which is not left before every one
/// of them has ended. Its shape is that of the JDK's `StructuredTaskScope`, without a preview flag;
/// the guide lists [every difference](../../../../dev.tandem/dev/tandem/doc-files/scopes.html).
///
/// {@snippet file="ScopeSnippetsTest.java" region="scope"}
///
/// **Life.** The thread that opens a scope owns it. It forks subtasks, joins them, and closes the
/// scope, which a try-with-resources statement does. Subtasks may fork more. [#close()] waits until
/// the *thread* of each subtask has ended, however long that takes; the interrupt flag of the owner
/// is kept meanwhile. (A subtask on a cluster is the one exception: the end of a body on another
/// machine cannot be seen.) A scope that a task leaves open on a pooled thread is around everything
/// that the thread opens after it; what a subtask leaves open is closed when its body ends.
///
/// **Cancelling.** A scope is cancelled when its [Joiner] has seen enough, at its timeout, by
/// [#cancel()], or by leaving it before all has ended. Then nothing new starts, each unfinished
/// subtask is interrupted once, the scopes opened inside (by the owner or in a subtask) are
/// cancelled, too, and `join` returns. What a subtask returns after that is dropped; its handle
/// says [Outcome.Cancelled].
///
/// **Failures.** With the joiners that throw, the first failure is the cause of the
/// [ExecutionException]; later ones are suppressed in it, also those that come while the scope is
/// being left, but not a bare [InterruptedException] or [CancellationException] of a subtask that
/// was told to stop, nor what a scope inside it throws for that. The owner is never interrupted to
/// tell it of a failure: it learns of it in `join`. An owner that waits for something else than
/// `join` should therefore wait for something that ends when a subtask fails, such as a channel
/// whose other end was forked as `channel.consumer(...)`.
///
/// **Timeouts and nesting.** A scope opened inside another one, by its owner or in one of its
/// subtasks, ends at the earlier of both deadlines unless [Config#withoutOuterDeadline()]. Scopes
/// opened by one thread are closed in reverse order.
///
/// **Threads.** Each subtask runs on a new virtual thread, unless there is a [thread
/// factory][Config#withThreadFactory(ThreadFactory)] or it is [forked on an
/// executor][#forkOn(TaskExecutor, SerializableCallable)]. Threads get names once a scope or a
/// subtask has one: subtask 3, named `price`, of a scope `checkout` runs on the thread
/// `checkout/price-3`; of a very long path, the first and the last names are kept. The context
/// class loader is that of the forking thread, unless a factory sets another one. Inheritable
/// thread-locals are inherited only by the threads of a factory that does so.
///
/// **Memory effects.** What the forking thread did before `fork` *happens-before* the subtask, and
/// that *happens-before* what follows `join`, [Subtask#get()] or `close`.
///
/// `fork`, `cancel` and `isCancelled` may be called by several threads at once; `join` and `close`
/// belong to the owner.
///
/// @param <T> the type of the subtasks' results
/// @param <R> the type of the result of `join`
/// @param <X> the type of the exception of `join`
public sealed interface TaskScope<
        T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
    extends AutoCloseable permits ScopeForks {
  /// {@return a new scope that waits for all subtasks and fails with the first that fails}
  ///
  /// @param <T> the type of the subtasks' results
  static <T extends @Nullable Object> TaskScope<T, @Nullable Void, ExecutionException> open() {
    return open(identity());
  }

  /// {@return a new scope that waits for all subtasks and fails with the first that fails,
  /// configured}
  ///
  /// @param <T> the type of the subtasks' results
  /// @param cf changes the configuration
  /// @throws NullPointerException if `cf` is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range, or returns null
  static <T extends @Nullable Object> TaskScope<T, @Nullable Void, ExecutionException> open(
      UnaryOperator<Config> cf) {
    return open(Joiner.awaitAllSuccessfulOrThrow(), cf);
  }

  /// {@return a new scope with this joiner}
  ///
  /// @param <T> the type of the subtasks' results
  /// @param <R> the type of the result of `join`
  /// @param <X> the type of the exception of `join`
  /// @param joiner decides when to stop and what the result is; for this scope alone
  /// @throws NullPointerException if `joiner` is null
  /// @throws IllegalArgumentException if the joiner is one of [Joiner]'s own and serves another
  ///   scope already
  static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      TaskScope<T, R, X> open(Joiner<? super T, ? extends R, X> joiner) {
    return open(joiner, identity());
  }

  /// {@return a new scope with this joiner, configured}
  ///
  /// @param <T> the type of the subtasks' results
  /// @param <R> the type of the result of `join`
  /// @param <X> the type of the exception of `join`
  /// @param joiner decides when to stop and what the result is; for this scope alone
  /// @param cf changes the configuration
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range or returns null,
  ///   or the joiner is one of [Joiner]'s own and serves another scope already
  static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      TaskScope<T, R, X> open(Joiner<? super T, ? extends R, X> joiner, UnaryOperator<Config> cf) {
    return Scope.open(joiner, ScopeOptions.of(cf));
  }

  /// {@return a text that shows each live scope: its owner, its age, and its unfinished subtasks
  /// with their states, their ages and the scopes inside them} For people; its form may change.
  static String dump() {
    return LiveScopes.dump();
  }

  /// Starts a subtask. Never waits: beyond the [concurrency limit][Config#withConcurrency], the
  /// subtask starts when another one ends.
  ///
  /// A subtask that cannot start (no memory for a thread, a factory that gives none, an executor
  /// that refuses) is a subtask that failed, with a
  /// [java.util.concurrent.RejectedExecutionException]. In a scope that was cancelled nothing
  /// starts; the handle then says so. What the joiner's `onFork` or the capture of the context
  /// throws leaves this method.
  ///
  /// @param <U> the type of the result
  /// @param task what to do
  /// @return the subtask's handle
  /// @throws NullPointerException if `task` is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<U> fork(Callable<? extends U> task);

  /// Starts a subtask without a result. Like [#fork(Callable)].
  ///
  /// @param <U> the type of the result
  /// @param task what to do
  /// @return the subtask's handle; its result is null
  /// @throws NullPointerException if `task` is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<@Nullable U> fork(Runnable task);

  /// Starts a subtask that has no result and may throw a checked exception. Like [#fork(Callable)].
  ///
  /// @param <U> the type of the result
  /// @param task what to do
  /// @return the subtask's handle; its result is null
  /// @throws NullPointerException if `task` is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<@Nullable U> fork(ThrowingRunnable task);

  /// Starts a subtask with a name, for threads, dumps and messages. Like [#fork(Callable)].
  ///
  /// @param <U> the type of the result
  /// @param name the name; not blank
  /// @param task what to do
  /// @return the subtask's handle
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `name` is blank
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<U> fork(String name, Callable<? extends U> task);

  /// Starts a subtask with a name and without a result. Like [#fork(Callable)].
  ///
  /// @param <U> the type of the result
  /// @param name the name; not blank
  /// @param task what to do
  /// @return the subtask's handle; its result is null
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `name` is blank
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<@Nullable U> fork(String name, ThrowingRunnable task);

  /// Starts a subtask on an executor. Like [#fork(Callable)], but
  /// - the executor's limits, queue, context and timeouts hold for it, not this scope's
  ///   `withConcurrency`, `withContext` and `withThreadFactory`; if submitting blocks, so does
  ///   this, and a cancellation meanwhile reaches the task only once the executor has accepted it;
  /// - cancelling the scope cancels it as `future.cancel(true)` does: a body on a thread is
  ///   interrupted, a body in a worker process is killed with the process; what it throws after
  ///   that is not seen;
  /// - scopes opened in its body do not belong to this one, and it may not fork here (with an
  ///   executor that runs tasks in the calling thread, both are as if the owner did it).
  ///
  /// @param <U> the type of the result
  /// @param executor where it runs; it should not be the one whose thread waits in `join`
  /// @param task what to do
  /// @return the subtask's handle
  /// @throws NullPointerException if an argument is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<U> forkOn(TaskExecutor executor, SerializableCallable<? extends U> task);

  /// Starts a subtask without a result on an executor. Like [#forkOn(TaskExecutor,
  /// SerializableCallable)].
  ///
  /// @param <U> the type of the result
  /// @param executor where it runs
  /// @param task what to do
  /// @return the subtask's handle; its result is null
  /// @throws NullPointerException if an argument is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<@Nullable U> forkOn(TaskExecutor executor, SerializableRunnable task);

  /// Starts a subtask with a name on an executor. Like [#forkOn(TaskExecutor,
  /// SerializableCallable)]; the name is also that of the executor's task.
  ///
  /// @param <U> the type of the result
  /// @param executor where it runs
  /// @param name the name; not blank
  /// @param task what to do
  /// @return the subtask's handle
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `name` is blank
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<U> forkOn(
      TaskExecutor executor, String name, SerializableCallable<? extends U> task);

  /// Starts a subtask with a name and without a result on an executor. Like [#forkOn(TaskExecutor,
  /// String, SerializableCallable)].
  ///
  /// @param <U> the type of the result
  /// @param executor where it runs
  /// @param name the name; not blank
  /// @param task what to do
  /// @return the subtask's handle; its result is null
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `name` is blank
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<@Nullable U> forkOn(
      TaskExecutor executor, String name, SerializableRunnable task);

  /// Starts a task on an executor. Like [#forkOn(TaskExecutor, SerializableCallable)]; the task's
  /// own timeout and grace hold.
  ///
  /// @param <U> the type of the result
  /// @param executor where it runs
  /// @param task what to do
  /// @return the subtask's handle
  /// @throws NullPointerException if an argument is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<U> forkOn(TaskExecutor executor, Task<? extends U> task);

  /// Waits until all subtasks have completed or the scope is cancelled, then lets the joiner give
  /// the result. Subtasks that were told to stop may still be ending; `close` waits for them.
  ///
  /// After the scope's timeout that is [Joiner#timeout()]; but if all had completed by then it is
  /// [Joiner#result()], however late the owner joins.
  ///
  /// After an [InterruptedException] the owner may join again. Otherwise it joins once.
  ///
  /// @return the joiner's result
  /// @throws X what the joiner throws
  /// @throws InterruptedException if the owner was interrupted before or while it waits. Failures
  ///   of subtasks that nobody else is told of are suppressed in it
  /// @throws CancellationException with most of the joiners that throw, if subtasks did not
  ///   complete because of [#cancel()] or the end of a scope around this one
  /// @throws java.util.concurrent.CompletionException if `onFork` or `onComplete` of the joiner
  ///   threw, with that as its cause
  /// @throws WrongThreadException if the calling thread is not the owner
  /// @throws IllegalStateException if the owner has joined or closed the scope
  R join() throws X, InterruptedException;

  /// {@return whether the scope was cancelled, for whatever reason} To leave it without a completed
  /// [#join()] is one.
  boolean isCancelled();

  /// Cancels the scope: nothing new starts, each unfinished subtask is interrupted once, `join`
  /// returns. A subtask that calls this is told to stop like its siblings. May be called by any
  /// thread; returns without waiting; the first reason for cancelling counts.
  void cancel();

  /// Cancels what has not completed, and waits until the threads of all subtasks have ended. An
  /// interrupt meanwhile does not shorten the wait; the flag is kept.
  ///
  /// A scope that is left without a completed `join` throws nothing for that, so that an exception
  /// of the block stands alone. A warning is logged if a subtask failed that nobody was told of, or
  /// if work was cut off that neither [#cancel()] nor the joiner nor a scope around this one had
  /// cancelled before. Failures that come after `join` hang on what it threw; if it threw nothing
  /// or an exception of a joiner of your own, they are logged in one line (an `Error` with its
  /// stack); so they are if the exception was not made for this scope by the joiner's function, or
  /// takes no suppressed ones. Closing again does nothing.
  ///
  /// @throws WrongThreadException if the calling thread is not the owner
  /// @throws IllegalStateException after all is closed, if a scope that the owner opened inside
  ///   this one was still open; it is closed, too
  @Override
  void close();

  /// A subtask's handle. Every handle completes: at the latest when the scope is closed, it has a
  /// result, an exception, or was cancelled. Thread-safe.
  ///
  /// The owner may read it once `join` has returned or thrown, once it has called
  /// [TaskScope#cancel()], and after `close`: before that it could not rely on what it sees.
  ///
  /// @param <T> the type of the result
  sealed interface Subtask<T extends @Nullable Object> extends Supplier<T> permits Child {
    /// Where a subtask is.
    enum State {
      /// It has not completed, or it was cancelled before it did.
      UNAVAILABLE,
      /// It returned a result.
      SUCCESS,
      /// It threw.
      FAILED
    }

    /// {@return where it is} Once it is not `UNAVAILABLE` it stays as it is.
    State state();

    /// {@return the result; does not wait}
    ///
    /// @throws CancellationException if the subtask was cancelled
    /// @throws IllegalStateException if it failed, if it has not completed, or if the owner asks
    ///   too early
    @Override
    T get();

    /// {@return what it threw; does not wait}
    ///
    /// @throws IllegalStateException if it did not fail, or if the owner asks too early
    Throwable exception();

    /// {@return its result, its exception, or that it was cancelled; does not wait}
    ///
    /// @throws IllegalStateException if it has not completed and was not cancelled, or if the owner
    ///   asks too early
    Outcome<T> outcome();
  }

  /// Decides when a scope has seen enough, and what the result of `join` is. A joiner serves one
  /// scope.
  ///
  /// {@snippet file="ScopeSnippetsTest.java" region="joiner"}
  ///
  /// `onFork` and `onComplete` are called by several threads at once; what they did
  /// *happens-before* `result` and `timeout`, which the owner calls, unless the scope was cancelled
  /// meanwhile. If one of the two throws, the scope is cancelled and `join` throws a
  /// [java.util.concurrent.CompletionException]; what `onFork` throws leaves `fork`, too.
  ///
  /// A joiner may wrap one of those made here, and pass on to it what it likes. The later failures
  /// are then suppressed in what that one throws, as without the wrapper.
  ///
  /// @param <T> the type of the subtasks' results
  /// @param <R> the type of the result
  /// @param <X> the type of the exception
  interface Joiner<T extends @Nullable Object, R extends @Nullable Object, X extends Throwable> {
    /// A subtask is about to start. Called by the forking thread, also in a scope that was
    /// cancelled.
    ///
    /// @param subtask the subtask
    /// @return whether to cancel the scope
    /// @throws NullPointerException if `subtask` is null
    /// @throws IllegalArgumentException if the subtask has completed
    default boolean onFork(Subtask<T> subtask) {
      OwnJoiner.checkForked(subtask);
      return false;
    }

    /// A subtask has succeeded or failed. Called by its thread, unless the scope was cancelled
    /// before.
    ///
    /// @param subtask the subtask
    /// @return whether to cancel the scope
    /// @throws NullPointerException if `subtask` is null
    /// @throws IllegalArgumentException if the subtask has not completed
    default boolean onComplete(Subtask<T> subtask) {
      OwnJoiner.checkCompleted(subtask);
      return false;
    }

    /// Gives the result after all subtasks have completed or the scope was cancelled, not by a
    /// timeout.
    ///
    /// @return what `join` returns
    /// @throws X what `join` throws
    R result() throws X;

    /// Gives the result after the scope's timeout: what there is until then, or an exception.
    ///
    /// @return what `join` returns
    /// @throws X what `join` throws
    R timeout() throws X;

    /// {@return a joiner for all results, in the order of the forks; it throws when one fails}
    ///
    /// @param <T> the type of the subtasks' results
    /// @param <X> the type of the exception
    /// @param esf makes the exception out of the first failure, or of a
    ///   [CancelledByTimeoutException]; called by the owner. Later failures are suppressed in it
    ///   only if it has the first one as its cause
    /// @throws NullPointerException if `esf` is null
    static <T extends @Nullable Object, X extends Throwable>
        Joiner<T, List<T>, X> allSuccessfulOrThrow(Function<Throwable, X> esf) {
      return new AllSuccessful<>(esf);
    }

    /// {@return a joiner for the first result; it throws when all fail} Without any subtask it
    /// throws, with a [java.util.NoSuchElementException] as the failure.
    ///
    /// @param <T> the type of the subtasks' results
    /// @param <X> the type of the exception
    /// @param esf makes the exception out of the first failure, or of a
    ///   [CancelledByTimeoutException]; called by the owner. Later failures are suppressed in it
    ///   only if it has the first one as its cause
    /// @throws NullPointerException if `esf` is null
    static <T extends @Nullable Object, X extends Throwable> Joiner<T, T, X> anySuccessfulOrThrow(
        Function<Throwable, X> esf) {
      return new AnySuccessful<>(esf);
    }

    /// {@return a joiner without a result; it throws when one fails}
    ///
    /// @param <T> the type of the subtasks' results
    /// @param <X> the type of the exception
    /// @param esf makes the exception out of the first failure, or of a
    ///   [CancelledByTimeoutException]; called by the owner. Later failures are suppressed in it
    ///   only if it has the first one as its cause
    /// @throws NullPointerException if `esf` is null
    static <T extends @Nullable Object, X extends Throwable>
        Joiner<T, @Nullable Void, X> awaitAllSuccessfulOrThrow(Function<Throwable, X> esf) {
      return new AwaitAllSuccessful<>(esf);
    }

    /// {@return a joiner for all results, in the order of the forks; it throws when one fails}
    ///
    /// @param <T> the type of the subtasks' results
    static <T extends @Nullable Object>
        Joiner<T, List<T>, ExecutionException> allSuccessfulOrThrow() {
      return allSuccessfulOrThrow(ThrowingJoiner::wrap);
    }

    /// {@return a joiner for the first result; it throws when all fail}
    ///
    /// @param <T> the type of the subtasks' results
    static <T extends @Nullable Object> Joiner<T, T, ExecutionException> anySuccessfulOrThrow() {
      return anySuccessfulOrThrow(ThrowingJoiner::wrap);
    }

    /// {@return a joiner without a result; it throws when one fails}
    ///
    /// @param <T> the type of the subtasks' results
    static <T extends @Nullable Object>
        Joiner<T, @Nullable Void, ExecutionException> awaitAllSuccessfulOrThrow() {
      return awaitAllSuccessfulOrThrow(ThrowingJoiner::wrap);
    }

    /// {@return a joiner for the handles of all subtasks, in the order of the forks; it cancels the
    /// scope as soon as the predicate holds for one that has completed, and throws nothing} At a
    /// timeout it gives the handles, too.
    ///
    /// @param <T> the type of the subtasks' results
    /// @param isDone asked for each subtask that completes, by several threads at once
    /// @throws NullPointerException if `isDone` is null
    static <T extends @Nullable Object> Joiner<T, List<Subtask<T>>, RuntimeException> allUntil(
        Predicate<? super Subtask<T>> isDone) {
      return new AllUntil<>(isDone);
    }

    /// {@return a joiner for what became of each subtask, in the order of the forks; it throws
    /// nothing} At a timeout, subtasks that have not completed are [Outcome.Cancelled].
    ///
    /// @param <T> the type of the subtasks' results
    static <T extends @Nullable Object> Joiner<T, List<Outcome<T>>, RuntimeException> allSettled() {
      return new AllSettled<>();
    }
  }

  /// The configuration of a scope. Immutable; each method returns a changed copy.
  sealed interface Config permits ScopeOptions {
    /// {@return a copy with this name} It appears in thread names, dumps and messages.
    ///
    /// @param name the name; not blank
    /// @throws NullPointerException if `name` is null
    /// @throws IllegalArgumentException if `name` is blank
    Config withName(String name);

    /// {@return a copy with a timeout, counted from the opening of the scope} What is left until an
    /// instant, `Duration.between(now, deadline)`, may be given as it is: when it is zero or
    /// negative, the deadline has passed, and what is forked never runs.
    ///
    /// @param timeout the timeout
    /// @throws NullPointerException if `timeout` is null
    Config withTimeout(Duration timeout);

    /// {@return a copy whose subtasks run on this factory's threads} `newThread` is called by the
    /// forking thread and must give a thread of its own for each call, not started, that runs what
    /// it is given: a subtask whose thread ends without running it has failed, which is noticed
    /// within a second or so. A name that the factory gives is kept. A subtask is its thread's
    /// uncaught-exception handler; a body that sets another one cuts the scopes that it opens after
    /// that off from this one.
    ///
    /// @param factory the factory
    /// @throws NullPointerException if `factory` is null
    Config withThreadFactory(ThreadFactory factory);

    /// {@return a copy in which at most so many bodies run at the same time} The others start in
    /// the order of their forks, each on a thread of its own, when one ends. Subtasks of
    /// [TaskScope#forkOn(TaskExecutor, Task)] do not count.
    ///
    /// @param concurrency the most; positive
    /// @throws IllegalArgumentException if `concurrency` is not positive
    Config withConcurrency(int concurrency);

    /// {@return a copy that carries this context from the forking thread to each subtask, beside
    /// what was set before}
    ///
    /// @param propagators what to carry; the first is the outermost around the body
    /// @throws NullPointerException if `propagators` or one of them is null
    Config withContext(ContextPropagator... propagators);

    /// {@return a copy for a scope that does not end at the deadline of the scope around it} For
    /// cleaning up. A thread that is interrupted by the end of the outer scope stays interrupted.
    Config withoutOuterDeadline();
  }

  /// The failure of a scope whose timeout passed before its subtasks had completed.
  final class CancelledByTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message what was waited for and how long
    public CancelledByTimeoutException(String message) {
      super(message);
    }
  }
}
