package dev.tandem.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/// The line that a program prints.
public final class Figures {
  private final StringJoiner line = new StringJoiner(" ");

  public Figures add(String name, double value) {
    line.add(String.format(Locale.ROOT, "%s=%.6g", name, value));
    return this;
  }

  /// {@return what was printed, in its order}
  static Map<String, Double> parse(String line) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String figure : line.split(" ")) {
      int equals = figure.indexOf('=');
      figures.put(figure.substring(0, equals), Double.valueOf(figure.substring(equals + 1)));
    }
    return figures;
  }

  public void print() {
    System.out.println(line);
  }
}
