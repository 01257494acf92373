package dev.tandem.benchmarks.processes;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.core.Task;
import java.util.Locale;

/// Prints how many milliseconds a task takes that is submitted to a pool of one worker as soon as
/// that worker's death is known, while a spare is ready.
public final class SpareAnswers {
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 11;

  private SpareAnswers() {}

  public static void main(String[] args) throws Exception {
    Rounds.median(WARM_UP, SpareAnswers::answer);
    System.out.printf(Locale.ROOT, "%.3f%n", Rounds.median(ROUNDS, SpareAnswers::answer));
  }

  private static double answer() throws Exception {
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withSpares(1))) {
      Workers.awaitIdle(pool, 2);
      var victim = pool.submit(Task.of("victim", () -> Thread.sleep(10_000)));
      Workers.running(pool, "victim").destroyForcibly();
      Crashes.mustHaveFailed(victim);
      long begin = System.nanoTime();
      pool.submit(Workers.NOTHING).get();
      return Rounds.millisecondsSince(begin);
    }
  }
}
