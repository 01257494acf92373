package dev.tandem.benchmarks;

import java.nio.file.Path;

/// How thoroughly to measure, and where the processes' own output goes.
///
/// @param quick whether only an impression is wanted
/// @param log the file to which contests append what the processes print
record Plan(boolean quick, Path log) {
  int forks() {
    return quick ? 2 : 5;
  }
}
