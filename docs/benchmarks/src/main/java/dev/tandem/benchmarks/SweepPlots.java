package dev.tandem.benchmarks;

import dev.tandem.benchmarks.plots.Curve;
import dev.tandem.benchmarks.plots.Panel;
import dev.tandem.benchmarks.plots.Plot;
import dev.tandem.benchmarks.plots.Point;
import dev.tandem.benchmarks.plots.Tick;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// How a sweep looks as a plot: what its axes are, and what is derived from what was measured.
final class SweepPlots {
  private static final List<Tick> SIDES =
      List.of(new Tick(1, "1+1"), new Tick(2, "2+2"), new Tick(4, "4+4"), new Tick(8, "8+8"));
  private static final List<Tick> ONE_OF =
      List.of(
          new Tick(2, "p50"),
          new Tick(10, "p90"),
          new Tick(100, "p99"),
          new Tick(1_000, "p99.9"),
          new Tick(10_000, "p99.99"));
  private static final List<Tick> SIZES =
      List.of(
          new Tick(1, "1 µs"),
          new Tick(10, "10"),
          new Tick(100, "100"),
          new Tick(1_000, "1 ms"),
          new Tick(10_000, "10"),
          new Tick(100_000, "100 ms"));
  private static final List<Tick> SUBTASKS =
      List.of(
          new Tick(1, "1"),
          new Tick(10, "10"),
          new Tick(100, "100"),
          new Tick(1_000, "1,000"),
          new Tick(10_000, "10,000"),
          new Tick(100_000, "100,000"));
  private static final double SLEEP_MILLIS = 10;
  private static final double WORKERS = 2;

  private static final Map<String, String> TRIPS =
      Map.of(
          "threads", "submit and get, threads",
          "processes", "submit and get, processes",
          "queues", "there and back, two queues");

  private SweepPlots() {}

  static Plot plot(SweepResult sweep) {
    return switch (sweep.name()) {
      case Sweeps.CHANNELS ->
          plot(
              sweep,
              "Items a second against producers + consumers",
              panel -> panel,
              "producers + consumers",
              SIDES,
              "items/s",
              List.of());
      case Sweeps.LATENCIES ->
          plot(
              sweep,
              "How long a round trip takes, up to one of 10,000",
              TRIPS::get,
              "percentile",
              ONE_OF,
              "µs",
              List.of());
      case Sweeps.COSTS -> costs(sweep);
      case Sweeps.FAN_OUT ->
          plot(
              sweep,
              "Subtasks that each sleep for 10 ms: the time until all are done",
              _ -> "a platform thread waits for virtual ones",
              "subtasks",
              SUBTASKS,
              "ms",
              List.of(new Tick(SLEEP_MILLIS, "the sleep")));
      default -> throw new IllegalArgumentException("no plot for the sweep " + sweep.name());
    };
  }

  private static Plot plot(
      SweepResult sweep,
      String title,
      UnaryOperator<String> panelTitle,
      String xLabel,
      List<Tick> xTicks,
      String yLabel,
      List<Tick> levels) {
    return new Plot(
        sweep.name(),
        title,
        sweep.panels().stream()
            .map(panel ->
                new Panel(
                    panelTitle.apply(panel), xLabel, xTicks, yLabel, levels, sweep.curves(panel)))
            .toList());
  }

  private static Plot costs(SweepResult sweep) {
    List<Curve> curves = sweep.curves("");
    String size = "what a task computes";
    return new Plot(
        sweep.name(),
        "Tasks that compute, on two workers, against their size",
        List.of(
            new Panel("time for each task", size, SIZES, "µs", List.of(), curves),
            new Panel(
                "times as fast as in sequence",
                size,
                SIZES,
                "speed-up",
                List.of(new Tick(1, "as in sequence"), new Tick(WORKERS, "two workers")),
                curves.stream()
                    .filter(curve -> !curve.name().equals(Sweeps.SEQUENTIAL))
                    .map(SweepPlots::speedUp)
                    .toList())));
  }

  /// A task of x µs takes x µs in sequence: that is how its number of steps was chosen, on each
  /// side for itself.
  static Curve speedUp(Curve curve) {
    return new Curve(
        curve.name(),
        curve.ours(),
        curve.points().stream()
            .map(p -> new Point(p.x(), p.x() / p.y(), p.x() / p.high(), p.x() / p.low()))
            .toList());
  }
}
