package dev.tandem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Runs the groups named on the command line: what the script `run` starts, in the folder
/// `docs/benchmarks`.
public final class Benchmarks {
  private static final Path TARGET = Path.of("target");

  private Benchmarks() {}

  /// @param args a group's name or `all`, and perhaps `--quick`
  public static void main(String[] args) throws IOException {
    List<String> options = List.of(args);
    List<String> unknown =
        options.stream()
            .filter(option -> !option.equals("--quick") && find(option).isEmpty())
            .toList();
    List<Group> chosen = options.stream().flatMap(option -> find(option).stream()).toList();
    if (!unknown.isEmpty() || chosen.isEmpty()) {
      System.err.printf(
          "unknown: %s; expected one of %s, or all, and perhaps --quick%n",
          unknown, Groups.ALL.stream().map(Group::name).toList());
      System.exit(2);
    }
    boolean allRan = true;
    for (Group group : chosen) {
      allRan &= run(group, options.contains("--quick"));
    }
    System.exit(allRan ? 0 : 1);
  }

  private static List<Group> find(String name) {
    return name.equals("all")
        ? Groups.ALL
        : Groups.ALL.stream().filter(group -> group.name().equals(name)).toList();
  }

  private static boolean run(Group group, boolean quick) throws IOException {
    Files.createDirectories(TARGET);
    Path log = TARGET.resolve(group.name() + ".log");
    Files.deleteIfExists(log);
    var plan = new Plan(quick, log);
    Group.Report report = group.run(plan);
    String table =
        "# Group `%s`\n\n%s, %s; medians over %d forks%s.\n\n%s"
            .formatted(
                group.name(),
                LocalDate.now(ZoneOffset.UTC),
                Tables.machine(),
                plan.forks(),
                quick ? " (quick)" : "",
                Tables.markdown(report.rows()));
    Files.writeString(TARGET.resolve(group.name() + ".md"), table);
    Tables.writeJson(report.rows(), TARGET.resolve(group.name() + ".json"));
    System.out.println(table);
    System.out.println("written: " + TARGET.resolve(group.name() + ".json").toAbsolutePath());
    return report.allRan();
  }
}
