package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import java.time.Duration;

/// Prints how many microseconds a worker's call of an object of this process takes.
public final class RemoteCalls {
  private static final Duration WARM_UP = Duration.ofMillis(2_000);
  private static final int CALLS = 20_000;

  private RemoteCalls() {}

  /// What the object can do.
  public interface Adder {
    int add(int a, int b);
  }

  public static void main(String[] args) throws Exception {
    try (var pool = Tandem.newProcessPool(1)) {
      Adder adder = pool.export(Adder.class, Integer::sum);
      new Figures().add("p50", pool.submit(() -> median(adder)).get()).print();
    }
  }

  private static double median(Adder adder) throws Exception {
    Rounds.median(WARM_UP, 1, () -> call(adder));
    return Rounds.median(CALLS, () -> call(adder));
  }

  private static double call(Adder adder) {
    long begin = System.nanoTime();
    int sum = adder.add(1, 2);
    double taken = (System.nanoTime() - begin) / 1e3;
    if (sum != 3) {
      throw new IllegalStateException("sum: " + sum + " (expected: 3)");
    }
    return taken;
  }
}
