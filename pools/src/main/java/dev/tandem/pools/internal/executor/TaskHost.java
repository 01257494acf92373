package dev.tandem.pools.internal.executor;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.MapMaker;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.ExecutorStats;
import dev.tandem.core.internal.StatsSnapshot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the tasks of one executor share.
public class TaskHost {
  public final String name;
  public final TaskListeners listeners;
  public final long timeoutNanos; // 0: none
  public final long graceNanos;
  public final TaskCounters counters = new TaskCounters();
  final UnreadFailures unread = new UnreadFailures();

  /// The context class loader of the thread that made the executor: that of threads which are not
  /// any submitter's. Null if it had none.
  public final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  private final List<ContextPropagator> context;
  private final Hooks hooks;

  /// The maps that are being consumed: a consumer that waits for a function which ignores its
  /// interrupt must hear of `shutdownNow` from somebody else. Weak: a stream may just be dropped.
  private final Set<MapConsumer<?, ?>> maps =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  /// The threads that run code of users and then owe this executor a step, such as the end of a
  /// task, with how deep they are in such code.
  private final Map<Thread, Integer> onDuty = new ConcurrentHashMap<>();

  private volatile boolean stopping;

  /// What an executor does when one of its tasks moves on.
  public interface Hooks {
    /// A task needs its place in a bounded queue no more.
    default void placeFreed() {}

    /// A body has left its thread, or will never be on one.
    default void bodyEnded() {}
  }

  public TaskHost(String name, CommonOptions options, Hooks hooks) {
    this.name = name;
    this.listeners = new TaskListeners(options.listeners());
    this.timeoutNanos =
        options.timeout() == null ? 0 : TimeUnit.NANOSECONDS.convert(options.timeout());
    this.graceNanos = TimeUnit.NANOSECONDS.convert(options.grace());
    this.context = options.context();
    this.hooks = hooks;
  }

  // ---- what a task calls

  public void placeFreed() {
    hooks.placeFreed();
  }

  public void bodyEnded() {
    hooks.bodyEnded();
  }

  // ---- code of users that must not wait for the executor

  /// The current thread begins with code of users, after which it owes this executor a step.
  public void enterDuty() {
    onDuty.merge(Thread.currentThread(), 1, Integer::sum);
  }

  /// The step was taken.
  public void leaveDuty() {
    onDuty.computeIfPresent(Thread.currentThread(), (_, depth) -> depth == 1 ? null : depth - 1);
  }

  /// {@return an executor whose actions owe this executor a step}
  public Executor onDuty(Executor executor) {
    return action ->
        executor.execute(() -> {
          enterDuty();
          try {
            action.run();
          } finally {
            leaveDuty();
          }
        });
  }

  /// {@return whether the current thread is inside the body of one of this executor's tasks, or in
  /// a listener or callback that is told of its end}
  protected boolean isCurrentThreadInTask() {
    return false;
  }

  /// {@return whether this executor cannot end before the current thread has gone on: it is inside
  /// of a task, a listener, a callback or a thread factory}
  final boolean isCurrentThreadInside() {
    return onDuty.containsKey(Thread.currentThread()) || isCurrentThreadInTask();
  }

  // ---- stopping

  /// The executor is about to interrupt what runs.
  public void stop() {
    stopping = true;
    maps.forEach(MapConsumer::executorStopped);
  }

  /// A map has begun to be consumed.
  public void add(MapConsumer<?, ?> map) {
    maps.add(map);
  }

  public void remove(MapConsumer<?, ?> map) {
    maps.remove(map);
  }

  public boolean isStopping() {
    return stopping;
  }

  // ---- what an executor calls when a task is submitted

  /// {@return `body` with the context of the current thread around it}
  public <T extends @Nullable Object> Callable<T> inContext(Callable<T> body) {
    Callable<T> wrapped = body;
    for (int i = context.size() - 1; i >= 0; i--) {
      ContextPropagator propagator = context.get(i);
      wrapped =
          requireNonNull(
              propagator.wrap(wrapped),
              () -> "context: %s gave null (expected: a callable)".formatted(propagator));
    }
    return wrapped;
  }

  public boolean hasContext() {
    return !context.isEmpty();
  }

  /// {@return whether something wants to know of each single task, in whatever process it runs}
  public boolean watchesTasks() {
    return timeoutNanos != 0 || !listeners.isEmpty();
  }

  /// {@return the counts}
  ///
  /// @param running takes the tasks that run; called after the outcomes were read and before the
  ///   submissions are, so that a task that moves on meanwhile counts as queued, never negative
  /// @param isOpen tells whether a task that runs has no outcome yet
  public <T> ExecutorStats stats(Supplier<List<T>> running, Predicate<T> isOpen) {
    long succeeded = counters.succeededSoFar();
    long failed = counters.failedSoFar();
    long cancelled = counters.cancelledSoFar();
    List<T> now = running.get();
    long open = now.stream().filter(isOpen).count();
    long submitted = counters.submittedSoFar();
    long queued = Math.max(0, submitted - succeeded - failed - cancelled - open);
    return new StatsSnapshot(name, submitted, succeeded, failed, cancelled, now.size(), queued);
  }
}
