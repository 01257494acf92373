package dev.tandem.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/// Repeats something until it is warm, and then to measure it.
public final class Rounds {
  private Rounds() {}

  /// A round.
  public interface Round {
    /// {@return its figure}
    double run() throws Exception;
  }

  /// {@return the median of some rounds, after others have gone on for this long}
  public static double median(Duration warmUp, int rounds, Round round) throws Exception {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < warmUp.toNanos()) {
      round.run();
    }
    return median(rounds, round);
  }

  public static double median(int rounds, Round round) throws Exception {
    return quantile(0.5, sorted(rounds, round));
  }

  public static double median(double[] figures) {
    return quantile(0.5, Arrays.stream(figures).sorted().toArray());
  }

  public static double[] sorted(int rounds, Round round) throws Exception {
    double[] figures = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      figures[i] = round.run();
    }
    Arrays.sort(figures);
    return figures;
  }

  /// {@return the smallest figure that the given part of them does not exceed}
  public static double quantile(double part, double[] sorted) {
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
  }

  public static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  public static double millisecondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }
}
