package dev.tandem.benchmarks.executors;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.Tandem;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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

/// 256 submits, then 256 gets, on a pool of two threads: what a task costs when its body is free.
/// Ours carries one thread-local and tells one listener; Guava's does neither.
///
/// A batch, because a single submit and its get measure how fast two threads wake each other, which
/// is 6 or 23 µs for the same code, depending on the fork.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class SubmitBatch {
  static final int BATCH = 256;
  static final int THREADS = 2;
  static final ThreadLocal<String> TENANT = new ThreadLocal<>();

  // captures nothing, so that the bytes are the executor's alone
  private final SerializableCallable<Integer> body = () -> 1;
  private final ListenableFuture<?>[] futures = new ListenableFuture<?>[BATCH];

  @State(Scope.Thread)
  public static class Ours {
    final LongAdder failures = new LongAdder();
    TaskExecutor pool;

    @Setup
    public void open() {
      TENANT.set("acme");
      var onFailure = TaskListener.onFailure((task, exception) -> failures.increment());
      pool =
          Tandem.newThreadPool(
              THREADS,
              cf ->
                  cf.withContext(ContextPropagator.threadLocal(() -> TENANT))
                      .withListener(onFailure));
    }

    @TearDown
    public void close() {
      TENANT.remove();
      pool.close();
    }
  }

  @State(Scope.Thread)
  public static class Guava {
    ListeningExecutorService pool;

    @Setup
    public void open() {
      pool = MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(THREADS));
    }

    @TearDown
    public void close() {
      pool.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int ours(Ours ours) throws Exception {
    for (int i = 0; i < BATCH; i++) {
      futures[i] = ours.pool.submit(body);
    }
    return sum();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int guava(Guava guava) throws Exception {
    for (int i = 0; i < BATCH; i++) {
      futures[i] = guava.pool.submit(body);
    }
    return sum();
  }

  private int sum() throws Exception {
    int sum = 0;
    for (ListenableFuture<?> future : futures) {
      sum += (Integer) future.get();
    }
    return sum;
  }
}
