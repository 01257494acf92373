package dev.tandem.pools.internal.process;

import static com.google.common.base.Preconditions.checkArgument;
import static dev.tandem.core.internal.Checks.notNull;

import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.internal.Options;
import dev.tandem.core.internal.TaskLimits;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerListener;
import dev.tandem.pools.internal.codec.TypeFilter;
import dev.tandem.pools.internal.executor.CommonConfig;
import dev.tandem.pools.internal.executor.CommonOptions;
import dev.tandem.pools.internal.launch.JvmArguments;
import dev.tandem.pools.internal.launch.LaunchOptions;
import dev.tandem.pools.internal.process.fleet.FleetOptions;
import dev.tandem.pools.internal.process.fleet.FleetOptions.Limits;
import dev.tandem.pools.internal.process.fleet.FleetOptions.Recycling;
import dev.tandem.pools.internal.process.fleet.FleetOptions.Size;
import dev.tandem.pools.internal.process.fleet.FleetOptions.UserCode;
import dev.tandem.pools.internal.wire.StatusPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// The values of a [ProcessPool.Config]. Those of the fleet are complete but for the name and the
/// number of workers.
public record ProcessOptions(CommonOptions common, FleetOptions fleet)
    implements ProcessPool.Config, CommonConfig<ProcessPool.Config> {
  private static final long MIN_HEAP = 8L << 20;
  private static final long MIN_MESSAGE = 64L << 10;
  private static final int MAX_SPARES = 1 << 10;
  private static final Duration MIN_HEARTBEAT = Duration.ofSeconds(1);

  private static final ProcessOptions DEFAULTS =
      new ProcessOptions(
          CommonOptions.DEFAULTS,
          new FleetOptions(
              "",
              new Size(1, 0),
              new LaunchOptions(1, 0, List.of(), null),
              new Recycling(Integer.MAX_VALUE, null, 0),
              new Limits(
                  StatusPage.SLOTS - 1, Duration.ofSeconds(30), Duration.ofMinutes(1), 1L << 30),
              new UserCode(null, List.of(), List.of())));

  static ProcessOptions of(UnaryOperator<ProcessPool.Config> cf) {
    return switch (Options.configured(DEFAULTS, cf)) {
      case ProcessOptions options -> options;
    };
  }

  @Override
  public ProcessPool.Config with(CommonOptions changed) {
    return new ProcessOptions(changed, fleet);
  }

  private ProcessPool.Config with(FleetOptions changed) {
    return new ProcessOptions(common, changed);
  }

  // ---- how workers are started

  @Override
  public ProcessPool.Config withMaxHeap(long bytes) {
    checkArgument(bytes >= MIN_HEAP, "maxHeap: %s (expected: at least %s bytes)", bytes, MIN_HEAP);
    LaunchOptions launch = fleet.launch();
    return with(
        fleet.with(
            new LaunchOptions(launch.workers(), bytes, launch.jvmArguments(), launch.aotCache())));
  }

  @Override
  public ProcessPool.Config withJvmArguments(String... arguments) {
    List<String> more = Arrays.asList(notNull(arguments, "arguments"));
    LaunchOptions launch = fleet.launch();
    List<String> all = Options.added(launch.jvmArguments(), "arguments", more);
    JvmArguments.check(more);
    return with(
        fleet.with(new LaunchOptions(launch.workers(), launch.maxHeap(), all, launch.aotCache())));
  }

  @Override
  public ProcessPool.Config withAotCache(Path file) {
    notNull(file, "file");
    LaunchOptions launch = fleet.launch();
    return with(
        fleet.with(
            new LaunchOptions(
                launch.workers(), launch.maxHeap(), launch.jvmArguments(), file.toAbsolutePath())));
  }

  // ---- how many there are, and for how long

  @Override
  public ProcessPool.Config withSpares(int spares) {
    checkArgument(
        spares >= 0 && spares <= MAX_SPARES,
        "spares: %s (expected: from 0 to %s)",
        spares,
        MAX_SPARES);
    return with(fleet.with(new Size(fleet.size().workers(), spares)));
  }

  @Override
  public ProcessPool.Config withRecycleAfter(int tasks) {
    checkArgument(tasks > 0, "tasks: %s (expected: > 0)", tasks);
    Recycling now = fleet.recycling();
    return with(fleet.with(new Recycling(tasks, now.age(), now.memory())));
  }

  @Override
  public ProcessPool.Config withRecycleAfter(Duration age) {
    TaskLimits.positive("age", age);
    Recycling now = fleet.recycling();
    return with(fleet.with(new Recycling(now.tasks(), age, now.memory())));
  }

  @Override
  public ProcessPool.Config withRecycleAbove(long bytes) {
    checkArgument(bytes > 0, "bytes: %s (expected: > 0)", bytes);
    Recycling now = fleet.recycling();
    return with(fleet.with(new Recycling(now.tasks(), now.age(), bytes)));
  }

  // ---- what is bounded in each

  @Override
  public ProcessPool.Config withPrefetch(int tasks) {
    int most = StatusPage.SLOTS - 1;
    checkArgument(tasks >= 0 && tasks <= most, "tasks: %s (expected: from 0 to %s)", tasks, most);
    Limits now = fleet.limits();
    return with(fleet.with(new Limits(tasks, now.heartbeat(), now.start(), now.message())));
  }

  @Override
  public ProcessPool.Config withHeartbeatTimeout(Duration timeout) {
    notNull(timeout, "heartbeatTimeout");
    checkArgument(
        timeout.compareTo(MIN_HEARTBEAT) >= 0,
        "heartbeatTimeout: %s (expected: at least %s)",
        timeout,
        MIN_HEARTBEAT);
    Limits now = fleet.limits();
    return with(fleet.with(new Limits(now.prefetch(), timeout, now.start(), now.message())));
  }

  @Override
  public ProcessPool.Config withStartTimeout(Duration timeout) {
    TaskLimits.positive("startTimeout", timeout);
    Limits now = fleet.limits();
    return with(fleet.with(new Limits(now.prefetch(), now.heartbeat(), timeout, now.message())));
  }

  @Override
  public ProcessPool.Config withMaxMessage(long bytes) {
    checkArgument(
        bytes >= MIN_MESSAGE, "maxMessage: %s (expected: at least %s bytes)", bytes, MIN_MESSAGE);
    Limits now = fleet.limits();
    return with(fleet.with(new Limits(now.prefetch(), now.heartbeat(), now.start(), bytes)));
  }

  // ---- what the user brings along

  @Override
  public ProcessPool.Config withInitializer(SerializableRunnable initializer) {
    notNull(initializer, "initializer");
    UserCode now = fleet.code();
    return with(fleet.with(new UserCode(initializer, now.allowed(), now.listeners())));
  }

  @Override
  public ProcessPool.Config withAllowed(String pattern) {
    TypeFilter.checkPattern(pattern);
    UserCode now = fleet.code();
    List<String> all = Options.added(now.allowed(), "pattern", List.of(pattern));
    return with(fleet.with(new UserCode(now.initializer(), all, now.listeners())));
  }

  @Override
  public ProcessPool.Config withWorkerListener(WorkerListener listener) {
    notNull(listener, "listener");
    UserCode now = fleet.code();
    List<WorkerListener> all = Options.added(now.listeners(), "listener", List.of(listener));
    return with(fleet.with(new UserCode(now.initializer(), now.allowed(), all)));
  }
}
