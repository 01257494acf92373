package dev.tandem.examples.showcase;

import com.google.common.base.Stopwatch;
import java.time.Duration;
import java.util.concurrent.Callable;

/// What became of a program.
///
/// @param program its name
/// @param sequential how long it took one step after the other
/// @param concurrent how long it took concurrently
/// @param correct whether both ways gave the same, correct result
/// @param result what the result is, or what is wrong
public record Row(
    String program, Duration sequential, Duration concurrent, boolean correct, String result) {

  /// {@return how many times faster the concurrent run was}
  public double speedUp() {
    return concurrent.isZero() ? 0 : (double) sequential.toNanos() / concurrent.toNanos();
  }

  /// Runs a program both ways and compares. A program that throws gives a row that is not correct.
  ///
  /// @param program the program
  static <R> Row of(Program<R> program) throws InterruptedException {
    Duration sequential = Duration.ZERO;
    Duration concurrent = Duration.ZERO;
    try {
      Timing<R> first = time(program.sequential());
      sequential = first.duration();
      Timing<R> second = time(program.concurrent());
      concurrent = second.duration();
      if (!first.result().equals(second.result())) {
        String both =
            "sequential gave %s, concurrent %s".formatted(first.result(), second.result());
        return new Row(program.name(), sequential, concurrent, false, both);
      }
      String result = program.check().describe(second.result());
      return new Row(program.name(), sequential, concurrent, true, result);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return new Row(program.name(), sequential, concurrent, false, e.toString());
    }
  }

  private record Timing<R>(R result, Duration duration) {}

  private static <R> Timing<R> time(Callable<R> run) throws Exception {
    Stopwatch watch = Stopwatch.createStarted();
    R result = run.call();
    return new Timing<>(result, watch.elapsed());
  }
}
