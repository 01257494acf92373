package dev.tandem.examples.showcase;

import java.util.ArrayList;
import java.util.List;

/// Runs programs in turn, with a progress bar.
public final class Runner {
  private static final int RUNS = 2;

  private Runner() {}

  /// Runs programs in turn.
  ///
  /// @param programs the programs
  /// @return what became of them, in the same order
  /// @throws InterruptedException if interrupted
  public static List<Row> run(List<Program<?>> programs) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    try (var progress = Progress.start(programs.size() * RUNS)) {
      for (Program<?> program : programs) {
        progress.says(program.name());
        rows.add(Row.of(program, progress::step));
        progress.stepTo(rows.size() * RUNS); // also when it failed halfway
      }
    }
    return rows;
  }
}
