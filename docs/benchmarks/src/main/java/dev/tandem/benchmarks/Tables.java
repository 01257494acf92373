package dev.tandem.benchmarks;

import dev.tandem.benchmarks.plots.Curve;
import dev.tandem.benchmarks.plots.Panel;
import dev.tandem.benchmarks.plots.Point;
import dev.tandem.benchmarks.plots.Tick;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes what was measured as Markdown tables.
final class Tables {
  private Tables() {}

  static String markdown(List<Row> rows) {
    var table =
        new StringBuilder(
            """
            | measure | Tandem | peer | against | ratio | goal | met | spread |
            |---|---:|---:|---|---:|---|---|---:|
            """);
    for (Row row : rows) {
      table.append(
          "| %s | %s | %s | %s | %s | %s | %s | %s |%n"
              .formatted(
                  row.measure(),
                  number(row.ours()),
                  number(row.peer()),
                  row.peerName(),
                  row.ratio() == null ? "-" : format("%.3f", row.ratio()),
                  row.goal() == null ? "-" : row.goal(),
                  row.met() == null ? "-" : row.met() ? "yes" : "no",
                  row.spread() == null ? "-" : percent(row.spread())));
    }
    return table.toString();
  }

  static String sweeps(List<SweepResult> sweeps) {
    return sweeps.stream()
        .flatMap(sweep -> SweepPlots.plot(sweep).panels().stream())
        .map(Tables::markdown)
        .collect(Collectors.joining("\n"));
  }

  /// {@return the points of a panel, a column for each curve}
  static String markdown(Panel panel) {
    var table = new StringBuilder("| %s: %s |".formatted(panel.title(), panel.yLabel()));
    panel.curves().forEach(curve -> table.append(" %s |".formatted(curve.name())));
    table.append("\n|---|").append("---:|".repeat(panel.curves().size())).append('\n');
    for (Tick x : panel.xTicks()) {
      table.append("| %s |".formatted(x.text()));
      for (Curve curve : panel.curves()) {
        var point = curve.points().stream().filter(each -> each.x() == x.value()).findFirst();
        table.append(" %s |".formatted(number(point.map(Point::y).orElse(null))));
      }
      table.append('\n');
    }
    return table.toString();
  }

  static String number(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return format(value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  static String percent(double part) {
    return format("%.0f %%", part * 100);
  }

  static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
