package dev.tandem.structured;

import static java.util.function.UnaryOperator.identity;

import dev.tandem.core.Task;
import dev.tandem.structured.CancelReason.Kind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;

/// A scope of the thread that makes it, whose subtasks have [Puppet]s for threads.
final class StressScope implements ThreadFactory {
  /* Starting threads takes so long that nothing would race: a thread that was started at the same
   * time as the canceller is microseconds late. So actors make the calls of the threads. */

  private static final ScopeOptions OPTIONS = ScopeOptions.of(identity());
  private static final Task<Integer> TASK = Task.of("stress", () -> 1);
  private static final MethodHandle FORK;

  static {
    try {
      var scopes = MethodHandles.privateLookupIn(ScopeForks.class, MethodHandles.lookup());
      // What `fork` does once it has found that its caller runs a subtask: an actor never does.
      FORK =
          scopes.findVirtual(
              ScopeForks.class,
              "fork",
              MethodType.methodType(TaskScope.Subtask.class, IntFunction.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final StressJoiner joiner = new StressJoiner();
  final Scope<Integer, String, RuntimeException> scope;
  private final Puppet[] puppets = new Puppet[3];
  private int made;
  private boolean nextObeys;

  StressScope() {
    this(OPTIONS, true, false);
  }

  private StressScope(ScopeOptions options, boolean threads, boolean inTree) {
    scope = Scope.open(joiner, threads ? options.withThreadFactory(this) : options);
    if (!inTree) {
      // Most tests never close it: it must not stay around what the same thread opens next.
      scope.place.leave(Thread.currentThread());
    }
  }

  /// Opens a scope that is in the tree, and must be closed.
  static StressScope inTree() {
    return new StressScope(OPTIONS, true, true);
  }

  /// Opens a scope with a limit on the bodies that run at the same time.
  static StressScope limitedTo(int concurrency) {
    return new StressScope(OPTIONS.withConcurrency(concurrency), true, false);
  }

  /// Opens a scope whose owner parks until it is woken. With a thread factory, the owner would
  /// check the threads from time to time, and a lost wake-up would only cost time.
  static StressScope withoutThreads() {
    return new StressScope(OPTIONS, false, false);
  }

  @Override
  public Thread newThread(Runnable child) {
    Puppet puppet = new Puppet((ThreadChild<?>) child, nextObeys);
    puppets[made++] = puppet;
    return puppet;
  }

  /// Forks a subtask that ends when it is interrupted. Called by the owner.
  ThreadChild<Integer> fork() {
    nextObeys = true;
    return (ThreadChild<Integer>) scope.<Integer>fork(() -> 1);
  }

  /// Forks a subtask whose body an actor plays. Called by the owner.
  ThreadChild<Integer> forkPlayed() {
    nextObeys = false;
    return (ThreadChild<Integer>) scope.<Integer>fork(() -> 1);
  }

  /// Forks a subtask without a thread, whose body an actor plays. Called by the owner.
  Child<Integer> forkOn(StressFuture future) {
    return (ExecutorChild<Integer>) scope.<Integer>forkOn(StressFuture.executor(future), TASK);
  }

  /// Forks a subtask that ends when it is interrupted. Called by an actor that plays a subtask.
  ThreadChild<Integer> forkInside() {
    nextObeys = true;
    IntFunction<Child<Integer>> maker = number -> new ThreadChild<>(scope, number, null, () -> 1);
    ScopeForks<?, ?, ?> forks = scope; // the exact type of the handle
    try {
      return (ThreadChild<Integer>) (TaskScope.Subtask<?>) FORK.invokeExact(forks, maker);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Joins. Called by the owner.
  String join() {
    try {
      return scope.join();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /// Joins. Called by the owner.
  ///
  /// @return what `join` throws; if it throws nothing, an exception without a cause
  Throwable failureOfJoin() {
    try {
      return new AssertionError(join());
    } catch (IllegalStateException e) {
      return e;
    }
  }

  /// Makes a subtask that could be started; it is counted in, but no other thread sees it.
  ThreadChild<Integer> child() {
    nextObeys = true;
    var child = new ThreadChild<Integer>(scope, scope.state.fork(), null, () -> 1);
    child.prepare();
    return child;
  }

  /// Sets the reason for cancelling, without cancelling any subtask.
  void markCancelled() {
    scope.state.cancel(reason());
  }

  CancelReason reason() {
    return new CancelReason(Kind.REQUESTED, scope, null);
  }

  /// Expires the scope, as the timer does at the deadline.
  void expire() {
    scope.expire(scope);
  }

  boolean isTimedOut() {
    return scope.isCancelled() && scope.cancellation().kind() == Kind.TIMEOUT;
  }

  int unfinished() {
    return scope.state.unfinished();
  }

  /// Ends the thread of a subtask after an actor has played its body.
  void end(int i) {
    puppets[i].end();
  }

  /// The number of starts of a subtask.
  ///
  /// @param i the number of its thread; the first thread made for the scope is 0
  int starts(int i) {
    return i < made ? puppets[i].starts() : 0;
  }

  /// The number of interrupts of a subtask.
  int interrupts(int i) {
    return i < made ? puppets[i].interrupts() : 0;
  }
}
