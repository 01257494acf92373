package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.pools.ProcessPool;
import dev.tandem.queues.Channel;

/// Prints how many messages a second go through a channel from this process to a worker.
public final class ToWorker {
  private ToWorker() {}

  public static void main(String[] args) throws Exception {
    try (var pool = Tandem.newProcessPool(Traffic.WORKERS)) {
      Channel<byte[]> channel = pool.newChannel(Traffic.CAPACITY);
      new Figures().add("rate", Traffic.messageRate(() -> move(pool, channel))).print();
    }
  }

  private static long move(ProcessPool pool, Channel<byte[]> channel) throws Exception {
    var taken = pool.submit(() -> Traffic.takeMessages(channel));
    Traffic.putMessages(channel);
    return taken.get();
  }
}
