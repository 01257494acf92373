package dev.tandem.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A program of ours and another that does the same. Each prints, when its workers are gone, one
/// line of figures that have names: `rate=1200 size=3`.
///
/// @param program has a `main` without arguments
/// @param flags for its JVM
/// @param task what the log calls it
/// @param peer the command that starts the other; empty where that cannot run
/// @param lines what becomes of the figures
record FiguresContest(
    Class<?> program,
    List<String> flags,
    String task,
    Supplier<Optional<List<String>>> peer,
    List<Line> lines)
    implements Contest {
  /// A measure, and which figures it consists of.
  ///
  /// @param measure the measure
  /// @param ours the name of our figure
  /// @param peer the name of the peer's
  record Line(Measure measure, String ours, String peer) {}

  static Line line(String name, String peerName, @Nullable Goal goal, String ours, String peer) {
    return new Line(new Measure(name, peerName, goal), ours, peer);
  }

  /// A program of ours against Python.
  ///
  /// @param script of the folder `python`
  /// @param task what the script is told to do
  FiguresContest(Class<?> program, String script, String task, List<Line> lines) {
    this(program, List.of(), task, () -> Python.command(script, task), lines);
  }

  /// Two programs of ours: two ways to do the same.
  ///
  /// @param other has a `main` without arguments, too
  FiguresContest(Class<?> program, Class<?> other, List<Line> lines) {
    this(program, other, List.of(), lines);
  }

  /// Two programs of ours whose JVMs need flags.
  FiguresContest(Class<?> program, Class<?> other, List<String> flags, List<Line> lines) {
    this(
        program,
        flags,
        program.getSimpleName(),
        () -> Optional.of(ChildProcess.java(other, flags)),
        lines);
  }

  @Override
  public List<Measure> measures() {
    return lines.stream().map(Line::measure).toList();
  }

  @Override
  public Optional<double[]> fork(Side side, Plan plan) throws Exception {
    Optional<List<String>> command =
        side == Side.OURS ? Optional.of(ChildProcess.java(program, flags)) : peer.get();
    if (command.isEmpty()) {
      return Optional.empty();
    }
    try (var running = ChildProcess.start(command.get())) {
      String printed = running.readLine();
      plan.append("%s, %s: %s".formatted(task, side, printed));
      Map<String, Double> figures = Figures.parse(printed);
      return Optional.of(
          lines.stream()
              .mapToDouble(line -> figure(figures, side == Side.OURS ? line.ours : line.peer))
              .toArray());
    }
  }

  private static double figure(Map<String, Double> figures, String name) {
    Double figure = figures.get(name);
    if (figure == null) {
      throw new IllegalStateException("no figure " + name + " in " + figures);
    }
    return figure;
  }
}
