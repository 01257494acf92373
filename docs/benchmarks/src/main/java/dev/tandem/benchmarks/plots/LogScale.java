package dev.tandem.benchmarks.plots;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// A logarithmic axis: where a value lies between its ends, 0 to 1.
record LogScale(double low, double high) {
  /// The steps between two powers of ten at which an axis may begin and end.
  private static final double[] STEPS = {1, 2, 5, 10};

  /// Where rounding makes 10 of 9.9999999.
  private static final double EPSILON = 1e-9;

  /// On longer axes the powers of ten are enough.
  private static final double MOST_DECADES_WITH_STEPS = 2;

  private static final double LARGE = 1e5;

  /// {@return the axis that begins and ends at a step and has room for all values}
  static LogScale around(double[] values) {
    var statistics = DoubleStream.of(values).filter(value -> value > 0).summaryStatistics();
    if (statistics.getCount() == 0) {
      return new LogScale(1, 10);
    }
    double low = stepBelow(statistics.getMin());
    double high = stepAbove(statistics.getMax());
    return new LogScale(low, low == high ? high * 10 : high);
  }

  double position(double value) {
    return Math.log10(value / low) / Math.log10(high / low);
  }

  List<Tick> ticks() {
    boolean withSteps = Math.log10(high / low) <= MOST_DECADES_WITH_STEPS;
    List<Tick> ticks = new ArrayList<>();
    for (double decade = decade(low); decade <= high * (1 + EPSILON); decade *= 10) {
      for (double step : withSteps ? new double[] {1, 2, 5} : new double[] {1}) {
        double value = step * decade;
        if (value >= low * (1 - EPSILON) && value <= high * (1 + EPSILON)) {
          ticks.add(new Tick(value, text(value, high >= LARGE)));
        }
      }
    }
    return ticks;
  }

  private static String text(double value, boolean large) {
    if (large && value >= 1e6 * (1 - EPSILON)) {
      return plain(value / 1e6) + "M";
    }
    return large && value >= 1e3 * (1 - EPSILON) ? plain(value / 1e3) + "k" : plain(value);
  }

  private static String plain(double value) {
    if (value >= 1 - EPSILON) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    int digits = (int) Math.ceil(-Math.log10(value) - EPSILON);
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static double stepBelow(double value) {
    double decade = decade(value);
    double below = decade;
    for (double step : STEPS) {
      if (step * decade <= value * (1 + EPSILON)) {
        below = step * decade;
      }
    }
    return below;
  }

  private static double stepAbove(double value) {
    double decade = decade(value);
    for (double step : STEPS) {
      if (step * decade >= value * (1 - EPSILON)) {
        return step * decade;
      }
    }
    return 10 * decade;
  }

  private static double decade(double value) {
    return Math.pow(10, Math.floor(Math.log10(value) + EPSILON));
  }
}
