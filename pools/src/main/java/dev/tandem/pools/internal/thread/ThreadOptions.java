package dev.tandem.pools.internal.thread;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.Options;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.executor.CommonOptions;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The values of a [ThreadConfig].
record ThreadOptions(
    CommonOptions common,
    int concurrency, // 0: not set
    @Nullable ThreadFactory threadFactory,
    boolean renameThreads)
    implements ThreadConfig {
  private static final ThreadOptions DEFAULTS =
      new ThreadOptions(CommonOptions.DEFAULTS, 0, null, false);

  static ThreadOptions of(UnaryOperator<ThreadConfig> cf) {
    return Options.configured(DEFAULTS, ThreadOptions.class, cf);
  }

  private ThreadOptions with(CommonOptions changed) {
    return new ThreadOptions(changed, concurrency, threadFactory, renameThreads);
  }

  @Override
  public ThreadConfig withName(String n) {
    return with(common.withName(n));
  }

  @Override
  public ThreadConfig withQueue(int capacity, Saturation whenFull) {
    return with(common.withQueue(capacity, whenFull));
  }

  @Override
  public ThreadConfig withTimeout(Duration d) {
    return with(common.withTimeout(d));
  }

  @Override
  public ThreadConfig withGrace(Duration d) {
    return with(common.withGrace(d));
  }

  @Override
  public ThreadConfig withCloseTimeout(Duration d) {
    return with(common.withCloseTimeout(d));
  }

  @Override
  public ThreadConfig withContext(ContextPropagator... c) {
    return with(common.withContext(c));
  }

  @Override
  public ThreadConfig withListener(TaskListener l) {
    return with(common.withListener(l));
  }

  @Override
  public ThreadConfig withConcurrency(int n) {
    CommonOptions.checkSize("concurrency", n);
    return new ThreadOptions(common, n, threadFactory, renameThreads);
  }

  @Override
  public ThreadConfig withThreadFactory(ThreadFactory f) {
    return new ThreadOptions(
        common, concurrency, requireNonNull(f, "threadFactory"), renameThreads);
  }

  @Override
  public ThreadConfig withThreadsNamedAfterTasks() {
    return new ThreadOptions(common, concurrency, threadFactory, true);
  }
}
