package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.PLATFORM;
import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Two producers and two consumers: twice as many threads as a machine of two cores can run.
public class MpmcTwoByTwo extends ItemRate {
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long ours() throws Exception {
    return Transfer.move(PLATFORM, Pipes.ours(Channel.bounded(CAPACITY)), 2, 2, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long jctools() throws Exception {
    return Transfer.move(
        PLATFORM, Pipes.spinning(new MpmcVarHandleArrayQueue<>(CAPACITY)), 2, 2, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long blockingQueue() throws Exception {
    return Transfer.move(PLATFORM, Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY)), 2, 2, SOME);
  }
}
