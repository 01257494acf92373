package dev.tandem.benchmarks.channels;

import dev.tandem.queues.Channel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A put and a take by one thread that has the queue for itself: time, and the bytes allocated.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 800, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class Uncontended {
  private final Channel<Integer> channel = Channel.bounded(Pipes.CAPACITY);
  private final ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(Pipes.CAPACITY);
  private int i;

  @Benchmark
  public Integer ours() throws InterruptedException {
    channel.put(Transfer.element(i++));
    return channel.take();
  }

  @Benchmark
  public Integer blockingQueue() throws InterruptedException {
    queue.put(Transfer.element(i++));
    return queue.take();
  }
}
