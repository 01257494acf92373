package dev.tandem.benchmarks.processes;

import java.util.Locale;
import java.util.StringJoiner;

/// The line that a program prints.
final class Figures {
  private final StringJoiner line = new StringJoiner(" ");

  Figures add(String name, double value) {
    line.add(String.format(Locale.ROOT, "%s=%.6g", name, value));
    return this;
  }

  void print() {
    System.out.println(line);
  }
}
