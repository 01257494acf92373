package dev.tandem.benchmarks.plots;

/// A place on an axis that has a label.
public record Tick(double value, String text) {}
