package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.CostTable.each;
import static dev.tandem.benchmarks.CostTable.line;

import dev.tandem.benchmarks.CostTable.Line;
import java.util.List;

/// The figures of the guide's page on processes.
final class ProcessFigures {
  private static final double MIB = (1 << 20) / 1e6;

  static final CostTable TABLE =
      new CostTable(
          "processes",
          List.of(
              line(
                  "from `newProcessPool` to the first result",
                  "constructor to first result: ms",
                  "ms"),
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
              line("memory of a worker after some work", "a worker's RSS after that: MB", "MB")));

  private ProcessFigures() {}

  private static Line mebibytes(String text, String measure, int count) {
    return new Line(text, measure, Row::ours, rate -> count * MIB / rate * 1e3, "ms");
  }
}
