package dev.tandem.pools.internal.thread;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.core.internal.HandOverQueue;
import dev.tandem.pools.internal.executor.TaskHost;
import dev.tandem.pools.internal.executor.TaskRecord;
import dev.tandem.pools.internal.executor.TaskRecord.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What the tasks of one executor share when they run on threads of this JVM.
public final class ThreadHost extends TaskHost {
  final RunningTasks running;

  /// Sends the interrupts of this executor's tasks. Each executor has its own, so that interrupts
  /// that block delay those of no other.
  final Executor interrupts;

  private final boolean renameThreads;
  private final Hooks hooks;

  /// The steps of an executor when one of its tasks moves on.
  interface Hooks extends TaskHost.Hooks {
    /// Looks at a task whose body is about to start, and can be found in [ThreadHost#running].
    default void bodyStarts(TaskRun<?> task) {}

    /// Takes back the thread that was given to a task, whether or not it ran the body.
    default void threadLeft() {}
  }

  /// @param expectedThreads about how many tasks run at the same time
  ThreadHost(String name, ThreadOptions options, int expectedThreads, Hooks hooks) {
    this(
        name,
        options,
        expectedThreads,
        hooks,
        new HandOverQueue(
            "The interrupt of a task's thread", Thread.currentThread().getContextClassLoader()));
  }

  /// Creates a host whose interrupts are sent by `interrupts`.
  ThreadHost(
      String name, ThreadOptions options, int expectedThreads, Hooks hooks, Executor interrupts) {
    super(name, options.common(), hooks);
    this.running = new RunningTasks(expectedThreads);
    this.interrupts = interrupts;
    this.renameThreads = options.renameThreads();
    this.hooks = hooks;
  }

  // ---- what a task calls

  void onStart(TaskRun<?> task) {
    hooks.bodyStarts(task);
  }

  void threadLeft() {
    hooks.threadLeft();
  }

  /// {@return whether threads are named after the tasks that they run}
  boolean renamesThreads() {
    return renameThreads;
  }

  /// Calls a body whose thread is renamed.
  <T extends @Nullable Object> T callRenamed(TaskRun<T> run, Callable<T> body) throws Exception {
    Thread thread = Thread.currentThread();
    if (thread.isVirtual()) {
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

  /// Gives the event of a task that is about to complete to Flight Recorder.
  ///
  /// @param record null if there is none
  /// @param stop how the body was stopped; null if it was not
  /// @param exception what the body has thrown
  static void settled(
      TaskRun<?> task,
      @Nullable TaskRecord record,
      Stop.@Nullable Phase stop,
      @Nullable Throwable exception) {
    if (record == null) {
      return;
    }
    switch (stop) {
      case CANCELLED -> record.settled(task, Outcome.CANCELLED, null);
      case TIMED_OUT, ABANDONED ->
          record.settled(task, Outcome.TIMED_OUT, TaskTimeoutException.class);
      case INTERRUPTED -> record.settled(task, exception);
      case null -> record.settled(task, exception);
    }
  }

  // ---- looking at them

  @Override
  protected boolean isCurrentThreadInTask() {
    return running.isCurrentThreadInside();
  }

  /// {@return the tasks whose body is on a thread now}
  List<TaskRun<?>> running() {
    List<TaskRun<?>> counted = running.snapshot();
    counted.removeIf(task -> !task.isCounted());
    return counted;
  }

  ExecutorStats stats() {
    return stats(this::running, task -> task.counters() == counters && !task.isDone());
  }
}
