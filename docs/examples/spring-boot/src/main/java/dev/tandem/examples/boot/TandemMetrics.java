package dev.tandem.examples.boot;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerListener;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Meters of Micrometer for what Tandem counts, and for how long tasks take.
///
/// | Meter | Tags | |
/// |---|---|---|
/// | `tandem.executor.running`, `.queued`, `.shared` (bytes) | `executor` | gauges |
/// | `tandem.executor.submitted` | `executor` | counter |
/// | `tandem.executor.completed` | `executor`, `outcome` | counter |
/// | `tandem.pool.workers` | `executor`, `state` | gauge |
/// | `tandem.pool.workers.started` | `executor` | counter |
/// | `tandem.pool.workers.exited` | `executor`, `reason`, `crash` | counter |
/// | `tandem.task.wait`, `tandem.task.run` | `executor`, `outcome`, perhaps `task` | timers |
/// | `tandem.channel.size` | `channel` | gauge |
/// | `tandem.channel.puts`, `.takes`, `.put.parks`, `.take.parks` | `channel` | counters |
///
/// Executors and channels are held weakly: a registry keeps none of them alive.
public final class TandemMetrics {
  private TandemMetrics() {}

  /// {@return meters of the counts of an executor, and of the workers of a process pool}
  ///
  /// @param executor the executor; its name is the tag `executor`
  public static MeterBinder executor(TaskExecutor executor) {
    return registry -> {
      Tags tags = Tags.of("executor", executor.stats().name());
      gauge(registry, "tandem.executor.running", tags, executor, ExecutorStats::running);
      gauge(registry, "tandem.executor.queued", tags, executor, ExecutorStats::queued);
      gauge(registry, "tandem.executor.shared", tags, executor, ExecutorStats::sharedBytes);
      count(registry, "tandem.executor.submitted", tags, executor, ExecutorStats::submitted);
      String completed = "tandem.executor.completed";
      for (TaskMeters.Result result : TaskMeters.Result.values()) {
        count(registry, completed, tags.and("outcome", result.tag()), executor, result::count);
      }
      if (executor instanceof ProcessPool pool) {
        for (WorkerInfo.State state : WorkerInfo.State.values()) {
          Gauge.builder("tandem.pool.workers", pool, p -> workers(p, state))
              .tags(tags.and("state", tag(state)))
              .register(registry);
        }
      }
    };
  }

  /// {@return a listener that times how long tasks wait and run} The timers have the tags
  /// `executor` and `outcome`.
  ///
  /// @param registry the registry of the timers
  public static TaskListener timers(MeterRegistry registry) {
    return new TaskMeters(registry, false);
  }

  /// {@return as [#timers(MeterRegistry)], with the tag `task`, too} Each name makes timers of its
  /// own: only where tasks have few names, and none is made up of data.
  ///
  /// @param registry the registry of the timers
  public static TaskListener timersByTask(MeterRegistry registry) {
    return new TaskMeters(registry, true);
  }

  /// {@return a listener that counts workers that have started and that have gone, and why}
  ///
  /// @param registry the registry of the counters
  /// @param pool the name of the pool
  public static WorkerListener workers(MeterRegistry registry, String pool) {
    return new WorkerListener() {
      @Override
      public void ready(WorkerInfo worker) {
        registry.counter("tandem.pool.workers.started", "executor", pool).increment();
      }

      @Override
      public void exited(
          WorkerInfo worker, ExitReason reason, @Nullable WorkerCrashedException crash) {
        String kind = crash == null ? "none" : tag(crash.kind());
        registry
            .counter(
                "tandem.pool.workers.exited",
                Tags.of("executor", pool, "reason", tag(reason), "crash", kind))
            .increment();
      }
    };
  }

  /// {@return meters of the counts of a channel}
  ///
  /// @param channel the channel; its name is the tag `channel`
  public static MeterBinder channel(Channel<?> channel) {
    return registry -> {
      Tags tags = Tags.of("channel", channel.stats().name());
      Gauge.builder("tandem.channel.size", channel, c -> c.stats().size())
          .tags(tags)
          .register(registry);
      count(registry, "tandem.channel.puts", tags, channel, ChannelStats::puts);
      count(registry, "tandem.channel.takes", tags, channel, ChannelStats::takes);
      count(registry, "tandem.channel.put.parks", tags, channel, ChannelStats::putParks);
      count(registry, "tandem.channel.take.parks", tags, channel, ChannelStats::takeParks);
    };
  }

  private static void gauge(
      MeterRegistry registry,
      String name,
      Tags tags,
      TaskExecutor executor,
      ToDoubleFunction<ExecutorStats> value) {
    Gauge.builder(name, executor, e -> value.applyAsDouble(e.stats()))
        .tags(tags)
        .register(registry);
  }

  private static void count(
      MeterRegistry registry,
      String name,
      Tags tags,
      TaskExecutor executor,
      ToDoubleFunction<ExecutorStats> value) {
    FunctionCounter.builder(name, executor, e -> value.applyAsDouble(e.stats()))
        .tags(tags)
        .register(registry);
  }

  private static void count(
      MeterRegistry registry,
      String name,
      Tags tags,
      Channel<?> channel,
      ToDoubleFunction<ChannelStats> value) {
    FunctionCounter.builder(name, channel, c -> value.applyAsDouble(c.stats()))
        .tags(tags)
        .register(registry);
  }

  private static long workers(ProcessPool pool, WorkerInfo.State state) {
    return pool.workers().stream().filter(worker -> worker.state() == state).count();
  }

  static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
