package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.PLATFORM;

import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// A capacity that is not a power of two, one producer and one consumer.
public class MpmcOfThousand extends ItemRate {
  private static final int THOUSAND = 1000;

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long ours() throws Exception {
    return Transfer.move(PLATFORM, Pipes.ours(Channel.bounded(THOUSAND)), 1, 1, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long blockingQueue() throws Exception {
    return Transfer.move(PLATFORM, Pipes.blocking(new ArrayBlockingQueue<>(THOUSAND)), 1, 1, SOME);
  }
}
