package dev.tandem.structured;

import static java.util.function.UnaryOperator.identity;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.ThrowingRunnable;
import dev.tandem.core.internal.Dump;
import dev.tandem.core.internal.Wrappers;
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
/// cancelled, too, and `join` returns. A result that a subtask returns after that is dropped; the
/// outcome of its handle is [Outcome.Cancelled].
///
/// **Failures.** With the joiners that throw, the first failure is the cause of the
/// [ExecutionException]; later ones are suppressed in it, also those that come while the scope is
/// being left, but not a bare [InterruptedException] or [CancellationException] of a cancelled
/// subtask, nor the exception with which a scope inside it reports that cancellation. The owner is
/// never interrupted because of a failure: `join` reports it. An owner that waits for something
/// else than `join` should therefore wait for something that ends when a subtask fails, such as a
/// channel whose other end was forked as `channel.consumer(...)`.
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
/// **Memory effects.** Actions of the forking thread before `fork` *happen-before* the subtask, and
/// the subtask *happens-before* the actions after `join`, [Subtask#get()] or `close`.
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
  /// @param joiner the policy for the end and the result; serves this scope alone
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
  /// @param joiner the policy for the end and the result; serves this scope alone
  /// @param cf changes the configuration
  /// @throws NullPointerException if an argument is null
  /// @throws IllegalArgumentException if `cf` gives a value that is out of range or returns null,
  ///   or the joiner is one of [Joiner]'s own and serves another scope already
  static <T extends @Nullable Object, R extends @Nullable Object, X extends Throwable>
      TaskScope<T, R, X> open(Joiner<? super T, ? extends R, X> joiner, UnaryOperator<Config> cf) {
    return Scope.open(joiner, ScopeOptions.of(cf));
  }

  /// {@return a text that shows each live scope: its owner, its age, and its unfinished subtasks
  /// with their states, their ages and the scopes inside them} For humans; its form may change.
  static String dump() {
    return Dump.text(LiveScopes::dump);
  }

  /// Starts a subtask. Never waits: beyond the [concurrency limit][Config#withConcurrency], the
  /// subtask starts when another one ends.
  ///
  /// A subtask that cannot start (no memory for a thread, a factory that gives none, an executor
  /// that rejects it) is a subtask that failed, with a
  /// [java.util.concurrent.RejectedExecutionException]. In a scope that was cancelled nothing
  /// starts; the handle is then cancelled. This method throws the exceptions of the joiner's
  /// `onFork` and of the capture of the context.
  ///
  /// @param <U> the type of the result
  /// @param task the body of the subtask
  /// @return the subtask's handle
  /// @throws NullPointerException if `task` is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<U> fork(Callable<? extends U> task);

  /// Starts a subtask without a result. Like [#fork(Callable)].
  ///
  /// @param <U> the type of the result
  /// @param task the body of the subtask
  /// @return the subtask's handle; its result is null
  /// @throws NullPointerException if `task` is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<@Nullable U> fork(Runnable task);

  /// Starts a subtask that has no result and may throw a checked exception. Like [#fork(Callable)].
  ///
  /// @param <U> the type of the result
  /// @param task the body of the subtask
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
  /// @param task the body of the subtask
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
  /// @param task the body of the subtask
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
  ///   interrupted, a body in a worker process is killed with the process; an exception of the body
  ///   after that is lost;
  /// - scopes opened in its body do not belong to this one, and it may not fork here (with an
  ///   executor that runs tasks in the calling thread, both are as if the owner did it).
  ///
  /// @param <U> the type of the result
  /// @param executor the executor that runs the subtask; it should not be the one whose thread
  ///   waits in `join`
  /// @param task the body of the subtask
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
  /// @param executor the executor that runs the subtask
  /// @param task the body of the subtask
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
  /// @param executor the executor that runs the subtask
  /// @param name the name; not blank
  /// @param task the body of the subtask
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
  /// @param executor the executor that runs the subtask
  /// @param name the name; not blank
  /// @param task the body of the subtask
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
  /// @param executor the executor that runs the subtask
  /// @param task the body of the subtask
  /// @return the subtask's handle
  /// @throws NullPointerException if an argument is null
  /// @throws WrongThreadException if the calling thread is neither the owner nor the thread of a
  ///   subtask of this scope or of one nested in it
  /// @throws IllegalStateException if the owner has joined or closed the scope
  <U extends T> Subtask<U> forkOn(TaskExecutor executor, Task<? extends U> task);

  /// Waits until all subtasks have completed or the scope is cancelled, then lets the joiner give
  /// the result. Cancelled subtasks may still be ending; `close` waits for them.
  ///
  /// After the scope's timeout, [Joiner#timeout()] gives the result; but if all subtasks had
  /// completed by then, [Joiner#result()] does, however late the owner joins.
  ///
  /// After an [InterruptedException] the owner may join again. Otherwise it joins once.
  ///
  /// @return the joiner's result
  /// @throws X the exception of the joiner
  /// @throws InterruptedException if the owner was interrupted before or while it waits. Failures
  ///   of subtasks that are not reported elsewhere are suppressed in it
  /// @throws CancellationException with most of the joiners that throw, if subtasks did not
  ///   complete because of [#cancel()] or the end of a scope around this one
  /// @throws java.util.concurrent.CompletionException if `onFork` or `onComplete` of the joiner
  ///   threw, with that exception as its cause
  /// @throws WrongThreadException if the calling thread is not the owner
  /// @throws IllegalStateException if the owner has joined or closed the scope
  R join() throws X, InterruptedException;

  /// {@return whether the scope was cancelled, for whatever reason} To leave it without a completed
  /// [#join()] is one.
  boolean isCancelled();

  /// Cancels the scope: nothing new starts, each unfinished subtask is interrupted once, `join`
  /// returns. A subtask that calls this is cancelled like its siblings. May be called by any
  /// thread; returns without waiting; the first reason for cancelling counts.
  void cancel();

  /// Cancels the unfinished subtasks, and waits until the threads of all subtasks have ended. An
  /// interrupt meanwhile does not shorten the wait; the flag is kept.
  ///
  /// Leaving a scope without a completed `join` is no error, so that an exception of the block
  /// stands alone. A warning is logged if the failure of a subtask was not reported, or if subtasks
  /// were cut off that neither [#cancel()] nor the joiner nor a scope around this one had cancelled
  /// before. Failures that come after `join` are suppressed in its exception. They are logged in
  /// one line (an `Error` with its stack) if `join` threw nothing, if the exception is that of a
  /// joiner of your own or was not made for this scope by the joiner's function, or if it takes no
  /// suppressed exceptions. Closing again does nothing.
  ///
  /// @throws WrongThreadException if the calling thread is not the owner
  /// @throws IllegalStateException after all is closed, if a scope that the owner opened inside
  ///   this one was still open; it is closed, too
  @Override
  void close();

  /// A subtask's handle. Every handle completes: at the latest when the scope is closed, it has a
  /// result, an exception, or was cancelled. Thread-safe.
  ///
  /// The owner may read a handle once `join` has returned or thrown, once it has called
  /// [TaskScope#cancel()], and after `close`: before that, the outcome could still change.
  ///
  /// @param <T> the type of the result
  sealed interface Subtask<T extends @Nullable Object> extends Supplier<T> permits Child {
    /// The state of a subtask.
    enum State {
      /// The subtask has not completed, or it was cancelled before it completed.
      UNAVAILABLE,
      /// The subtask returned a result.
      SUCCESS,
      /// The subtask threw an exception, or could not start.
      FAILED
    }

    /// {@return the state} A state other than `UNAVAILABLE` is final.
    State state();

    /// {@return the result; does not wait}
    ///
    /// @throws CancellationException if the subtask was cancelled
    /// @throws IllegalStateException if the subtask failed, with its exception as the cause; if it
    ///   has not completed; or if the owner reads too early
    @Override
    T get();

    /// {@return the exception of a failed subtask; does not wait}
    ///
    /// @throws IllegalStateException if the subtask has not failed, or if the owner reads too early
    Throwable exception();

    /// {@return the subtask's result, its exception, or that it was cancelled; does not wait}
    ///
    /// @throws IllegalStateException if the subtask has not completed and was not cancelled, or if
    ///   the owner reads too early
    Outcome<T> outcome();
  }

  /// The policy of a scope: decides when the scope has seen enough, and what the result of `join`
  /// is. A joiner serves one scope.
  ///
  /// {@snippet file="ScopeSnippetsTest.java" region="joiner"}
  ///
  /// `onFork` and `onComplete` are called by several threads at once; their actions *happen-before*
  /// `result` and `timeout`, which the owner calls, unless the scope was cancelled meanwhile. If
  /// `onFork` or `onComplete` throws, the scope is cancelled and `join` throws a
  /// [java.util.concurrent.CompletionException]; `fork` throws the exception of `onFork`, too.
  ///
  /// A joiner may wrap one of those made here, and choose the calls that it passes on. Later
  /// failures are then suppressed in the exception of the wrapped joiner, as without the wrapper.
  ///
  /// @param <T> the type of the subtasks' results
  /// @param <R> the type of the result
  /// @param <X> the type of the exception
  interface Joiner<T extends @Nullable Object, R extends @Nullable Object, X extends Throwable> {
    /// Is called before a subtask starts. Thread: forking, also in a scope that was cancelled.
    ///
    /// @param subtask the subtask
    /// @return whether to cancel the scope
    /// @throws NullPointerException if `subtask` is null
    /// @throws IllegalArgumentException if the subtask has completed
    default boolean onFork(Subtask<T> subtask) {
      OwnJoiner.checkForked(subtask);
      return false;
    }

    /// Is called when a subtask has succeeded or failed, unless the scope was cancelled before.
    /// Thread: the subtask's.
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
    /// @return the result of `join`
    /// @throws X the exception of `join`
    R result() throws X;

    /// Gives the result after the scope's timeout: a partial result, or an exception.
    ///
    /// @return the result of `join`
    /// @throws X the exception of `join`
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
      return allSuccessfulOrThrow(Wrappers::execution);
    }

    /// {@return a joiner for the first result; it throws when all fail}
    ///
    /// @param <T> the type of the subtasks' results
    static <T extends @Nullable Object> Joiner<T, T, ExecutionException> anySuccessfulOrThrow() {
      return anySuccessfulOrThrow(Wrappers::execution);
    }

    /// {@return a joiner without a result; it throws when one fails}
    ///
    /// @param <T> the type of the subtasks' results
    static <T extends @Nullable Object>
        Joiner<T, @Nullable Void, ExecutionException> awaitAllSuccessfulOrThrow() {
      return awaitAllSuccessfulOrThrow(Wrappers::execution);
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

    /// {@return a joiner for the outcome of each subtask, in the order of the forks; it throws
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

    /// {@return a copy with a timeout, counted from the opening of the scope} The time left until
    /// an instant, `Duration.between(now, deadline)`, may be given as it is: when it is zero or
    /// negative, the deadline has passed, and subtasks that are forked never run.
    ///
    /// @param timeout the timeout
    /// @throws NullPointerException if `timeout` is null
    Config withTimeout(Duration timeout);

    /// {@return a copy whose subtasks run on this factory's threads} `newThread` is called by the
    /// forking thread and must return a new, unstarted thread for each call that runs the given
    /// runnable: a subtask whose thread ends without running it has failed, which is noticed within
    /// a second or so. A name that the factory gives is kept. A subtask is its thread's
    /// uncaught-exception handler; a body that sets another handler detaches the scopes that it
    /// opens after that from this scope.
    ///
    /// @param factory the factory
    /// @throws NullPointerException if `factory` is null
    Config withThreadFactory(ThreadFactory factory);

    /// {@return a copy with a limit on the bodies that run at the same time} The others start in
    /// the order of their forks, each on a thread of its own, when one ends. Subtasks of
    /// [TaskScope#forkOn(TaskExecutor, Task)] do not count.
    ///
    /// @param concurrency the limit; positive
    /// @throws IllegalArgumentException if `concurrency` is not positive
    Config withConcurrency(int concurrency);

    /// {@return a copy that carries this context from the forking thread to each subtask, in
    /// addition to the propagators set before, and inside of what the scope
    /// [inherits][ContextPropagator] where it is opened}
    ///
    /// @param propagators the propagators; the first is the outermost around the body
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
    /// @param message the scope, and how many of its subtasks had not completed
    public CancelledByTimeoutException(String message) {
      super(message);
    }
  }
}
