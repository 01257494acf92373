package dev.tandem.pools.internal.thread;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.GuardedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A limit of how many tasks have a thread at the same time. The others wait in order, without one.
final class ConcurrencyLimit {
  /*
   * No task is stranded. A submitter first adds its task, then tries for a permit; a thread that
   * ends first gives its permit back, then looks for a task. Both pairs are sequentially consistent
   * (the semaphore's and the queue's steps are volatile or compareAndSet), so if the submitter
   * misses the permit, the thread that still had it will see the task. In drain() the same holds for
   * a permit taken in vain: it is given back before the queue is looked at again.
   *
   * A task that leaves (is cancelled while it waits) cannot use up a permit: the thread that has
   * taken it out of the queue with a permit in its hand goes on to the next task, and one that is
   * cancelled after that look is given its thread, runs nothing, and passes the thread on.
   */
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  private final Semaphore permits;
  private final Queue<TaskRun<?>> waiting = new ConcurrentLinkedQueue<>();
  private final Consumer<TaskRun<?>> starter;

  /// @param starter gives a task a thread, or throws
  ConcurrencyLimit(int limit, Consumer<TaskRun<?>> starter) {
    this.permits = new Semaphore(limit);
    this.starter = starter;
  }

  /// Starts the task now or later.
  void submit(TaskRun<?> task) {
    waiting.add(task);
    drain(task);
  }

  /// Gives back the permit of a thread that has ended.
  void threadLeft() {
    permits.release();
    drain(null);
  }

  /// Finds another task for the thread that was given to one.
  ///
  /// @return the next task that waits, which then has the permit; null if there is none and the
  ///   permit was given back
  @Nullable TaskRun<?> next() {
    while (true) {
      TaskRun<?> task = waiting.poll();
      if (task != null && task.isQueued()) {
        return task;
      }
      if (task == null) {
        permits.release();
        if (waiting.isEmpty() || !permits.tryAcquire()) {
          return null;
        }
      }
    }
  }

  /// @param own the task of the caller, which hears of its failure by an exception; others by their
  ///   futures
  private void drain(@Nullable TaskRun<?> own) {
    Throwable refused = null;
    while (!waiting.isEmpty() && permits.tryAcquire()) {
      TaskRun<?> task = waiting.poll();
      if (task == null
          || !task.isQueued()) { // taken by another thread, or cancelled while it waited
        permits.release();
        continue;
      }
      try {
        starter.accept(task);
      } catch (Throwable e) {
        permits.release();
        if (task == own) {
          refused = e;
        } else {
          refuse(task, e);
        }
      }
    }
    if (own != null && refused != null) {
      throw own.notStarted(refused);
    }
  }

  /// Ends an accepted task that got no thread, whatever that makes a listener do.
  static void refuse(TaskRun<?> task, Throwable cause) {
    try {
      task.refuse(cause);
    } catch (Throwable e) { // of a listener of its future; other tasks are seen to all the same
      GuardedLog.error(log, "A listener of a refused task threw", e);
    }
  }

  /// {@return the tasks that wait, taken out}
  List<TaskRun<?>> drainWaiting() {
    List<TaskRun<?>> drained = new ArrayList<>();
    for (TaskRun<?> task; (task = waiting.poll()) != null; ) {
      drained.add(task);
    }
    return drained;
  }
}
