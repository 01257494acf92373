package dev.tandem.benchmarks.processes;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Prints how many empty tasks a second go through a pool: a burst of submits, then a `get` of
/// each.
public final class Submits {
  private static final int TASKS = 10_000;
  private static final Duration WARM_UP = Duration.ofMillis(2_000);
  private static final int ROUNDS = 31;

  private Submits() {}

  public static void main(String[] args) throws Exception {
    new Figures()
        .add("rate", rate(cf -> cf))
        .add("withoutPrefetch", rate(cf -> cf.withPrefetch(0)))
        .print();
  }

  private static double rate(UnaryOperator<ProcessPool.Config> cf) throws Exception {
    try (var pool = Tandem.newProcessPool(Workers.COUNT, cf)) {
      return Rounds.median(WARM_UP, ROUNDS, () -> burst(pool));
    }
  }

  private static double burst(ProcessPool pool) throws Exception {
    List<ListenableFuture<?>> futures = new ArrayList<>(TASKS);
    long begin = System.nanoTime();
    for (int i = 0; i < TASKS; i++) {
      futures.add(pool.submit(Workers.NOTHING));
    }
    for (var future : futures) {
      future.get();
    }
    return TASKS / Rounds.secondsSince(begin);
  }
}
