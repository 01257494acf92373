package dev.tandem.benchmarks;

import java.util.List;
import java.util.Optional;

/// What becomes a plot: programs that do the same in more and more of something.
///
/// @param name the plot's
/// @param lines what is compared
record Sweep(String name, List<Line> lines) {
  /// A curve, and the program that prints its points in one line: `x=y x=y`.
  ///
  /// @param panel the title of the panel that it belongs to
  /// @param name the curve's
  /// @param ours whether it is ours
  /// @param program starts it
  record Line(String panel, String name, boolean ours, Program program) {}

  /// A program of a curve.
  interface Program {
    /// {@return how to start it; empty if this machine lacks what a peer needs}
    Optional<List<String>> command(Mode mode);
  }
}
