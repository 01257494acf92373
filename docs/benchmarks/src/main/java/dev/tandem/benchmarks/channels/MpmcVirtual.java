package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.VIRTUAL;
import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// One producer and one consumer, both virtual threads.
public class MpmcVirtual extends ItemRate {
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long ours() throws Exception {
    return Transfer.move(VIRTUAL, Pipes.ours(Channel.bounded(CAPACITY)), 1, 1, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long blockingQueue() throws Exception {
    return Transfer.move(VIRTUAL, Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY)), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long transferQueue() throws Exception {
    return Transfer.move(VIRTUAL, Pipes.blocking(new LinkedTransferQueue<>()), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long jox() throws Exception {
    return Transfer.move(
        VIRTUAL, Pipes.jox(com.softwaremill.jox.Channel.newBufferedChannel(CAPACITY)), 1, 1, SOME);
  }
}
