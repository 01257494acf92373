package dev.tandem.pools.internal.executor;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Saturation;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.Options;
import dev.tandem.core.internal.TaskLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The values of an [dev.tandem.core.ExecutorConfig]: what every executor can be configured with.
public record CommonOptions(
    @Nullable String name,
    int queueCapacity, // -1: not set
    Saturation whenFull,
    @Nullable Duration timeout,
    Duration grace,
    @Nullable Duration closeTimeout,
    List<ContextPropagator> context,
    List<TaskListener> listeners) {
  static final int MAX = 1 << 29; // two of them added still fit an int

  public static final CommonOptions DEFAULTS =
      new CommonOptions(
          null, -1, Saturation.REJECT, null, Duration.ofMillis(100), null, List.of(), List.of());

  public static int checkSize(String argument, int n) {
    checkArgument(n > 0 && n <= MAX, "%s: %s (expected: from 1 to %s)", argument, n, MAX);
    return n;
  }

  public boolean hasQueue() {
    return queueCapacity >= 0;
  }

  public String nameOr(String kind, AtomicInteger numbers) {
    return name != null ? name : kind + "-" + numbers.incrementAndGet();
  }

  public CommonOptions withName(String n) {
    return new CommonOptions(
        Options.name(n), queueCapacity, whenFull, timeout, grace, closeTimeout, context, listeners);
  }

  public CommonOptions withQueue(int capacity, Saturation full) {
    checkArgument(
        capacity >= 0 && capacity <= MAX, "capacity: %s (expected: from 0 to %s)", capacity, MAX);
    notNull(full, "whenFull");
    return new CommonOptions(
        name, capacity, full, timeout, grace, closeTimeout, context, listeners);
  }

  public CommonOptions withTimeout(Duration d) {
    TaskLimits.positive("timeout", d);
    return new CommonOptions(
        name, queueCapacity, whenFull, d, grace, closeTimeout, context, listeners);
  }

  public CommonOptions withGrace(Duration d) {
    TaskLimits.notNegative("grace", d);
    return new CommonOptions(
        name, queueCapacity, whenFull, timeout, d, closeTimeout, context, listeners);
  }

  public CommonOptions withCloseTimeout(Duration d) {
    TaskLimits.notNegative("closeTimeout", d);
    return new CommonOptions(name, queueCapacity, whenFull, timeout, grace, d, context, listeners);
  }

  public CommonOptions withContext(ContextPropagator... c) {
    List<ContextPropagator> more =
        Options.added(context, "context", Arrays.asList(notNull(c, "context")));
    return new CommonOptions(
        name, queueCapacity, whenFull, timeout, grace, closeTimeout, more, listeners);
  }

  public CommonOptions withListener(TaskListener l) {
    List<TaskListener> more = Options.added(listeners, "listener", Collections.singletonList(l));
    return new CommonOptions(
        name, queueCapacity, whenFull, timeout, grace, closeTimeout, context, more);
  }
}
