package dev.tandem.benchmarks.processes;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.core.MapConfig;
import dev.tandem.pools.ProcessPool;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Prints how many inputs a second a `map` of `i -> i + 1` works on: one by one, and in chunks of
/// 100, and in chunks that the pool chooses.
public final class Maps {
  private static final int INPUTS = 200_000;
  private static final Duration WARM_UP = Duration.ofMillis(1_500);
  private static final int ROUNDS = 11;

  private Maps() {}

  public static void main(String[] args) throws Exception {
    new Figures()
        .add("unordered", rate(cf -> cf.withChunkSize(1).unordered()))
        .add("chunks", rate(cf -> cf.withChunkSize(100)))
        .add("chosen", rate(cf -> cf))
        .print();
  }

  private static double rate(UnaryOperator<MapConfig> cf) throws Exception {
    List<Integer> inputs = IntStream.range(0, INPUTS).boxed().toList();
    try (var pool = Tandem.newProcessPool(Workers.COUNT)) {
      return Rounds.median(WARM_UP, ROUNDS, () -> rate(pool, inputs, cf));
    }
  }

  private static double rate(ProcessPool pool, List<Integer> inputs, UnaryOperator<MapConfig> cf) {
    long begin = System.nanoTime();
    long sum;
    try (var results = pool.map(inputs, i -> i + 1, cf)) {
      sum = results.mapToLong(i -> i).sum();
    }
    double taken = Rounds.secondsSince(begin);
    if (sum != (INPUTS + 1L) * INPUTS / 2) {
      throw new IllegalStateException("wrong sum: " + sum);
    }
    return INPUTS / taken;
  }
}
