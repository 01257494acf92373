package dev.tandem.pools.internal;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.TaskExecutor;
import java.util.List;
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

  private final ThreadPoolExecutor pool;

  PlatformThreadPool(String name, int threads, ThreadOptions options) {
    super(name, options, threads);
    ThreadFactory factory = options.threadFactory();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            factory == null
                ? threads(name, host.loader)
                : body -> ThreadExecutors.newThread(name, factory, body),
            (body, refusing) -> {
              throw Rejections.shutDown(name);
            });
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
  /// and nobody starts one for B's task, so the pool never terminates. A comes here after its
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
  }

  /// Without a thread, what is queued would wait for the next submission that gets one.
  private void refuseQueue(Throwable cause) {
    for (Runnable queued; (queued = pool.getQueue().poll()) != null; ) {
      ((TaskRun<?>) queued).refuse(cause);
    }
  }

  @Override
  public void shutdown() {
    pool.shutdown();
    if (pool.getPoolSize() == 0) {
      rescueQueue(pool);
    }
    if (admission != null) {
      admission.close();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    host.stop();
    List<Runnable> notStarted = pool.shutdownNow();
    if (admission != null) {
      admission.close();
    }
    return withdraw(notStarted);
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(timeout, requireNonNull(unit, "unit"));
  }
}
