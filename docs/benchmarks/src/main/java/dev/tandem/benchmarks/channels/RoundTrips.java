package dev.tandem.benchmarks.channels;

import static dev.tandem.benchmarks.channels.Crew.PLATFORM;
import static dev.tandem.benchmarks.channels.Crew.VIRTUAL;
import static dev.tandem.benchmarks.channels.Pipes.CAPACITY;

import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/// An element goes to another thread and comes back, through two queues. Nanoseconds for both ways.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 800, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Timeout(time = 1, timeUnit = TimeUnit.MINUTES)
@State(Scope.Thread)
public class RoundTrips {
  /// See [ItemRate#MANY].
  static final int MANY = 200_000;

  static final int VIRTUAL_TRIPS = 100_000;

  /// For a queue that parks both threads at each trip.
  static final int FEW = 5_000;

  @Benchmark
  @OperationsPerInvocation(MANY)
  public long ours() throws Exception {
    return Transfer.roundTrips(PLATFORM, () -> Pipes.ours(Channel.bounded(CAPACITY)), MANY);
  }

  /// Two variables, each on cache lines of its own, and two threads that do nothing but look: what
  /// the machine needs to carry a value to the other core and back.
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long spin() throws Exception {
    return SpinTrips.run(MANY);
  }

  @Benchmark
  @OperationsPerInvocation(FEW)
  public long blockingQueue() throws Exception {
    return Transfer.roundTrips(
        PLATFORM, () -> Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY)), FEW);
  }

  @Benchmark
  @OperationsPerInvocation(VIRTUAL_TRIPS)
  public long oursVirtual() throws Exception {
    return Transfer.roundTrips(VIRTUAL, () -> Pipes.ours(Channel.bounded(CAPACITY)), VIRTUAL_TRIPS);
  }

  @Benchmark
  @OperationsPerInvocation(VIRTUAL_TRIPS)
  public long transferQueueVirtual() throws Exception {
    return Transfer.roundTrips(
        VIRTUAL, () -> Pipes.blocking(new LinkedTransferQueue<>()), VIRTUAL_TRIPS);
  }

  @Benchmark
  @OperationsPerInvocation(VIRTUAL_TRIPS)
  public long blockingQueueVirtual() throws Exception {
    return Transfer.roundTrips(
        VIRTUAL, () -> Pipes.blocking(new ArrayBlockingQueue<>(CAPACITY)), VIRTUAL_TRIPS);
  }

  @Benchmark
  @OperationsPerInvocation(VIRTUAL_TRIPS)
  public long synchronousQueueVirtual() throws Exception {
    return Transfer.roundTrips(
        VIRTUAL, () -> Pipes.blocking(new SynchronousQueue<>()), VIRTUAL_TRIPS);
  }
}
