package dev.tandem.pools.internal.thread;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.pools.internal.executor.Lifecycle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An executor that counts its tasks to know its own lifecycle, and that can limit how many of them
/// have a thread at the same time.
abstract class CountedExecutor extends ThreadTaskExecutor {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  private final Lifecycle lifecycle = new Lifecycle(this::drained);
  private final @Nullable ConcurrencyLimit limit;

  CountedExecutor(String name, ThreadOptions options, int concurrency) {
    super(name, options, concurrency);
    this.limit =
        options.concurrency() == 0
            ? null
            : new ConcurrencyLimit(options.concurrency(), this::startNow);
  }

  /// Gives a task a thread, or throws.
  abstract void startNow(TaskRun<?> task);

  /// Interrupts what runs.
  ///
  /// @return tasks that were handed on and have not started
  abstract List<Runnable> stopNow();

  /// {@return whether the thread of a task runs the next one that waits at the limit} To hand that
  /// to the delegate instead, while this thread is still busy, is refused by a pool without a
  /// queue.
  abstract boolean reusesThreads();

  /// Prepares a task that is about to wait at the limit, for a thread that another thread may
  /// start. Thread: submitter.
  void mayWait(TaskRun<?> task) {}

  /// Ends what carries the threads: this executor is shut down, and its last task has ended. May be
  /// called more than once.
  void drained() {}

  final boolean isLimited() {
    return limit != null;
  }

  @Override
  protected final boolean enter() {
    return lifecycle.accept();
  }

  @Override
  final void start(TaskRun<?> task) {
    if (limit == null) {
      startNow(task);
    } else {
      mayWait(task);
      limit.submit(task);
      // shutdownNow says that the executor is stopping, then takes out what waits: either it finds
      // the task, or this sees that no thread will take the task
      if (host.isStopping() && task.isQueued()) {
        throw host.refusal();
      }
    }
  }

  @Override
  public final void bodyEnded() {
    lifecycle.ended();
  }

  @Override
  public final void threadLeft() {
    if (limit == null) {
      return;
    }
    if (reusesThreads()) {
      // A thread that is interrupted goes back to its owner, which knows what that means.
      while (!Thread.currentThread().isInterrupted()) {
        TaskRun<?> next = limit.next();
        if (next == null) {
          return;
        }
        try {
          next.runHere();
        } catch (Throwable e) { // of a listener of its future
          GuardedLog.error(log, "A listener of task " + next.name() + " threw", e);
        }
      }
    }
    limit.threadLeft();
  }

  @Override
  public void shutdown() {
    lifecycle.shutdown();
    closeQueue();
  }

  @Override
  public final List<Runnable> shutdownNow() {
    shutdown();
    host.stop();
    List<Runnable> notStarted = new ArrayList<>();
    if (limit != null) {
      notStarted.addAll(withdraw(limit.drainWaiting()));
    }
    notStarted.addAll(stopNow());
    return notStarted;
  }

  @Override
  public boolean isShutdown() {
    return lifecycle.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return lifecycle.isTerminated();
  }

  @Override
  protected boolean awaitEnd(long nanos) throws InterruptedException {
    return lifecycle.await(nanos);
  }
}
