package dev.tandem.benchmarks;

import dev.tandem.benchmarks.Sweep.Line;
import dev.tandem.benchmarks.SweepResult.Measured;
import dev.tandem.benchmarks.plots.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs the programs of a sweep in turn: each once, then each once more in the opposite order, and
/// so on.
final class SweepRun {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Sweep sweep;
  private final Plan plan;
  private final Map<Line, List<Map<String, Double>>> printed = new LinkedHashMap<>();
  private final Set<String> failed = new LinkedHashSet<>();

  SweepRun(Sweep sweep, Plan plan) {
    this.sweep = sweep;
    this.plan = plan;
  }

  SweepResult run() {
    sweep.lines().forEach(line -> printed.put(line, new ArrayList<>()));
    for (int fork = 0; fork < plan.forks(); fork++) {
      for (Line line : fork % 2 == 0 ? sweep.lines() : sweep.lines().reversed()) {
        System.err.printf(
            "fork %d of %d: %s: %s%n", fork + 1, plan.forks(), sweep.name(), name(line));
        try {
          fork(line).ifPresent(printed.get(line)::add);
        } catch (Exception e) {
          failed.add(sweep.name() + ": " + name(line));
          System.err.println("DID NOT RUN: " + name(line));
          e.printStackTrace();
        }
      }
    }
    return new SweepResult(sweep.name(), sweep.lines().stream().map(this::measured).toList());
  }

  /// {@return the curves of which a fork should have run and did not}
  Set<String> failed() {
    return failed;
  }

  private Optional<Map<String, Double>> fork(Line line) throws Exception {
    Optional<List<String>> command = line.program().command(plan.mode());
    if (command.isEmpty()) {
      return Optional.empty();
    }
    try (var running = ChildProcess.start(command.get(), LONGEST)) {
      String points = running.readLine();
      plan.append("%s, %s: %s".formatted(sweep.name(), name(line), points));
      return Optional.of(Figures.parse(points));
    }
  }

  private static String name(Line line) {
    return line.panel().isEmpty() ? line.name() : line.name() + ", " + line.panel();
  }

  private Measured measured(Line line) {
    return new Measured(line.panel(), line.name(), line.ours(), points(printed.get(line)));
  }

  private static List<Point> points(List<Map<String, Double>> forks) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (var fork : forks) {
      fork.forEach((x, y) -> values.computeIfAbsent(x, _ -> new ArrayList<>()).add(y));
    }
    // what only some of the forks have would be the median of others than its neighbours
    values.values().removeIf(ofX -> ofX.size() < forks.size());
    List<Point> points = new ArrayList<>();
    values.forEach((x, forksOfX) -> {
      double[] sorted = forksOfX.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      points.add(
          new Point(
              Double.parseDouble(x), Row.median(sorted), sorted[0], sorted[sorted.length - 1]));
    });
    return points;
  }
}
