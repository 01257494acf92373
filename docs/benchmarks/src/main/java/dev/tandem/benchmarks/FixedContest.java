package dev.tandem.benchmarks;

import java.util.List;
import java.util.Optional;

/// A contest of ours against fixed numbers: a floor that nothing can beat, or a limit to keep.
///
/// @param ours runs ours
/// @param numbers one for each measure
record FixedContest(Contest ours, List<Double> numbers) implements Contest {
  @Override
  public List<Measure> measures() {
    return ours.measures();
  }

  @Override
  public Optional<double[]> fork(Side side, Plan plan) throws Exception {
    return side == Side.OURS
        ? ours.fork(side, plan)
        : Optional.of(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
