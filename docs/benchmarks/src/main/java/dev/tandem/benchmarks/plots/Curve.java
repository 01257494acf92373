package dev.tandem.benchmarks.plots;

import java.util.List;

/// The points of one side.
///
/// @param name for the legend; curves of one name have one colour in all panels of a plot
/// @param ours ours are thick, the peers' are dashed
/// @param points in the order of x; none where it did not run, which the legend says
public record Curve(String name, boolean ours, List<Point> points) {}
