package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.SharedLong;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/// Prints how often a second a counter is increased by two workers at once, and by one.
public final class Increments {
  private static final int EACH = 100_000;

  private Increments() {}

  public static void main(String[] args) throws Exception {
    new Figures().add("two", rate(2)).add("one", rate(1)).print();
  }

  private static double rate(int workers) throws Exception {
    int count = workers * EACH;
    try (var pool = Tandem.newProcessPool(workers);
        SharedLong counter = pool.newLong(0)) {
      return Traffic.rate(count, count, () -> increase(pool, workers, counter));
    }
  }

  /// {@return by how much it has grown}
  private static long increase(ProcessPool pool, int workers, SharedLong counter) throws Exception {
    long before = counter.get();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      running.add(pool.submit(() -> increase(counter)));
    }
    for (var each : running) {
      each.get();
    }
    return counter.get() - before;
  }

  private static void increase(SharedLong counter) {
    for (int i = 0; i < EACH; i++) {
      counter.getAndAdd(1);
    }
  }
}
