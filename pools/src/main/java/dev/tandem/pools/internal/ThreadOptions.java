package dev.tandem.pools.internal;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskLimits;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.Options;
import dev.tandem.pools.ThreadConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The values of a [ThreadConfig].
record ThreadOptions(
    @Nullable String name,
    int concurrency, // 0: not set
    int queueCapacity, // -1: not set
    Saturation whenFull,
    @Nullable Duration timeout,
    Duration grace,
    @Nullable Duration closeTimeout,
    List<ContextPropagator> context,
    List<TaskListener> listeners,
    @Nullable ThreadFactory threadFactory,
    boolean renameThreads)
    implements ThreadConfig {
  private static final int MAX = 1 << 29; // two of them added still fit an int

  private static final ThreadOptions DEFAULTS =
      new ThreadOptions(
          null,
          0,
          -1,
          Saturation.REJECT,
          null,
          Duration.ofMillis(100),
          null,
          List.of(),
          List.of(),
          null,
          false);

  static ThreadOptions of(UnaryOperator<ThreadConfig> cf) {
    return Options.configured(DEFAULTS, ThreadOptions.class, cf);
  }

  static int checkSize(String argument, int n) {
    checkArgument(n > 0 && n <= MAX, "%s: %s (expected: from 1 to %s)", argument, n, MAX);
    return n;
  }

  boolean hasQueue() {
    return queueCapacity >= 0;
  }

  @Override
  public ThreadConfig withName(String n) {
    return with(
        Options.name(n), concurrency, queueCapacity, whenFull, timeout, grace, closeTimeout);
  }

  @Override
  public ThreadConfig withConcurrency(int n) {
    checkSize("concurrency", n);
    return with(name, n, queueCapacity, whenFull, timeout, grace, closeTimeout);
  }

  @Override
  public ThreadConfig withQueue(int capacity, Saturation full) {
    checkArgument(
        capacity >= 0 && capacity <= MAX, "capacity: %s (expected: from 0 to %s)", capacity, MAX);
    requireNonNull(full, "whenFull");
    return with(name, concurrency, capacity, full, timeout, grace, closeTimeout);
  }

  @Override
  public ThreadConfig withTimeout(Duration d) {
    TaskLimits.positive("timeout", d);
    return with(name, concurrency, queueCapacity, whenFull, d, grace, closeTimeout);
  }

  @Override
  public ThreadConfig withGrace(Duration d) {
    TaskLimits.notNegative("grace", d);
    return with(name, concurrency, queueCapacity, whenFull, timeout, d, closeTimeout);
  }

  @Override
  public ThreadConfig withCloseTimeout(Duration d) {
    TaskLimits.notNegative("closeTimeout", d);
    return with(name, concurrency, queueCapacity, whenFull, timeout, grace, d);
  }

  @Override
  public ThreadConfig withContext(ContextPropagator... c) {
    return with(
        Options.added(context, "context", Arrays.asList(requireNonNull(c, "context"))),
        listeners,
        threadFactory,
        renameThreads);
  }

  @Override
  public ThreadConfig withListener(TaskListener l) {
    return with(
        context,
        Options.added(listeners, "listener", Collections.singletonList(l)),
        threadFactory,
        renameThreads);
  }

  @Override
  public ThreadConfig withThreadFactory(ThreadFactory f) {
    return with(context, listeners, requireNonNull(f, "threadFactory"), renameThreads);
  }

  @Override
  public ThreadConfig withThreadsNamedAfterTasks() {
    return with(context, listeners, threadFactory, true);
  }

  private ThreadOptions with(
      @Nullable String n,
      int limit,
      int queue,
      Saturation full,
      @Nullable Duration taskTimeout,
      Duration taskGrace,
      @Nullable Duration close) {
    return new ThreadOptions(
        n,
        limit,
        queue,
        full,
        taskTimeout,
        taskGrace,
        close,
        context,
        listeners,
        threadFactory,
        renameThreads);
  }

  private ThreadOptions with(
      List<ContextPropagator> contexts,
      List<TaskListener> all,
      @Nullable ThreadFactory factory,
      boolean rename) {
    return new ThreadOptions(
        name,
        concurrency,
        queueCapacity,
        whenFull,
        timeout,
        grace,
        closeTimeout,
        contexts,
        all,
        factory,
        rename);
  }
}
