package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.PLATFORM;
import static dev.tandem.benchmarks.channels.Crew.VIRTUAL;
import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.queues.Channel;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// The shapes that have no goal, each beside what the JDK has for it. One producer and one
/// consumer.
public class OtherShapes extends ItemRate {
  /// Few enough for a priority queue without a bound to stay small.
  private static final int SORTED = 200_000;

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long unbounded() throws Exception {
    return Transfer.move(PLATFORM, Pipes.ours(Channel.unbounded()), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long transferQueue() throws Exception {
    return Transfer.move(PLATFORM, Pipes.blocking(new LinkedTransferQueue<>()), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(FEW)
  public long rendezvous() throws Exception {
    return Transfer.move(PLATFORM, Pipes.ours(Channel.rendezvous()), 1, 1, FEW);
  }

  @Benchmark
  @OperationsPerInvocation(FEW)
  public long synchronousQueue() throws Exception {
    return Transfer.move(PLATFORM, Pipes.blocking(new SynchronousQueue<>()), 1, 1, FEW);
  }

  @Benchmark
  @OperationsPerInvocation(FEW)
  public long rendezvousVirtual() throws Exception {
    return Transfer.move(VIRTUAL, Pipes.ours(Channel.rendezvous()), 1, 1, FEW);
  }

  @Benchmark
  @OperationsPerInvocation(FEW)
  public long synchronousQueueVirtual() throws Exception {
    return Transfer.move(VIRTUAL, Pipes.blocking(new SynchronousQueue<>()), 1, 1, FEW);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long lifo() throws Exception {
    return Transfer.move(PLATFORM, Pipes.ours(Channel.lifo(CAPACITY)), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long blockingDeque() throws Exception {
    return Transfer.move(PLATFORM, Pipes.lifo(new LinkedBlockingDeque<>(CAPACITY)), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(SORTED)
  public long priority() throws Exception {
    return Transfer.move(
        PLATFORM, Pipes.ours(Channel.priority(CAPACITY, Integer::compare)), 1, 1, SORTED);
  }

  @Benchmark
  @OperationsPerInvocation(SORTED)
  public long priorityQueue() throws Exception {
    return Transfer.move(
        PLATFORM,
        Pipes.blocking(new PriorityBlockingQueue<>(CAPACITY, Integer::compare)),
        1,
        1,
        SORTED);
  }
}
