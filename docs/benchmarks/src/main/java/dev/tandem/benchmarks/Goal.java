package dev.tandem.benchmarks;

/// A bound on the ratio of ours to the peer's.
///
/// @param atMost whether less is better
/// @param bound the ratio that just meets the goal
record Goal(boolean atMost, double bound) {
  static Goal atMost(double ratio) {
    return new Goal(true, ratio);
  }

  static Goal atLeast(double ratio) {
    return new Goal(false, ratio);
  }

  /// {@return the goal of which this is the text}
  static Goal parse(String text) {
    return new Goal(text.startsWith("<="), Double.parseDouble(text.substring(3)));
  }

  /// {@return which part of the bound is missing to meet it}
  double missedBy(double ratio) {
    return Math.abs(ratio / bound - 1);
  }

  boolean isMetBy(double ratio) {
    return atMost ? ratio <= bound : ratio >= bound;
  }

  @Override
  public String toString() {
    return (atMost ? "<= " : ">= ") + bound;
  }
}
