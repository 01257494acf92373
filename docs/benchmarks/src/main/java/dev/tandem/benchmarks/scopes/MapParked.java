package dev.tandem.benchmarks.scopes;

import dev.tandem.structured.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A hundred thousand items through a function that parks for 50 µs, at most a thousand at a time:
/// how long all take, and how long it takes to see that the second failed while the first is slow.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class MapParked {
  static final int ITEMS = 100_000;
  static final int CONCURRENCY = 1_000;
  static final long WORK = Duration.ofNanos(50_000).toNanos();
  static final long SLOW = Duration.ofMillis(500).toNanos();
  static final int SLOW_ITEM = 0;
  static final int FAILING_ITEM = 1;

  private final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();

  private static final class ItemFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Benchmark
  @Warmup(iterations = 8)
  @Measurement(iterations = 8)
  public int ours() throws Exception {
    return check(Parallel.map(items, CONCURRENCY, MapParked::work));
  }

  @Benchmark
  @Warmup(iterations = 8)
  @Measurement(iterations = 8)
  public int gatherer() {
    return check(
        items.stream().gather(Gatherers.mapConcurrent(CONCURRENCY, MapParked::work)).toList());
  }

  @Benchmark
  @Warmup(iterations = 3)
  @Measurement(iterations = 3)
  public Throwable oursFailing() throws Exception {
    try {
      throw new IllegalStateException(
          "no failure in " + Parallel.map(items, CONCURRENCY, MapParked::workOrFail).size());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ItemFailed seen) {
        return seen;
      }
      throw e;
    }
  }

  @Benchmark
  @Warmup(iterations = 3)
  @Measurement(iterations = 3)
  public Throwable gathererFailing() {
    var results =
        items.stream().gather(Gatherers.mapConcurrent(CONCURRENCY, MapParked::workOrFail));
    try {
      throw new IllegalStateException("no failure in " + results.toList().size());
    } catch (ItemFailed seen) {
      return seen;
    }
  }

  private static Integer work(Integer item) {
    LockSupport.parkNanos(WORK);
    return item;
  }

  private static Integer workOrFail(Integer item) {
    switch (item) {
      case SLOW_ITEM -> LockSupport.parkNanos(SLOW); // ends early when it is interrupted
      case FAILING_ITEM -> throw new ItemFailed();
      default -> LockSupport.parkNanos(WORK);
    }
    return item;
  }

  private static int check(List<Integer> results) {
    if (results.size() != ITEMS || results.getLast() != ITEMS - 1) {
      throw new IllegalStateException(
          "%d results, the last %s; expected the %d items"
              .formatted(results.size(), results.getLast(), ITEMS));
    }
    return results.size();
  }
}
