package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.pools.ProcessPool;
import dev.tandem.queues.Channel;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/// Prints how many small records a second go through a channel from this process to a worker.
public final class Orders {
  private static final int DIFFERENT = 1_000;
  private static final int COUNT = 50_000;

  private Orders() {}

  private record Order(int number, String customer, double price, long placed)
      implements Serializable {}

  public static void main(String[] args) throws Exception {
    List<Order> orders =
        IntStream.range(0, DIFFERENT)
            .mapToObj(i -> new Order(i, "customer " + i, i * 1.01, 1_700_000_000_000L + i))
            .toList();
    long numbers = orders.stream().mapToLong(Order::number).sum() * (COUNT / DIFFERENT);
    try (var pool = Tandem.newProcessPool(Traffic.WORKERS)) {
      Channel<Order> channel = pool.newChannel(Traffic.CAPACITY);
      new Figures()
          .add("rate", Traffic.rate(COUNT, numbers, () -> move(pool, channel, orders)))
          .print();
    }
  }

  private static long move(ProcessPool pool, Channel<Order> channel, List<Order> orders)
      throws Exception {
    var taken = pool.submit(() -> Traffic.take(channel, COUNT, Order::number));
    Traffic.put(channel, orders, COUNT);
    return taken.get();
  }
}
