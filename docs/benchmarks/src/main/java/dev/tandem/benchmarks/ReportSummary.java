package dev.tandem.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The head of the report: what was run where and when, and which goals were missed.
final class ReportSummary {
  private record Run(String group, RunInfo info, List<Row> rows) {
    long count(boolean met) {
      return rows.stream().filter(row -> row.met() != null && row.met() == met).count();
    }
  }

  private final List<Run> runs = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  ReportSummary(Results results, List<String> groups) throws IOException {
    List<String> all = new ArrayList<>(groups);
    all.add(Results.PLOTS);
    for (String group : all) {
      Optional<RunInfo> info = results.runInfo(group);
      if (info.isEmpty()) {
        missing.add("`" + group + "`: has not been run");
        continue;
      }
      info.get().failed().forEach(what -> missing.add("`%s`: %s".formatted(group, what)));
      boolean plots = group.equals(Results.PLOTS);
      runs.add(
          new Run(group, info.get(), plots ? List.of() : results.rows(group).orElse(List.of())));
    }
  }

  void appendTo(StringBuilder text) {
    long met = runs.stream().mapToLong(run -> run.count(true)).sum();
    long missed = runs.stream().mapToLong(run -> run.count(false)).sum();
    long open =
        runs.stream()
            .flatMap(run -> run.rows().stream())
            .filter(row -> row.goal() != null && row.met() == null)
            .count();
    text.append(
        "**%d of %d goals are met, %d missed%s.**%n%n"
            .formatted(
                met,
                met + missed + open,
                missed,
                open == 0 ? "" : ", %d could not be compared".formatted(open)));
    Map<Machine, List<String>> machines = new LinkedHashMap<>();
    runs.forEach(run ->
        machines
            .computeIfAbsent(run.info().machine(), _ -> new ArrayList<>())
            .add("`" + run.group() + "`"));
    machines.forEach((machine, on) ->
        text.append(
            "- %s%s%n"
                .formatted(machine, machines.size() == 1 ? "" : ": " + String.join(", ", on))));
    text.append('\n');
    runs(text);
    if (!missing.isEmpty()) {
      text.append("Did not run:\n\n");
      missing.forEach(what -> text.append("- ").append(what).append('\n'));
      text.append('\n');
    }
    if (missed > 0) {
      missed(text);
    }
  }

  private void runs(StringBuilder text) {
    text.append(
        """
        | group | mode | begun (UTC) | minutes | load before | commit | goals met | missed |
        |---|---|---|---:|---:|---|---:|---:|
        """);
    for (Run run : runs) {
      RunInfo info = run.info();
      text.append(
          "| %s | %s, %d %s | %s | %s | %s | %s | %d | %d |%n"
              .formatted(
                  run.group(),
                  info.mode(),
                  info.forks(),
                  info.forks() == 1 ? "fork" : "forks",
                  info.started().replace("T", " ").replace("Z", ""),
                  info.seconds() == null ? "-" : decimal(info.seconds() / 60.0),
                  decimal(info.load()),
                  info.commit() == null ? "-" : info.commit(),
                  run.count(true),
                  run.count(false)));
    }
    text.append('\n');
  }

  private void missed(StringBuilder text) {
    text.append(
        """
        Goals that are missed. A goal missed by less than the spread may be met by the next run.

        | group | measure | against | goal | ratio | missed by | spread |
        |---|---|---|---|---:|---:|---:|
        """);
    for (Run run : runs) {
      for (Row row : run.rows()) {
        Double ratio = row.ratio();
        Goal goal = row.goal() == null ? null : Goal.parse(row.goal());
        if (ratio == null || goal == null || goal.isMetBy(ratio)) {
          continue;
        }
        text.append(
            "| %s | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                    run.group(),
                    row.measure(),
                    row.peerName(),
                    row.goal(),
                    Tables.format("%.3f", ratio),
                    Tables.percent(goal.missedBy(ratio)),
                    row.spread() == null ? "-" : Tables.percent(row.spread())));
      }
    }
    text.append('\n');
  }

  private static String decimal(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f", value);
  }
}
