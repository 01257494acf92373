package dev.tandem.pools.internal.process;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

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
import dev.tandem.pools.internal.wire.StatusPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// The values of a [ProcessPool.Config]. The settings of the fleet are kept as they will be, but
/// for the name and the number of workers.
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
              1,
              0,
              new LaunchOptions(1, 0, List.of(), null),
              null,
              StatusPage.SLOTS - 1,
              Integer.MAX_VALUE,
              null,
              0,
              Duration.ofSeconds(30),
              Duration.ofMinutes(1),
              1L << 30,
              List.of(),
              List.of()));

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

  @Override
  public ProcessPool.Config withInitializer(SerializableRunnable initializer) {
    return with(fleet.withInitializer(requireNonNull(initializer, "initializer")));
  }

  @Override
  public ProcessPool.Config withMaxHeap(long bytes) {
    checkArgument(bytes >= MIN_HEAP, "maxHeap: %s (expected: at least %s bytes)", bytes, MIN_HEAP);
    return with(fleet.withLaunch(fleet.launch().withMaxHeap(bytes)));
  }

  @Override
  public ProcessPool.Config withJvmArguments(String... arguments) {
    List<String> all =
        Options.added(
            fleet.launch().jvmArguments(),
            "arguments",
            Arrays.asList(requireNonNull(arguments, "arguments")));
    JvmArguments.check(Arrays.asList(arguments));
    return with(fleet.withLaunch(fleet.launch().withJvmArguments(all)));
  }

  @Override
  public ProcessPool.Config withSpares(int spares) {
    checkArgument(
        spares >= 0 && spares <= MAX_SPARES,
        "spares: %s (expected: from 0 to %s)",
        spares,
        MAX_SPARES);
    return with(fleet.withSpares(spares));
  }

  @Override
  public ProcessPool.Config withRecycleAfter(int tasks) {
    checkArgument(tasks > 0, "tasks: %s (expected: > 0)", tasks);
    return with(fleet.withRecycling(tasks, fleet.recycleAge(), fleet.recycleAbove()));
  }

  @Override
  public ProcessPool.Config withRecycleAfter(Duration age) {
    TaskLimits.positive("age", age);
    return with(fleet.withRecycling(fleet.recycleAfter(), age, fleet.recycleAbove()));
  }

  @Override
  public ProcessPool.Config withRecycleAbove(long bytes) {
    checkArgument(bytes > 0, "bytes: %s (expected: > 0)", bytes);
    return with(fleet.withRecycling(fleet.recycleAfter(), fleet.recycleAge(), bytes));
  }

  @Override
  public ProcessPool.Config withAllowed(String pattern) {
    TypeFilter.checkPattern(pattern);
    return with(fleet.withAllowed(Options.added(fleet.allowed(), "pattern", List.of(pattern))));
  }

  @Override
  public ProcessPool.Config withPrefetch(int tasks) {
    int most = StatusPage.SLOTS - 1;
    checkArgument(tasks >= 0 && tasks <= most, "tasks: %s (expected: from 0 to %s)", tasks, most);
    return with(fleet.withPrefetch(tasks));
  }

  @Override
  public ProcessPool.Config withHeartbeatTimeout(Duration d) {
    requireNonNull(d, "heartbeatTimeout");
    checkArgument(
        d.compareTo(MIN_HEARTBEAT) >= 0,
        "heartbeatTimeout: %s (expected: at least %s)",
        d,
        MIN_HEARTBEAT);
    return with(fleet.withTimeouts(d, fleet.startTimeout()));
  }

  @Override
  public ProcessPool.Config withStartTimeout(Duration d) {
    TaskLimits.positive("startTimeout", d);
    return with(fleet.withTimeouts(fleet.heartbeatTimeout(), d));
  }

  @Override
  public ProcessPool.Config withMaxMessage(long bytes) {
    checkArgument(
        bytes >= MIN_MESSAGE, "maxMessage: %s (expected: at least %s bytes)", bytes, MIN_MESSAGE);
    return with(fleet.withMaxMessage(bytes));
  }

  @Override
  public ProcessPool.Config withAotCache(Path file) {
    requireNonNull(file, "file");
    return with(fleet.withLaunch(fleet.launch().withAotCache(file.toAbsolutePath())));
  }

  @Override
  public ProcessPool.Config withWorkerListener(WorkerListener listener) {
    return with(
        fleet.withListeners(
            Options.added(
                fleet.listeners(), "listener", List.of(requireNonNull(listener, "listener")))));
  }

  /// {@return the settings of the fleet of a pool}
  FleetOptions settings(String name, int workers) {
    return fleet.named(name, workers);
  }
}
