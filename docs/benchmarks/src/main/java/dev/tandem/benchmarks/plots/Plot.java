package dev.tandem.benchmarks.plots;

import java.util.List;

/// A picture.
///
/// @param name of the file, without its ending
/// @param title what it shows, for those who cannot see it, too
/// @param panels side by side
public record Plot(String name, String title, List<Panel> panels) {}
