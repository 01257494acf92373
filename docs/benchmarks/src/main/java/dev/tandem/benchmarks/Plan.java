package dev.tandem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How thoroughly to measure, and where the processes' own output goes.
///
/// @param mode how thoroughly
/// @param log the file to which contests append what the processes print
record Plan(Mode mode, Path log) {
  int forks() {
    return mode.forks();
  }

  void append(String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
