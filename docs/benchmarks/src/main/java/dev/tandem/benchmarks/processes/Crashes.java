package dev.tandem.benchmarks.processes;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.core.Task;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Prints how many milliseconds pass from the SIGKILL of one of two busy workers until the next
/// task has its result: with a spare, and without.
public final class Crashes {
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 9;

  private Crashes() {}

  public static void main(String[] args) throws Exception {
    new Figures().add("spare", median(1)).add("noSpare", median(0)).print();
  }

  private static double median(int spares) throws Exception {
    Rounds.median(WARM_UP, () -> capacityBack(spares));
    return Rounds.median(ROUNDS, () -> capacityBack(spares));
  }

  private static double capacityBack(int spares) throws Exception {
    try (var pool = Tandem.newProcessPool(Workers.COUNT, cf -> cf.withSpares(spares))) {
      Workers.awaitIdle(pool, Workers.COUNT + spares);
      var victim = pool.submit(Task.of("victim", () -> Thread.sleep(10_000)));
      var neighbour = pool.submit(Task.of("neighbour", () -> Thread.sleep(10_000)));
      Workers.running(pool, "neighbour");
      ProcessHandle process = Workers.running(pool, "victim");
      long begin = System.nanoTime();
      process.destroyForcibly();
      pool.submit(Workers.NOTHING).get();
      double taken = Rounds.millisecondsSince(begin);
      mustHaveFailed(victim);
      neighbour.cancel(true);
      return taken;
    }
  }

  static void mustHaveFailed(Future<?> victim) throws InterruptedException {
    try {
      victim.get();
      throw new IllegalStateException("the task of a killed worker had a result");
    } catch (ExecutionException e) {
      // as it should
    }
  }
}
