package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.PLATFORM;
import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Many producers and consumers allowed, one of each there.
public class Mpmc extends ItemRate {
  /// Agrona 2 uses the JDK's inner Unsafe.
  private static final String FOR_AGRONA = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long ours() throws Exception {
    return Transfer.move(PLATFORM, Pipes.ours(Channel.bounded(CAPACITY)), 1, 1, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long jctools() throws Exception {
    return Transfer.move(
        PLATFORM, Pipes.spinning(new MpmcVarHandleArrayQueue<>(CAPACITY)), 1, 1, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long blockingQueue() throws Exception {
    return Transfer.move(PLATFORM, Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY)), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long transferQueue() throws Exception {
    return Transfer.move(PLATFORM, Pipes.blocking(new LinkedTransferQueue<>()), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(SOME)
  public long jox() throws Exception {
    return Transfer.move(
        PLATFORM, Pipes.jox(com.softwaremill.jox.Channel.newBufferedChannel(CAPACITY)), 1, 1, SOME);
  }

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long disruptor() throws Exception {
    return Transfer.move(PLATFORM, Pipes.disruptor(), 1, 1, MANY);
  }

  @Benchmark
  @OperationsPerInvocation(MANY)
  @Fork(value = 1, jvmArgsAppend = FOR_AGRONA)
  public long agrona() throws Exception {
    return Transfer.move(
        PLATFORM, Pipes.spinning(new ManyToManyConcurrentArrayQueue<>(CAPACITY)), 1, 1, MANY);
  }
}
