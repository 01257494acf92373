package dev.tandem.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A table of a page of the guide: what each costs, in a word and with two digits.
///
/// @param group whose figures they are
/// @param lines of the table
record CostTable(String group, List<Line> lines) {
  /// A line of the page.
  ///
  /// @param text what the page calls it
  /// @param measure what the group calls it
  /// @param figure what of that was measured
  /// @param cost from what was measured to what one costs
  /// @param unit of the cost
  record Line(
      String text,
      String measure,
      Function<Row, @Nullable Double> figure,
      DoubleUnaryOperator cost,
      String unit) {}

  /// {@return a line of a measure that is the cost}
  static Line line(String text, String measure, String unit) {
    return new Line(text, measure, Row::ours, ours -> ours, unit);
  }

  /// {@return a line of a measure that is a rate}
  static Line each(String text, String measure) {
    return new Line(text, measure, Row::ours, rate -> 1e6 / rate, "µs");
  }

  String text(Results results) throws IOException {
    var text = new StringBuilder("| | |\n|---|---:|\n");
    List<Row> rows = results.rows(group).orElse(List.of());
    for (Line line : lines) {
      String cost =
          rows.stream()
              .filter(row -> row.measure().equals(line.measure()))
              .map(line.figure())
              .filter(Objects::nonNull)
              .findFirst()
              .map(figure -> digits(line.cost().applyAsDouble(figure)) + " " + line.unit())
              .orElse("-");
      text.append("| %s | %s |%n".formatted(line.text(), cost));
    }
    return text.toString();
  }

  private static String digits(double value) {
    return new BigDecimal(value).round(new MathContext(2)).toPlainString();
  }
}
