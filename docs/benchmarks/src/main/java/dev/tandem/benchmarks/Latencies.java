package dev.tandem.benchmarks;

import java.time.Duration;
import java.util.Arrays;

/// Does the same thing again and again, times each, and prints how the times are distributed.
public final class Latencies {
  /// The points of the curve: a time that one of so many exceeds.
  private static final int[] ONE_OF = {2, 4, 10, 20, 100, 1_000, 10_000};

  /// A point that fewer stand behind would be an accident.
  private static final int FEWEST_BEYOND = 5;

  private static final int MOST = 2_000_000;
  private static final int WARM_UP_MILLIS = 2_000;

  /// How many times longer than a point of another sweep: ten thousandths need many times.
  private static final int POINTS = 8;

  private Latencies() {}

  /// What is timed.
  public interface Trip {
    void run() throws Exception;
  }

  /// Prints points such as `1000=45.3`: one trip of 1,000 took longer than 45.3 µs.
  ///
  /// @param pointMillis [Mode#pointMillis]
  public static void print(int pointMillis, Trip trip) throws Exception {
    var warmUp = Duration.ofMillis(Math.min(WARM_UP_MILLIS, POINTS * pointMillis));
    times(warmUp, trip);
    double[] sorted = times(Duration.ofMillis((long) POINTS * pointMillis), trip);
    Arrays.sort(sorted);
    var figures = new Figures();
    for (int oneOf : ONE_OF) {
      if (sorted.length / oneOf >= FEWEST_BEYOND) {
        figures.add("" + oneOf, Rounds.quantile(1 - 1.0 / oneOf, sorted));
      }
    }
    figures.print();
  }

  private static double[] times(Duration duration, Trip trip) throws Exception {
    double[] times = new double[MOST];
    int count = 0;
    long end = System.nanoTime() + duration.toNanos();
    for (long begin = System.nanoTime(); begin < end && count < MOST; begin = System.nanoTime()) {
      trip.run();
      times[count++] = Rounds.secondsSince(begin) * 1e6;
    }
    return Arrays.copyOf(times, count);
  }
}
