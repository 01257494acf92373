package dev.tandem.examples.showcase;

import dev.tandem.Tandem;
import java.util.List;

/// Runs programs in turn, with a progress bar: a map over the programs that runs one at a time, and
/// says itself how far it is.
public final class Runner {
  private Runner() {}

  /// Runs programs in turn.
  ///
  /// @param programs the programs
  /// @return what became of them, in the same order
  public static List<Row> run(List<Program<?>> programs) {
    try (var one = Tandem.newThreadPool(1, cf -> cf.withName("showcase"));
        var progress = Progress.start(programs.size())) {
      return one.map(
              programs,
              program -> {
                progress.starts(program.name());
                return Row.of(program);
              },
              cf -> cf.withProgress(progress::shows))
          .toList();
    }
  }
}
