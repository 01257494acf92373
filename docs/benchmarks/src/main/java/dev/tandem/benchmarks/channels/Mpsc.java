package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.PLATFORM;
import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Many producers allowed, one consumer; one of each there.
public class Mpsc extends ItemRate {
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long ours() throws Exception {
    return Transfer.move(
        PLATFORM, Pipes.ours(Channel.bounded(CAPACITY, cf -> cf.withSingleConsumer())), 1, 1, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long jctools() throws Exception {
    return Transfer.move(
        PLATFORM, Pipes.spinning(new MpscVarHandleArrayQueue<>(CAPACITY)), 1, 1, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long blockingQueue() throws Exception {
    return Transfer.move(PLATFORM, Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY)), 1, 1, SOME);
  }
}
