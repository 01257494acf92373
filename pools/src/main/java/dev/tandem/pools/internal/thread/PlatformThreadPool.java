package dev.tandem.pools.internal.thread;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.TaskTimer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fixed number of platform threads: the JDK's thread pool carries threads, queue and lifecycle.
final class PlatformThreadPool extends ThreadTaskExecutor {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  /*
   * The JDK's pool interrupts its workers one after the other under a lock that the end of each
   * worker and awaitTermination need. `interrupt` is code of users and may block. So this class
   * interrupts bodies itself (TaskRun), has a latch of its own for the end, and where threads come
   * from a factory, which may override `interrupt`, it lets another thread tell the JDK's pool, which
   * then interrupts workers that are idle.
   */
  private final ThreadPoolExecutor pool;
  private final boolean ownThreads;
  private final CountDownLatch terminated = new CountDownLatch(1);
  private volatile boolean shutDown;

  PlatformThreadPool(String name, int threads, ThreadOptions options) {
    super(name, options, threads);
    ThreadFactory factory = options.threadFactory();
    this.ownThreads = factory == null;
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            factory == null
                ? threads(name, host.loader)
                : body -> ThreadExecutors.newThread(host, factory, body),
            (body, refusing) -> {
              throw host.refusal();
            }) {
          @Override
          protected void terminated() {
            terminated.countDown();
          }
        };
  }

  /// A thread serves tasks of many submitters. The loader of the one that happens to need it first
  /// would be as good as none: it is that of the pool's maker.
  private static ThreadFactory threads(String name, @Nullable ClassLoader loader) {
    ThreadFactory plain = Thread.ofPlatform().name(name + "-", 1).factory();
    return body -> {
      Thread thread = plain.newThread(body);
      thread.setContextClassLoader(loader);
      return thread;
    };
  }

  /// Starts the worker that the queue of a pool may need after the pool has refused a task.
  ///
  /// The JDK's pool can strand what it has accepted (seen on 25 with its own class alone):
  /// submitter A has counted a worker and not started it; submitter B finds enough workers counted
  /// and queues its task; the pool is shut down; A's worker may not start any more, A is refused,
  /// and no worker is started for B's task, so the pool never terminates. A comes here after its
  /// worker was counted out again; a pool that is shut down still allows a worker for what its
  /// queue holds.
  ///
  /// @return why that could not be started, if it could not
  @CanIgnoreReturnValue
  static @Nullable Throwable rescueQueue(ThreadPoolExecutor pool) {
    if (pool.getQueue().isEmpty()) {
      return null;
    }
    try {
      pool.prestartCoreThread();
      return null;
    } catch (Throwable e) {
      log.warn("No thread could be started for {} tasks in a queue", pool.getQueue().size(), e);
      return e;
    }
  }

  @Override
  void start(TaskRun<?> task) {
    try {
      pool.execute(task);
    } catch (Throwable e) {
      Throwable noThread = rescueQueue(pool);
      if (noThread != null && pool.getPoolSize() == 0) {
        refuseQueue(noThread);
      }
      throw e;
    }
    // Either this sees that the executor is stopping, or shutdownNow, which empties the queue after
    // it has said so, finds the task.
    if (host.isStopping() && task.isQueued()) {
      throw host.refusal();
    }
  }

  /// Without a thread, what is queued would wait for the next submission that gets one.
  private void refuseQueue(Throwable cause) {
    for (Runnable queued; (queued = pool.getQueue().poll()) != null; ) {
      ConcurrencyLimit.refuse((TaskRun<?>) queued, cause);
    }
  }

  @Override
  public void shutdown() {
    shutDown = true;
    closeQueue();
    if (ownThreads) {
      shutDownPool();
    } else {
      TaskTimer.handOver(this::shutDownPool);
    }
  }

  private void shutDownPool() {
    pool.shutdown();
    if (pool.getPoolSize() == 0) {
      rescueQueue(pool);
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    host.stop();
    shutDown = true;
    if (admission != null) {
      admission.close(); // before an interrupted body makes room: waiting submitters are refused
    }
    List<Runnable> notStarted = new ArrayList<>();
    pool.getQueue().drainTo(notStarted);
    interruptRunning();
    shutdown(); // after the queue is empty, so that idle workers end; what came late ends at once
    return withdraw(notStarted);
  }

  @Override
  public boolean isShutdown() {
    return shutDown;
  }

  @Override
  public boolean isTerminated() {
    return terminated.getCount() == 0;
  }

  @Override
  protected boolean awaitEnd(long nanos) throws InterruptedException {
    return terminated.await(nanos, TimeUnit.NANOSECONDS);
  }
}
