package dev.tandem.benchmarks;

import dev.tandem.benchmarks.plots.Curve;
import dev.tandem.benchmarks.plots.Point;
import java.util.List;

/// What a sweep yielded; its components are the keys of the JSON file.
///
/// @param name the sweep's
/// @param curves in the order of the legend
record SweepResult(String name, List<Measured> curves) {
  /// A measured curve.
  ///
  /// @param panel the title of the panel that it belongs to
  /// @param name the curve's
  /// @param ours whether it is ours
  /// @param points the median of the forks, the lowest and the highest; none where it did not run
  record Measured(String panel, String name, boolean ours, List<Point> points) {
    Curve curve() {
      return new Curve(name, ours, points);
    }
  }

  List<Curve> curves(String panel) {
    return curves.stream()
        .filter(curve -> curve.panel().equals(panel))
        .map(Measured::curve)
        .toList();
  }

  List<String> panels() {
    return curves.stream().map(Measured::panel).distinct().toList();
  }
}
