package dev.tandem.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// The figures of the guide's page on processes: what each costs, in a word and with two digits.
final class ProcessFigures {
  private static final String GROUP = "processes";
  private static final double MIB = (1 << 20) / 1e6;

  /// A line of the page.
  ///
  /// @param text what the page calls it
  /// @param measure what the group calls it
  /// @param cost from what was measured to what one costs
  /// @param unit of the cost
  record Line(String text, String measure, DoubleUnaryOperator cost, String unit) {}

  static final List<Line> LINES =
      List.of(
          line(
              "from `newProcessPool` to the first result", "constructor to first result: ms", "ms"),
          line("the same with an AOT cache", "the same with AOT cache: ms", "ms"),
          line("a spare's first answer, after another was killed", "a spare answers: ms", "ms"),
          line("one task, there and back, warm", "warm round trip, p50: µs", "µs"),
          each("each of many small tasks, two workers", "submits of a no-op: tasks/s"),
          each(
              "each input of a `map` with a cheap function",
              "map, chunks as the pool likes, 100 there: items/s"),
          mebibytes("1 MiB there", "1 MiB to a worker: MB/s", 1),
          mebibytes("1 MiB back", "1 MiB from a worker: MB/s", 1),
          mebibytes("64 MiB there", "64 MiB to a worker: MB/s", 64),
          mebibytes("64 MiB back", "64 MiB from a worker: MB/s", 64),
          line("10,000 records there and back", "echo of 10,000 records: ms", "ms"),
          line(
              "from the deadline to the failed future, at the worst of a hundred",
              "deadline overshoot, p99: ms",
              "ms"),
          line("memory of a worker after some work", "a worker's RSS after that: MB", "MB"));

  private ProcessFigures() {}

  static String text(Results results) throws IOException {
    var text = new StringBuilder("| | |\n|---|---:|\n");
    List<Row> rows = results.rows(GROUP).orElse(List.of());
    for (Line line : LINES) {
      Optional<Double> measured =
          rows.stream()
              .filter(row -> row.measure().equals(line.measure()))
              .findFirst()
              .flatMap(row -> Optional.ofNullable(row.ours()));
      String cost =
          measured
              .map(ours -> digits(line.cost().applyAsDouble(ours)) + " " + line.unit())
              .orElse("-");
      text.append("| %s | %s |%n".formatted(line.text(), cost));
    }
    return text.toString();
  }

  private static Line line(String text, String measure, String unit) {
    return new Line(text, measure, ours -> ours, unit);
  }

  private static Line each(String text, String measure) {
    return new Line(text, measure, rate -> 1e6 / rate, "µs");
  }

  private static Line mebibytes(String text, String measure, int count) {
    return new Line(text, measure, rate -> count * MIB / rate * 1e3, "ms");
  }

  private static String digits(double value) {
    return new BigDecimal(value).round(new MathContext(2)).toPlainString();
  }
}
