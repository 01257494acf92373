package dev.tandem.examples.showcase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The rows as text.
public final class Table {
  private Table() {}

  /// {@return the rows as a table, one line each under a head}
  ///
  /// @param rows the rows
  public static String of(List<Row> rows) {
    int width = rows.stream().mapToInt(row -> row.program().length()).max().orElse(0);
    String format = "%-" + Math.max(width, 10) + "s  %10s  %10s  %8s   %s";
    List<String> lines = new ArrayList<>();
    lines.add(
        format.formatted("program", "sequential", "concurrent", "speed-up", "checked result"));
    lines.add("-".repeat(width + 80));
    for (Row row : rows) {
      lines.add(
          format.formatted(
              row.program(),
              seconds(row.sequential()),
              seconds(row.concurrent()),
              row.correct() ? "%.1fx".formatted(row.speedUp()) : "-",
              row.correct() ? row.result() : "WRONG: " + row.result()));
    }
    return String.join(System.lineSeparator(), lines);
  }

  static String seconds(Duration d) {
    return d.isZero() ? "-" : "%.2f s".formatted(d.toNanos() / 1e9);
  }
}
