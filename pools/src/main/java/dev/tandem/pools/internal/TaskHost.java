package dev.tandem.pools.internal;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.MapMaker;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.ExecutorStats;
import dev.tandem.core.internal.HandOverQueue;
import dev.tandem.core.internal.StatsSnapshot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the tasks of one executor share.
final class TaskHost {
  final String name;
  final TaskListeners listeners;
  final long timeoutNanos; // 0: none
  final long graceNanos;
  final TaskCounters counters = new TaskCounters();
  final RunningTasks running;
  final UnreadFailures unread = new UnreadFailures();

  /// The context class loader of the thread that made the executor: that of threads which are not
  /// any submitter's. Null if it had none.
  final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  /// Sends the interrupts of this executor's tasks. Each executor has its own, so that interrupts
  /// that block delay those of no other.
  final Executor interrupts;

  private final List<ContextPropagator> context;
  private final boolean renameThreads;
  private final Hooks hooks;

  /// The maps that are being consumed: a consumer that waits for a function which ignores its
  /// interrupt must hear of `shutdownNow` from somebody else. Weak: a stream may just be dropped.
  private final Set<MapDriver<?>> maps =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  /// The threads that run code of users and then owe this executor a step, such as the end of a
  /// task, with how deep they are in such code. Those that are inside of a task on a thread are
  /// among the running tasks instead.
  private final Map<Thread, Integer> onDuty = new ConcurrentHashMap<>();

  private volatile boolean stopping;

  /// What an executor does when one of its tasks moves on.
  interface Hooks {
    /// A body is about to start; by now it can be found in [TaskHost#running].
    default void bodyStarts(TaskRun<?> task) {}

    /// A task needs its place in a bounded queue no more.
    default void placeFreed() {}

    /// A body has left its thread, or will never be on one.
    default void bodyEnded() {}

    /// The thread given to a task has no more to do for it, whether or not it ran the body.
    default void threadLeft() {}
  }

  TaskHost(
      String name, CommonOptions options, boolean renameThreads, int expectedThreads, Hooks hooks) {
    this(
        name,
        options,
        renameThreads,
        expectedThreads,
        hooks,
        new HandOverQueue(
            "The interrupt of a task's thread", Thread.currentThread().getContextClassLoader()));
  }

  /// Creates a host whose interrupts are sent by `interrupts`.
  TaskHost(
      String name,
      CommonOptions options,
      boolean renameThreads,
      int expectedThreads,
      Hooks hooks,
      Executor interrupts) {
    this.name = name;
    this.interrupts = interrupts;
    this.listeners = new TaskListeners(options.listeners());
    this.timeoutNanos =
        options.timeout() == null ? 0 : TimeUnit.NANOSECONDS.convert(options.timeout());
    this.graceNanos = TimeUnit.NANOSECONDS.convert(options.grace());
    this.running = new RunningTasks(expectedThreads);
    this.context = options.context();
    this.renameThreads = renameThreads;
    this.hooks = hooks;
  }

  // ---- what a task calls

  void onStart(TaskRun<?> task) {
    hooks.bodyStarts(task);
  }

  void placeFreed() {
    hooks.placeFreed();
  }

  void bodyEnded() {
    hooks.bodyEnded();
  }

  void threadLeft() {
    hooks.threadLeft();
  }

  /// {@return whether a body is just called}
  boolean isPlain() {
    return !renameThreads && !TaskEvent.isOn();
  }

  /// Calls a body whose thread is renamed, or of which Flight Recorder is told.
  <T extends @Nullable Object> T callWatched(TaskRun<T> run, Callable<T> body) throws Exception {
    return TaskEvent.isOn()
        ? TaskEvent.call(run, () -> callRenamed(run, body))
        : callRenamed(run, body);
  }

  private <T extends @Nullable Object> T callRenamed(TaskRun<T> run, Callable<T> body)
      throws Exception {
    Thread thread = Thread.currentThread();
    if (!renameThreads || thread.isVirtual()) {
      return body.call();
    }
    String before = thread.getName();
    thread.setName(run.name());
    try {
      return body.call();
    } finally {
      thread.setName(before);
    }
  }

  // ---- code of users that must not wait for the executor

  /// The current thread begins with code of users, after which it owes this executor a step.
  void enterDuty() {
    onDuty.merge(Thread.currentThread(), 1, Integer::sum);
  }

  /// The step was taken.
  void leaveDuty() {
    onDuty.computeIfPresent(Thread.currentThread(), (_, depth) -> depth == 1 ? null : depth - 1);
  }

  /// {@return an executor whose actions owe this executor a step}
  Executor onDuty(Executor executor) {
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

  /// {@return whether this executor cannot end before the current thread has gone on: it is inside
  /// of a task, a listener, a callback or a thread factory}
  boolean isCurrentThreadInside() {
    return onDuty.containsKey(Thread.currentThread()) || running.isCurrentThreadInside();
  }

  // ---- stopping

  /// The executor is about to interrupt what runs.
  void stop() {
    stopping = true;
    maps.forEach(MapDriver::executorStopped);
  }

  /// A map has begun to be consumed.
  void add(MapDriver<?> map) {
    maps.add(map);
  }

  void remove(MapDriver<?> map) {
    maps.remove(map);
  }

  boolean isStopping() {
    return stopping;
  }

  // ---- what an executor calls when a task is submitted

  /// {@return `body` with the context of the current thread around it}
  <T extends @Nullable Object> Callable<T> inContext(Callable<T> body) {
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

  boolean hasContext() {
    return !context.isEmpty();
  }

  /// {@return whether something wants to know of each single task, in whatever process it runs}
  boolean watchesTasks() {
    return timeoutNanos != 0 || !listeners.isEmpty();
  }

  /// {@return the tasks whose body is on a thread now}
  List<TaskRun<?>> running() {
    List<TaskRun<?>> counted = running.snapshot();
    counted.removeIf(task -> !task.isCounted());
    return counted;
  }

  ExecutorStats stats() {
    return stats(-1);
  }

  /// {@return the counts}
  ///
  /// @param runningElsewhere how many run where this JVM has no threads for them; -1: here
  ExecutorStats stats(long runningElsewhere) {
    // read the outcomes first: a task that moves on meanwhile then counts as queued, never negative
    long succeeded = counters.succeededSoFar();
    long failed = counters.failedSoFar();
    long cancelled = counters.cancelledSoFar();
    List<TaskRun<?>> now = running();
    long open =
        runningElsewhere >= 0
            ? runningElsewhere
            : now.stream().filter(task -> task.counters() == counters && !task.isDone()).count();
    long submitted = counters.submittedSoFar();
    long queued = Math.max(0, submitted - succeeded - failed - cancelled - open);
    long running = Math.max(now.size(), runningElsewhere);
    return new StatsSnapshot(name, submitted, succeeded, failed, cancelled, running, queued);
  }
}
