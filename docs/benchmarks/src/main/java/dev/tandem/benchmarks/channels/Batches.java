package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.PLATFORM;
import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.queues.Channel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// 64 elements a call against one, with one producer and one consumer.
public class Batches extends ItemRate {
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long batches() throws Exception {
    return Transfer.moveBatches(PLATFORM, Channel.bounded(CAPACITY), MANY);
  }

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long singles() throws Exception {
    return Transfer.move(PLATFORM, Pipes.ours(Channel.bounded(CAPACITY)), 1, 1, MANY);
  }
}
