package dev.tandem.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Our side of a contest in which JMH is no use: a program that prints its figures in one line. Its
/// peer is a fixed number, see [FixedContest].
///
/// @param program has a `main` without arguments
/// @param flags for its JVM
/// @param measures what it prints, in this order
record ProgramContest(Class<?> program, List<String> flags, List<Measure> measures)
    implements Contest {

  @Override
  public Optional<double[]> fork(Side side, Plan plan) throws Exception {
    try (var running = ChildProcess.start(ChildProcess.java(program, flags))) {
      String figures = running.readLine();
      plan.append(program.getSimpleName() + ": " + figures);
      return Optional.of(Stream.of(figures.split(" ")).mapToDouble(Double::parseDouble).toArray());
    }
  }
}
