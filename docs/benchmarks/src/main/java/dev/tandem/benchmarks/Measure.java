package dev.tandem.benchmarks;

import org.jspecify.annotations.Nullable;

/// One line of the table.
///
/// @param name what is measured, with its unit
/// @param peerName who it is measured against
/// @param goal what the ratio should be, or null for a figure that is only reported
record Measure(String name, String peerName, @Nullable Goal goal) {}
