package dev.tandem.benchmarks;

import dev.tandem.benchmarks.Contest.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Two benchmark methods of one JMH class.
///
/// @param type the class
/// @param ours the name of our method
/// @param peer the name of the peer's
/// @param yields the measures, and how each is found in a result
record JmhContest(Class<?> type, String ours, String peer, List<Yield> yields) implements Contest {
  /// A measure and where in a result it stands.
  record Yield(Measure measure, ToDoubleFunction<RunResult> value) {}

  static JmhContest of(Class<?> type, String ours, String peer, Yield... yields) {
    return new JmhContest(type, ours, peer, List.of(yields));
  }

  /// The score: the median of the iterations, because one collection or one noisy neighbour should
  /// not move it.
  static double score(RunResult result) {
    return median(result.getPrimaryResult());
  }

  /// The bytes that one operation allocates, on all threads together.
  static double bytes(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    if (allocated == null) {
      throw new IllegalStateException(
          "no gc.alloc.rate.norm in " + result.getSecondaryResults().keySet());
    }
    return median(allocated);
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }

  @Override
  public List<Measure> measures() {
    return yields.stream().map(Yield::measure).toList();
  }

  @Override
  public Optional<double[]> fork(Side side, Plan plan) throws Exception {
    RunResult result = run(side == Side.OURS ? ours : peer, plan);
    return Optional.of(yields.stream().mapToDouble(y -> y.value().applyAsDouble(result)).toArray());
  }

  // One fork a call, so that ours and the peer's can take turns: JMH itself runs all forks of a
  // method before those of the next, and whatever the machine does meanwhile hits only one of them.
  private RunResult run(String method, Plan plan) throws Exception {
    Path output = Files.createTempFile("jmh", ".log");
    try {
      var options =
          new OptionsBuilder()
              .include("^" + Pattern.quote(type.getName() + "." + method) + "$")
              .forks(1)
              .shouldFailOnError(true)
              .addProfiler(GCProfiler.class)
              .output(output.toString());
      shorten(options, plan.mode());
      var results = new Runner(options.build()).run();
      if (results.size() != 1) {
        throw new RunnerException(
            type.getName() + "." + method + ": " + results.size() + " results");
      }
      return results.iterator().next();
    } finally {
      Files.write(
          plan.log(),
          Files.readAllBytes(output),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      Files.delete(output);
    }
  }

  private static void shorten(ChainedOptionsBuilder options, Mode mode) {
    switch (mode) {
      case SMOKE ->
          options
              .warmupIterations(1)
              .warmupTime(TimeValue.milliseconds(10))
              .measurementIterations(1)
              .measurementTime(TimeValue.milliseconds(10));
      case QUICK ->
          options
              .warmupTime(TimeValue.milliseconds(250))
              .measurementTime(TimeValue.milliseconds(250));
      case FULL -> {
        // as the benchmark says
      }
    }
  }

  @Override
  public String toString() {
    return type.getSimpleName() + Arrays.asList(ours, peer);
  }
}
