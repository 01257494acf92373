package dev.tandem.benchmarks.executors;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A million items through a function that costs next to nothing, two at a time: what an item costs
/// on its way to a thread and back. Throughput, in items a second.
///
/// One shot of a million items an iteration: the JDK's takes seconds for it.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@State(Scope.Thread)
public class MapCheapItems {
  static final int ITEMS = 1_000_000;
  static final int CONCURRENCY = 2;

  private final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();

  @State(Scope.Thread)
  public static class Ours {
    final TaskExecutor pool = Tandem.newThreadPool(CONCURRENCY);

    @TearDown
    public void close() {
      pool.close();
    }
  }

  @Benchmark
  @Warmup(iterations = 8)
  @Measurement(iterations = 10)
  public long ours(Ours ours) {
    return check(ours.pool.map(items, i -> i + 1, cf -> cf.withConcurrency(CONCURRENCY)));
  }

  @Benchmark
  public long oursWithoutBuffer(Ours ours) {
    return check(
        ours.pool.map(items, i -> i + 1, cf -> cf.withConcurrency(CONCURRENCY).withBuffer(0)));
  }

  @Benchmark
  public long gatherer() {
    return check(items.stream().gather(Gatherers.mapConcurrent(CONCURRENCY, i -> i + 1)));
  }

  private static long check(Stream<Integer> results) {
    try (results) {
      long sum = results.mapToLong(Integer::longValue).sum();
      long expected = (long) ITEMS * (ITEMS + 1) / 2;
      if (sum != expected) {
        throw new IllegalStateException("sum of results: " + sum + ", expected " + expected);
      }
      return sum;
    }
  }
}
