package dev.tandem.pools.internal.thread;

import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.internal.Options;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.pools.internal.executor.CommonConfig;
import dev.tandem.pools.internal.executor.CommonOptions;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The values of a [ThreadConfig].
public record ThreadOptions(
    CommonOptions common,
    int concurrency, // 0: not set
    @Nullable ThreadFactory threadFactory,
    boolean renameThreads)
    implements ThreadConfig, CommonConfig<ThreadConfig> {
  private static final ThreadOptions DEFAULTS =
      new ThreadOptions(CommonOptions.DEFAULTS, 0, null, false);

  static ThreadOptions of(UnaryOperator<ThreadConfig> cf) {
    return switch (Options.configured(DEFAULTS, cf)) {
      case ThreadOptions options -> options;
    };
  }

  @Override
  public ThreadConfig with(CommonOptions changed) {
    return new ThreadOptions(changed, concurrency, threadFactory, renameThreads);
  }

  @Override
  public ThreadConfig withConcurrency(int concurrency) {
    CommonOptions.checkSize("concurrency", concurrency);
    return new ThreadOptions(common, concurrency, threadFactory, renameThreads);
  }

  @Override
  public ThreadConfig withThreadFactory(ThreadFactory factory) {
    return new ThreadOptions(common, concurrency, notNull(factory, "threadFactory"), renameThreads);
  }

  @Override
  public ThreadConfig withThreadsNamedAfterTasks() {
    return new ThreadOptions(common, concurrency, threadFactory, true);
  }
}
