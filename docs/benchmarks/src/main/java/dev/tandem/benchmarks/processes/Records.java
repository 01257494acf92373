package dev.tandem.benchmarks.processes;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Prints how many milliseconds it takes to send 10,000 records to a worker and to get them back.
public final class Records {
  private static final int COUNT = 10_000;
  private static final Duration WARM_UP = Duration.ofMillis(3_000);
  private static final int ROUNDS = 101;

  private Records() {}

  private record Order(int number, String customer, double price, long placed)
      implements Serializable {}

  public static void main(String[] args) throws Exception {
    List<Order> orders =
        IntStream.range(0, COUNT)
            .mapToObj(i -> new Order(i, "customer " + i, i * 1.01, 1_700_000_000_000L + i))
            .toList();
    try (var pool = Tandem.newProcessPool(Workers.COUNT)) {
      new Figures().add("echo", Rounds.median(WARM_UP, ROUNDS, () -> echo(pool, orders))).print();
    }
  }

  private static double echo(ProcessPool pool, List<Order> orders) throws Exception {
    long begin = System.nanoTime();
    List<Order> back = pool.submit(() -> orders).get();
    double taken = Rounds.millisecondsSince(begin);
    if (!back.equals(orders)) {
      throw new IllegalStateException("not an echo");
    }
    return taken;
  }
}
