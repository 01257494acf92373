package dev.tandem.pools.internal;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A fixed number of platform threads: the JDK's thread pool carries threads, queue and lifecycle.
final class PlatformThreadPool extends AbstractTaskExecutor {
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
                ? Thread.ofPlatform().name(name + "-", 1).factory()
                : body -> ThreadExecutors.newThread(name, factory, body),
            (body, refusing) -> {
              throw Rejections.shutDown(name);
            });
  }

  @Override
  void start(TaskRun<?> task) {
    pool.execute(task);
  }

  @Override
  public void shutdown() {
    pool.shutdown();
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
    return pool.awaitTermination(timeout, unit);
  }
}
