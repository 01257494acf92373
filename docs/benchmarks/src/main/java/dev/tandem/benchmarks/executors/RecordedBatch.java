package dev.tandem.benchmarks.executors;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.Tandem;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskExecutor;
import java.io.InputStreamReader;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// 256 submits, then 256 gets, on a pool of two threads, while Flight Recorder records: nothing,
/// other events than ours, or what the settings in the artifact say. The bodies are free, so the
/// events have never cost a larger part of a task.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class RecordedBatch {
  static final int BATCH = 256;
  static final int THREADS = 2;

  private final SerializableCallable<Integer> body = () -> 1;
  private final Future<?>[] futures = new Future<?>[BATCH];
  private TaskExecutor pool;

  @Setup
  public void open() {
    pool = Tandem.newThreadPool(THREADS);
  }

  @TearDown
  public void close() {
    pool.close();
  }

  /// A recording in which our events are off.
  @State(Scope.Thread)
  public static class OfOthers {
    final Recording recording = new Recording();

    @Setup
    public void start() throws Exception {
      var settings = Configuration.getConfiguration("default").getSettings();
      ours().getSettings().keySet().stream()
          .filter(key -> key.endsWith("#enabled"))
          .forEach(key -> settings.put(key, "false"));
      recording.setSettings(settings);
      recording.start();
    }

    @TearDown
    public void stop() {
      recording.close();
    }
  }

  /// A recording with the settings in the artifact.
  @State(Scope.Thread)
  public static class OfOurs {
    Recording recording;

    @Setup
    public void start() throws Exception {
      recording = new Recording(ours());
      recording.setMaxSize(64 << 20);
      recording.start();
    }

    @TearDown
    public void stop() {
      recording.close();
    }
  }

  private static Configuration ours() throws Exception {
    try (var settings =
        new InputStreamReader(Tandem.class.getResourceAsStream("/META-INF/tandem.jfc"), UTF_8)) {
      return Configuration.create(settings);
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int without() throws Exception {
    return batch();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int withOthers(OfOthers recording) throws Exception {
    return batch();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int withOurs(OfOurs recording) throws Exception {
    return batch();
  }

  private int batch() throws Exception {
    for (int i = 0; i < BATCH; i++) {
      futures[i] = pool.submit(body);
    }
    int sum = 0;
    for (Future<?> future : futures) {
      sum += (Integer) future.get();
    }
    return sum;
  }
}
