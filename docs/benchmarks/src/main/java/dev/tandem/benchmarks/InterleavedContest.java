package dev.tandem.benchmarks;

import dev.tandem.benchmarks.FiguresContest.Line;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program that does by turns what ours and the peer's would do, in one process: for figures so
/// near to each other that the machine must be as busy for the one as for the other.
final class InterleavedContest implements Contest {
  private final List<Line> lines;
  private final FiguresContest program;
  private double @Nullable [] other; // what a fork has printed of which one side was not asked for

  /// @param program has a `main` without arguments
  /// @param flags for its JVM
  InterleavedContest(Class<?> program, List<String> flags, List<Line> lines) {
    this.lines = lines;
    Stream<Line> ours = lines.stream().map(line -> both(line, line.ours()));
    Stream<Line> peer = lines.stream().map(line -> both(line, line.peer()));
    this.program = new FiguresContest(program, program, flags, Stream.concat(ours, peer).toList());
  }

  private static Line both(Line line, String figure) {
    return new Line(line.measure(), figure, figure);
  }

  @Override
  public List<Measure> measures() {
    return lines.stream().map(Line::measure).toList();
  }

  @Override
  public Optional<double[]> fork(Side side, Plan plan) throws Exception {
    double[] printed = other;
    other = null;
    if (printed == null) {
      printed = program.fork(Side.OURS, plan).orElseThrow();
      other = printed;
    }
    int half = lines.size();
    return Optional.of(
        side == Side.OURS
            ? Arrays.copyOf(printed, half)
            : Arrays.copyOfRange(printed, half, printed.length));
  }
}
