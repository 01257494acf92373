package dev.tandem.pools.internal.executor;

import com.google.common.collect.MapMaker;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.internal.Bodies;
import dev.tandem.core.internal.InheritedContext;
import dev.tandem.core.internal.StatsSnapshot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
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

  /// The failures of tasks that have not been read. It costs nothing while tasks succeed.
  final Set<UnreadFailure> unread = ConcurrentHashMap.newKeySet();

  /// The context class loader of the thread that made the executor. The threads that serve no
  /// single submitter have it. Null if that thread had none.
  public final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  private final List<ContextPropagator> context;
  private final Hooks hooks;

  /// The maps that are being consumed. A consumer that waits for a function which ignores its
  /// interrupt must hear of `shutdownNow` by another way. Weak: a stream may just be dropped.
  private final Set<MapConsumer<?, ?>> maps =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  /// The threads that run code of users and then owe this executor a step, such as the end of a
  /// task; each with the depth of its calls into such code.
  private final Map<Thread, Integer> onDuty = new ConcurrentHashMap<>();

  private volatile boolean stopping;

  /// The steps of an executor when one of its tasks moves on.
  public interface Hooks {
    /// Frees the place of a task in a bounded queue.
    default void placeFreed() {}

    /// Counts out a task whose body has left its thread, or will never be on one.
    default void bodyEnded() {}
  }

  public TaskHost(String name, CommonOptions options, Hooks hooks) {
    TaskRecord.load();
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

  /// Notes that the current thread enters code of users, and owes this executor a step after it.
  public void enterDuty() {
    onDuty.merge(Thread.currentThread(), 1, Integer::sum);
  }

  /// Notes that the current thread has taken the step.
  public void leaveDuty() {
    onDuty.computeIfPresent(Thread.currentThread(), (_, depth) -> depth == 1 ? null : depth - 1);
  }

  /// {@return an executor whose threads owe this executor a step while they run an action}
  public Executor onDuty(Executor executor) {
    return action -> executor.execute(onDuty(action));
  }

  /// {@return an action whose thread owes this executor a step while it runs}
  public Runnable onDuty(Runnable action) {
    return () -> {
      enterDuty();
      try {
        action.run();
      } finally {
        leaveDuty();
      }
    };
  }

  /// {@return whether the current thread is inside the body of one of this executor's tasks, or in
  /// a listener or callback that is told of its end}
  protected boolean isCurrentThreadInTask() {
    return false;
  }

  /// {@return whether this executor cannot end before the current thread goes on: it is inside of a
  /// task, a listener, a callback or a thread factory}
  final boolean isCurrentThreadInside() {
    return onDuty.containsKey(Thread.currentThread()) || isCurrentThreadInTask();
  }

  // ---- stopping

  /// Ends the maps. Called by `shutdownNow` before it interrupts what runs.
  public void stop() {
    stopping = true;
    maps.forEach(MapConsumer::executorStopped);
  }

  /// Adds a map that is about to be consumed.
  void add(MapConsumer<?, ?> map) {
    maps.add(map);
  }

  void remove(MapConsumer<?, ?> map) {
    maps.remove(map);
  }

  public boolean isStopping() {
    return stopping;
  }

  // ---- what an executor calls when a task is submitted

  /// {@return the refusal of a task after the shutdown}
  public RejectedExecutionException refusal() {
    return new RejectedExecutionException(name + " is shut down and accepts no tasks");
  }

  /// {@return `body` in the context that is carried from the current thread; `body` itself if there
  /// is none}
  public <T extends @Nullable Object> Callable<T> inContext(Callable<T> body) {
    return InheritedContext.task(body, context);
  }

  /// {@return a body that is sent to another JVM, in the context that is carried from the current
  /// thread; `body` itself if there is none}
  ///
  /// @param body a [Callable] or a [Runnable]
  /// @param canBeSent says of a body whether it could be sent
  public Object inSentContext(Object body, Predicate<Callable<?>> canBeSent) {
    Callable<?> callable =
        body instanceof Callable<?> c ? c : Bodies.<@Nullable Object>of((Runnable) body, null);
    Callable<?> wrapped = InheritedContext.sentTask(callable, context, canBeSent);
    return wrapped == callable ? body : wrapped;
  }

  /// {@return whether each single task is timed or listened to, in whatever process it runs}
  public boolean watchesTasks() {
    return timeoutNanos != 0 || !listeners.isEmpty();
  }

  /// {@return the counts}
  ///
  /// @param running takes the tasks that run; called after the outcomes were read and before the
  ///   submissions are, so that a task that moves on meanwhile counts as queued, never negative
  /// @param isOpen tells whether a task that runs has no outcome yet
  public <T> StatsSnapshot stats(Supplier<List<T>> running, Predicate<T> isOpen) {
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
