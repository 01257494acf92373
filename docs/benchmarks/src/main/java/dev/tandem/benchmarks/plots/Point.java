package dev.tandem.benchmarks.plots;

/// A measured point.
///
/// @param x what was chosen
/// @param y the median of the forks
/// @param low the lowest fork
/// @param high the highest
public record Point(double x, double y, double low, double high) {}
