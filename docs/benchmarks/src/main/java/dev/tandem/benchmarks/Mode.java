package dev.tandem.benchmarks;

import java.util.Locale;

/// How thoroughly to measure.
enum Mode {
  /// Only to see that everything runs.
  SMOKE(1, 20),

  /// An impression.
  QUICK(2, 250),

  /// A result.
  FULL(5, 1_000);

  private final int forks;
  private final int pointMillis;

  Mode(int forks, int pointMillis) {
    this.forks = forks;
    this.pointMillis = pointMillis;
  }

  /// {@return how many processes each side has, in turn with the other's}
  int forks() {
    return forks;
  }

  /// {@return about how long a program works on one point of a plot}
  int pointMillis() {
    return pointMillis;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
