package dev.tandem.pools.internal.thread;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.UncheckedExecutionException;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.MapOptions;
import dev.tandem.core.internal.TaskTimer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tandem's tasks on an executor service that Tandem has not made.
final class ExecutorServiceAdapter extends CountedExecutor {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);
  private static final long MIN_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final ExecutorService delegate;
  private final boolean closable;

  /// The tasks that were handed to the delegate and have not ended. Some executors, such as
  /// [ForkJoinPool], drop their queues silently at `shutdownNow`: without this set, those futures
  /// would hang.
  private final Set<TaskRun<?>> handedOn = ConcurrentHashMap.newKeySet();

  ExecutorServiceAdapter(String name, ThreadOptions options, ExecutorService delegate) {
    super(name, options, options.concurrency() == 0 ? sizeOf(delegate) : options.concurrency());
    this.delegate = delegate;
    this.closable = delegate != ForkJoinPool.commonPool(); // which cannot be closed
  }

  private static int sizeOf(ExecutorService executor) {
    int size =
        switch (executor) {
          case ThreadPoolExecutor pool -> pool.getMaximumPoolSize();
          case ForkJoinPool pool -> pool.getParallelism();
          default -> 0;
        };
    return size > MapOptions.UNLIMITED_CONCURRENCY ? 0 : size;
  }

  @Override
  void startNow(TaskRun<?> task) {
    try {
      delegate.execute(task);
    } catch (Throwable e) {
      if (delegate instanceof ThreadPoolExecutor pool) {
        PlatformThreadPool.rescueQueue(pool);
      }
      throw e;
    }
    handedOn.add(task);
    task.addListener(() -> handedOn.remove(task), Runnable::run);
    // A delegate that is being stopped may have dropped it without a word. Either this sees that
    // the executor is stopping, or stopNow, which comes after that was said, finds the task.
    if (task.isQueued() && (host.isStopping() || isDiscarded(task))) {
      throw host.refusal();
    }
  }

  /// {@return whether the delegate was shut down and then threw the task away}
  /// [ThreadPoolExecutor.CallerRunsPolicy] does so silently. If a thread has just taken the task
  /// from the queue, this says so too, and the task is refused before it starts.
  private boolean isDiscarded(TaskRun<?> task) {
    return delegate instanceof ThreadPoolExecutor pool
        && pool.isShutdown()
        && !pool.getQueue().contains(task);
  }

  @Override
  boolean reusesThreads() {
    return true;
  }

  @Override
  protected boolean mayRunInCaller() {
    return true;
  }

  @Override
  List<Runnable> stopNow() {
    List<TaskRun<?>> queued = new ArrayList<>(handedOn);
    queued.sort(Comparator.comparingLong(TaskRun::id)); // in the order of a queue
    List<Runnable> notStarted = withdraw(queued);
    // Not every executor interrupts: a direct one runs in its callers, the common pool never stops.
    interruptRunning();
    if (closable) {
      notStarted.addAll(withdraw(stopDelegate()));
    }
    return notStarted;
  }

  /// Stops the delegate, which interrupts one thread after the other: that may block. What it gives
  /// back then is not waited for longer than for a body; nothing of it is a task of this executor.
  private List<Runnable> stopDelegate() {
    var stop = new FutureTask<>(delegate::shutdownNow);
    TaskTimer.handOver(host.loader, stop);
    try {
      return Uninterruptibles.getUninterruptibly(
          stop, Math.max(host.graceNanos, MIN_WAIT_NANOS), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      log.warn("{}: the shutdownNow of its executor blocks and is not waited for", host.name);
      return List.of();
    } catch (ExecutionException e) {
      Throwable cause = requireNonNull(e.getCause());
      Throwables.throwIfUnchecked(cause);
      throw new UncheckedExecutionException(cause);
    }
  }

  @Override
  public void shutdown() {
    super.shutdown();
    if (!isLimited()) {
      drained(); // nothing waits here: what was accepted is the delegate's, which will run it
    }
  }

  @Override
  void drained() {
    if (closable) {
      delegate.shutdown();
    }
  }

  @Override
  public boolean isShutdown() {
    if (delegate.isShutdown()) {
      super.shutdown(); // the delegate was shut down directly
    }
    return super.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return isShutdown() && super.isTerminated() && (!closable || delegate.isTerminated());
  }

  @Override
  protected boolean awaitEnd(long nanos) throws InterruptedException {
    long end = System.nanoTime() + Math.max(0, nanos);
    if (delegate.isShutdown()) {
      super.shutdown();
    }
    return super.awaitEnd(nanos)
        && (!closable || delegate.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS));
  }
}
