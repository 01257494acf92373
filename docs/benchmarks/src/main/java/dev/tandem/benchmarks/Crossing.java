package dev.tandem.benchmarks;

import dev.tandem.benchmarks.plots.Point;
import java.util.List;

/// Where a curve rises above a level for good.
final class Crossing {
  private static final List<Double> STEPS = List.of(1.0, 2.0, 5.0, 10.0);
  private static final double MILLI = 1_000;

  private Crossing() {}

  /// {@return the x in words, which are microseconds, rounded up to 1, 2 or 5 times a power of ten:
  /// more is not known between points that are a power of ten apart}
  static String above(double level, List<Point> points) {
    int last = points.size() - 1;
    if (points.get(last).y() <= level) {
      return "none that was measured";
    }
    int from = last;
    while (from > 0 && points.get(from - 1).y() > level) {
      from--;
    }
    if (from == 0) {
      return "any that was measured";
    }
    Point below = points.get(from - 1);
    Point above = points.get(from);
    double way = Math.log(level / below.y()) / Math.log(above.y() / below.y());
    return "about " + text(roundUp(below.x() * Math.pow(above.x() / below.x(), way)));
  }

  private static double roundUp(double value) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    return STEPS.stream()
        .map(step -> step * decade)
        .filter(x -> x >= value)
        .findFirst()
        .orElse(10 * decade);
  }

  private static String text(double micros) {
    return micros >= MILLI
        ? Tables.format("%.0f ms", micros / MILLI)
        : Tables.format("%.0f µs", micros);
  }
}
