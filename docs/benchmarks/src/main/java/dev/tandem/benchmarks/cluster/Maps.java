package dev.tandem.benchmarks.cluster;

import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.core.MapConfig;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/// Prints how many elements a second a `map` of `i -> i + 1` works on from a client, on one member,
/// and how many microseconds of CPU time a part of 1, 10 and 100 elements costs the client.
public final class Maps {
  static final int ELEMENTS = 10_000;
  static final Duration WARM_UP = Duration.ofMillis(2_500);
  static final int SLOTS = 2;
  private static final int ROUNDS = 11;
  private static final int PARTS = 2_000;

  private Maps() {}

  public static void main(String[] args) throws Exception {
    var figures = new Figures();
    try (var nodes = new Nodes()) {
      nodes.start(SLOTS);
      var client = nodes.connect();
      try (var cluster = ClusterExecutor.on(client)) {
        figures
            .add("rate", Rounds.median(WARM_UP, ROUNDS, () -> rate(cluster)))
            .add("cpu1", cpu(cluster, 1))
            .add("cpu10", cpu(cluster, 10))
            .add("cpu100", cpu(cluster, 100));
      }
      client.shutdown();
    }
    figures.print();
  }

  private static double rate(ClusterExecutor cluster) {
    long begin = System.nanoTime();
    map(cluster, ELEMENTS, cf -> cf);
    return ELEMENTS / Rounds.secondsSince(begin);
  }

  private static double cpu(ClusterExecutor cluster, int size) throws Exception {
    Rounds.Round parts =
        () ->
            CpuTime.micros(() -> map(cluster, size * PARTS, cf -> cf.withChunkSize(size))) / PARTS;
    return Rounds.median(WARM_UP, 3, parts);
  }

  private static void map(ClusterExecutor cluster, int count, UnaryOperator<MapConfig> cf) {
    long sum;
    try (var results = cluster.map(LongStream.range(0, count)::iterator, i -> i + 1, cf)) {
      sum = results.mapToLong(i -> i).sum();
    }
    mustBeSum(count, sum);
  }

  static void mustBeSum(int count, long sum) {
    if (sum != (count + 1L) * count / 2) {
      throw new IllegalStateException("wrong sum: " + sum);
    }
  }
}
