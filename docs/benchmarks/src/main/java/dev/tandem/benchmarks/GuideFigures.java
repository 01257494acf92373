package dev.tandem.benchmarks;

import dev.tandem.benchmarks.plots.Curve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The figures of the guide's page on performance, and those of the README.
final class GuideFigures {
  /// Lines of the groups' tables that a reader of the guide asks for first.
  ///
  /// @param text what the page calls it
  record Chosen(String text, String group, String measure, String peer) {}

  static final List<Chosen> CHOSEN =
      List.of(
          new Chosen(
              "a task of a batch of 256, thread pool of two: ns",
              "executors",
              "thread pool, batch of 256: ns per task",
              "MoreExecutors.listeningDecorator"),
          new Chosen(
              "a task of a batch of 256, virtual threads: ns",
              "executors",
              "virtual threads, batch of 256: ns per task",
              "newVirtualThreadPerTaskExecutor"),
          new Chosen(
              "`map` of a cheap function on two threads: items/s",
              "executors",
              "map of 1,000,000 items: items/s",
              "Gatherers.mapConcurrent(2)"),
          new Chosen(
              "a bounded channel, one producer, one consumer: items/s",
              "channels",
              "MPMC 1+1: items/s",
              "ArrayBlockingQueue"),
          new Chosen(
              "there and back through two channels, platform threads: ns",
              "channels",
              "round trip: ns",
              "ArrayBlockingQueue"),
          new Chosen(
              "there and back, virtual threads: ns",
              "channels",
              "round trip, virtual threads: ns",
              "ArrayBlockingQueue"),
          new Chosen(
              "a scope with two forks that do nothing: µs",
              "scopes",
              "two forks, virtual owner: µs",
              "StructuredTaskScope (preview)"),
          new Chosen(
              "a scope with 1,000 forks that do nothing: µs",
              "scopes",
              "1,000 forks, virtual owner: µs",
              "StructuredTaskScope (preview)"),
          new Chosen(
              "`submit`s of nothing, process pool of two: tasks/s",
              "processes",
              "submits of a no-op: tasks/s",
              "ProcessPoolExecutor"),
          new Chosen(
              "`map` of a cheap function, process pool of two, chunks of 100: items/s",
              "processes",
              "map, chunk 100: items/s",
              "multiprocessing.Pool.map"),
          new Chosen(
              "one task at a time in a process, median: µs",
              "processes",
              "warm round trip, p50: µs",
              "ProcessPoolExecutor"),
          new Chosen(
              "a new process pool, until its first result: ms",
              "processes",
              "constructor to first result: ms",
              "ProcessPoolExecutor, spawn"),
          new Chosen(
              "memory of a worker: MB",
              "processes",
              "a worker's RSS after that: MB",
              "ProcessPoolExecutor, spawn"),
          new Chosen(
              "messages of 64 bytes through a channel to another process: messages/s",
              "sharing",
              SharingGroup.TO_WORKER,
              SharingGroup.QUEUE),
          new Chosen(
              "additions to a counter by two processes: additions/s",
              "sharing",
              SharingGroup.BOTH,
              SharingGroup.VALUE),
          new Chosen(
              "a call of an object of another process, median: µs",
              "sharing",
              SharingGroup.CALL,
              SharingGroup.PROXY));

  private GuideFigures() {}

  /// {@return the lines of the groups' tables, and where they were measured}
  static String chosen(Results results) throws IOException {
    return lines(results).append('\n').append(measuredOn(results)).toString();
  }

  private static StringBuilder lines(Results results) throws IOException {
    var text = new StringBuilder();
    text.append(
        """
        | Measured | Tandem | The other | Who that is |
        |---|---:|---:|---|
        """);
    for (Chosen chosen : CHOSEN) {
      for (Row row : results.rows(chosen.group()).orElse(List.of())) {
        if (row.measure().equals(chosen.measure()) && row.peerName().equals(chosen.peer())) {
          text.append(
              "| %s | %s | %s | %s |%n"
                  .formatted(
                      chosen.text(),
                      Tables.number(row.ours()),
                      Tables.number(row.peer()),
                      row.peerName()));
        }
      }
    }
    return text;
  }

  /// {@return the same, and from which size on handing tasks out pays}
  static String text(Results results) throws IOException {
    StringBuilder text = lines(results);
    Optional<SweepResult> costs =
        results.sweeps().orElse(List.of()).stream()
            .filter(sweep -> sweep.name().equals(Sweeps.COSTS))
            .findFirst();
    if (costs.isPresent()) {
      text.append(
          """

          | On two workers | Faster than in sequence from a task of | Then up to |
          |---|---|---|
          """);
      SweepPlots.plot(costs.get()).panels().getLast().curves().stream()
          .filter(curve -> !curve.points().isEmpty())
          .map(GuideFigures::crossing)
          .forEach(text::append);
    }
    return text.append('\n').append(measuredOn(results)).toString();
  }

  private static String crossing(Curve speedUps) {
    double best = speedUps.points().stream().mapToDouble(point -> point.y()).max().orElse(0);
    return "| %s | %s | %s |%n"
        .formatted(
            speedUps.name(),
            Crossing.above(1, speedUps.points()),
            Tables.format("%.2f times as fast", best));
  }

  private static String measuredOn(Results results) throws IOException {
    List<RunInfo> runs = new ArrayList<>();
    for (String group :
        List.of("executors", "channels", "scopes", "processes", "sharing", Results.PLOTS)) {
      results.runInfo(group).ifPresent(runs::add);
    }
    var machines = runs.stream().map(run -> run.machine().toString()).distinct().toList();
    var modes = runs.stream().map(RunInfo::mode).distinct().toList();
    return "Measured on %s; %s.%n"
        .formatted(
            String.join("; and on ", machines),
            modes.size() == 1 ? modes.getFirst() + " mode" : "modes: " + String.join(", ", modes));
  }
}
