package dev.tandem.benchmarks;

import java.util.List;
import java.util.Optional;

/// A contest of ours against a number that nothing can beat.
///
/// @param ours runs ours
/// @param floor the number
record FloorContest(Contest ours, double floor) implements Contest {
  @Override
  public List<Measure> measures() {
    return ours.measures();
  }

  @Override
  public Optional<double[]> fork(Side side, Plan plan) throws Exception {
    return side == Side.OURS ? ours.fork(side, plan) : Optional.of(new double[] {floor});
  }
}
