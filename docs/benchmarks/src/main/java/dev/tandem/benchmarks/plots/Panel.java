package dev.tandem.benchmarks.plots;

import java.util.List;

/// Curves that share their axes.
///
/// @param title above it
/// @param xLabel what x is
/// @param xTicks the first and the last are the ends of the axis
/// @param yLabel what y is, with its unit
/// @param levels horizontal lines to compare with
/// @param curves what was measured
public record Panel(
    String title,
    String xLabel,
    List<Tick> xTicks,
    String yLabel,
    List<Tick> levels,
    List<Curve> curves) {}
