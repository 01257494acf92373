package dev.tandem.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Python that peers run on: `python3`, or what the environment variable `PYTHON` names.
final class Python {
  private static final String EXECUTABLE =
      Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");

  /// What it says it is, such as `Python 3.11.7`; empty if there is none.
  static final Optional<String> VERSION = version();

  private Python() {}

  /// {@return the command that starts a script of the folder `python`; empty, which is said, if
  /// there is no Python}
  static Optional<List<String>> command(String script, String... arguments) {
    if (VERSION.isEmpty()) {
      System.err.printf("%s is missing: ours runs without %s%n", EXECUTABLE, script);
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(EXECUTABLE, "python/" + script));
    command.addAll(List.of(arguments));
    return Optional.of(command);
  }

  private static Optional<String> version() {
    try {
      var process = new ProcessBuilder(EXECUTABLE, "--version").redirectErrorStream(true).start();
      try (var output = process.inputReader()) {
        return Optional.ofNullable(output.readLine());
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
