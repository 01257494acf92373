package dev.tandem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Runs what is named on the command line: what the script `run` starts, in the folder
/// `docs/benchmarks`.
public final class Benchmarks {
  private static final Results TARGET = new Results(Path.of("target"));

  private static final Path ROOT = Path.of("../..");

  private static final List<String> GROUPS = Groups.ALL.stream().map(Group::name).toList();

  private Benchmarks() {}

  /// @param args see the script
  public static void main(String[] args) throws IOException {
    List<String> all = Stream.concat(GROUPS.stream(), Stream.of(Results.PLOTS)).toList();
    Options options;
    try {
      options = Options.parse(List.of(args), all);
    } catch (IllegalArgumentException e) {
      System.err.printf(
          "not understood: %s; expected report, all or some of %s, and perhaps --quick or --smoke,"
              + " or, after report, --from-target or --from-results%n",
          e.getMessage(), all);
      System.exit(2);
      return;
    }
    boolean allRan = true;
    for (String group : options.groups()) {
      allRan &= run(group, options.mode());
    }
    if (options.report()) {
      report(options);
    }
    System.exit(allRan ? 0 : 1);
  }

  private static boolean run(String name, Mode mode) throws IOException {
    Files.createDirectories(TARGET.folder());
    Path log = TARGET.folder().resolve(name + ".log");
    Files.deleteIfExists(log);
    var plan = new Plan(mode, log);
    RunInfo info = RunInfo.start(mode);
    long begin = System.nanoTime();
    List<String> failed = new ArrayList<>();
    Object measured;
    String table;
    if (name.equals(Results.PLOTS)) {
      List<SweepResult> sweeps = sweep(plan, failed);
      measured = sweeps;
      table = Tables.sweeps(sweeps);
    } else {
      Group.Report report = group(name).run(plan);
      measured = report.rows();
      failed.addAll(report.failed());
      table = Tables.markdown(report.rows());
    }
    info = info.ended(Math.round((System.nanoTime() - begin) / 1e9), failed);
    TARGET.write(name, measured, info);
    String page =
        "# Group `%s`\n\n%s, %s; medians over %d forks (%s); %d s.\n\n%s"
            .formatted(
                name,
                info.started(),
                info.machine(),
                info.forks(),
                info.mode(),
                info.seconds(),
                table);
    Files.writeString(TARGET.folder().resolve(name + ".md"), page);
    System.out.println(page);
    System.out.println("written: " + TARGET.folder().resolve(name + ".json").toAbsolutePath());
    return failed.isEmpty();
  }

  private static Group group(String name) {
    return Groups.ALL.stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<SweepResult> sweep(Plan plan, List<String> failed) {
    List<SweepResult> results = new ArrayList<>();
    for (Sweep sweep : Sweeps.ALL) {
      var run = new SweepRun(sweep, plan);
      results.add(run.run());
      failed.addAll(run.failed());
    }
    return results;
  }

  private static void report(Options options) throws IOException {
    // what only shows that everything runs is no result
    ReportPlaces places =
        options.mode() == Mode.SMOKE ? ReportPlaces.aside(TARGET) : ReportPlaces.kept(ROOT);
    if (options.mode() != Mode.SMOKE) {
      for (String group : options.kept()) {
        if (TARGET
            .runInfo(group)
            .filter(info -> info.mode().equals(Mode.SMOKE.toString()))
            .isPresent()) {
          System.err.println("not taken, as it only shows that it runs: " + group);
        } else {
          TARGET.copyTo(places.results(), group);
        }
      }
    }
    Report.write(places, GROUPS);
    System.out.println("written: " + places.report().toAbsolutePath().normalize());
  }
}
