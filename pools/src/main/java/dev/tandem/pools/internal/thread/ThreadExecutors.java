package dev.tandem.pools.internal.thread;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.executor.LiveExecutors;
import dev.tandem.pools.internal.executor.TaskHost;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// The factory of the executors whose threads belong to this JVM. It checks the options that fit
/// one kind alone.
public final class ThreadExecutors {
  private static final AtomicInteger pools = new AtomicInteger();
  private static final AtomicInteger virtuals = new AtomicInteger();
  private static final AtomicInteger adapters = new AtomicInteger();

  private ThreadExecutors() {}

  /// {@return an executor on a fixed number of platform threads}
  ///
  /// @param threads how many
  /// @param cf changes the configuration
  public static TaskExecutor threadPool(int threads, UnaryOperator<ThreadConfig> cf) {
    CommonOptions.checkSize("threads", threads);
    ThreadOptions options = ThreadOptions.of(cf);
    checkArgument(
        options.concurrency() == 0,
        "concurrency: %s (cannot be combined with threads: a thread pool runs as many tasks as it"
            + " has threads)",
        options.concurrency());
    String name = options.common().nameOr("thread-pool", pools);
    return LiveExecutors.register(new PlatformThreadPool(name, threads, options));
  }

  /// {@return an executor on virtual threads}
  ///
  /// @param cf changes the configuration
  public static TaskExecutor virtualThreads(UnaryOperator<ThreadConfig> cf) {
    ThreadOptions options = ThreadOptions.of(cf);
    checkQueueHasLimit(options);
    String name = options.common().nameOr("virtual-threads", virtuals);
    return LiveExecutors.register(new VirtualThreadExecutor(name, options));
  }

  /// {@return an executor on an executor service of the user}
  ///
  /// @param delegate runs the tasks
  /// @param cf changes the configuration
  public static TaskExecutor adapter(ExecutorService delegate, UnaryOperator<ThreadConfig> cf) {
    notNull(delegate, "executor");
    ThreadOptions options = ThreadOptions.of(cf);
    checkArgument(
        options.threadFactory() == null,
        "threadFactory: %s (cannot be combined with an existing executor, which has its own"
            + " threads)",
        options.threadFactory());
    checkQueueHasLimit(options);
    String name = options.common().nameOr("executor", adapters);
    return LiveExecutors.register(new ExecutorServiceAdapter(name, options, delegate));
  }

  private static void checkQueueHasLimit(ThreadOptions options) {
    checkArgument(
        !options.common().hasQueue() || options.concurrency() > 0,
        "capacity: %s (withQueue needs withConcurrency here: without a limit no task ever waits)",
        options.common().queueCapacity());
  }

  static Thread newThread(TaskHost host, ThreadFactory factory, Runnable body) {
    Thread thread;
    host.enterDuty();
    try {
      thread = factory.newThread(body);
    } finally {
      host.leaveDuty();
    }
    if (thread == null) {
      throw new RejectedExecutionException(
          "%s: threadFactory: %s gave null (expected: a thread)"
              .formatted(host.name, GuardedLog.text(factory)));
    }
    return thread;
  }
}
