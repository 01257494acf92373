package dev.tandem.benchmarks.executors;

import dev.tandem.Tandem;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// 256 submits, then 256 gets, on a virtual thread each.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class VirtualBatch {
  static final int BATCH = 256;

  private final SerializableCallable<Integer> body = () -> 1;
  private final Future<?>[] futures = new Future<?>[BATCH];

  @State(Scope.Thread)
  public static class Ours {
    final TaskExecutor executor = Tandem.newVirtualThreadExecutor();

    @TearDown
    public void close() {
      executor.close();
    }
  }

  @State(Scope.Thread)
  public static class Jdk {
    final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    @TearDown
    public void close() {
      executor.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int ours(Ours ours) throws Exception {
    for (int i = 0; i < BATCH; i++) {
      futures[i] = ours.executor.submit(body);
    }
    return sum();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int jdk(Jdk jdk) throws Exception {
    for (int i = 0; i < BATCH; i++) {
      futures[i] = jdk.executor.submit(body);
    }
    return sum();
  }

  private int sum() throws Exception {
    int sum = 0;
    for (Future<?> future : futures) {
      sum += (Integer) future.get();
    }
    return sum;
  }
}
