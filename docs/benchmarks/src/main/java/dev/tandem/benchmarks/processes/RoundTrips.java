package dev.tandem.benchmarks.processes;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.ResidentMemory;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import java.time.Duration;

/// Prints how long an empty task takes, from `submit` until `get` returns, in microseconds, and how
/// many megabytes a worker then has.
public final class RoundTrips {
  private static final Duration WARM_UP = Duration.ofMillis(2_000);
  private static final int ROUNDS = 20_000;

  private RoundTrips() {}

  public static void main(String[] args) throws Exception {
    try (var pool = Tandem.newProcessPool(Workers.COUNT)) {
      Rounds.median(WARM_UP, 1, () -> trip(pool));
      double[] trips = Rounds.sorted(ROUNDS, () -> trip(pool));
      long worker = pool.submit(() -> ProcessHandle.current().pid()).get();
      new Figures()
          .add("p50", Rounds.quantile(0.5, trips))
          .add("p99", Rounds.quantile(0.99, trips))
          .add("rss", ResidentMemory.bytes(worker) / 1e6)
          .print();
    }
  }

  private static double trip(ProcessPool pool) throws Exception {
    long begin = System.nanoTime();
    pool.submit(Workers.NOTHING).get();
    return Rounds.secondsSince(begin) * 1e6;
  }
}
