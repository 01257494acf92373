package dev.tandem.benchmarks;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When and how a group was measured; its components are the keys of the JSON file.
///
/// @param mode how thoroughly
/// @param forks how many forks each side had
/// @param started in UTC, to the minute
/// @param seconds how long it took
/// @param load of the machine, in the minute before the first group of the run
/// @param commit what was measured, if Git knows
/// @param machine where
/// @param failed what should have run and did not
record RunInfo(
    String mode,
    int forks,
    String started,
    @Nullable Long seconds,
    @Nullable Double load,
    @Nullable String commit,
    Machine machine,
    List<String> failed) {
  /// {@return what is known before it begins}
  static RunInfo start(Mode mode) {
    return new RunInfo(
        mode.toString(),
        mode.forks(),
        Instant.now().truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z"),
        null,
        Machine.load(),
        checkedOut(),
        Machine.here(),
        List.of());
  }

  RunInfo ended(long seconds, List<String> failed) {
    return new RunInfo(mode, forks, started, seconds, load, commit, machine, failed);
  }

  private static @Nullable String checkedOut() {
    String commit = git("rev-parse", "--short", "HEAD");
    if (commit == null || commit.isEmpty()) {
      return null;
    }
    // what a report writes does not change what is measured
    String changes = git("status", "--porcelain", "--", ":/*.java", ":/*.py", ":/*pom.xml");
    return changes == null || changes.isEmpty() ? commit : commit + " with changes";
  }

  private static @Nullable String git(String... arguments) {
    try {
      var command = new ArrayList<>(List.of("git"));
      command.addAll(List.of(arguments));
      var process = new ProcessBuilder(command).start();
      String output = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor() == 0 ? output : null;
    } catch (IOException e) {
      return null; // no Git here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
