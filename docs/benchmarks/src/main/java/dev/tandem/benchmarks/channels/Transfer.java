package dev.tandem.benchmarks.channels;

import dev.tandem.benchmarks.channels.Crew.Body;
import dev.tandem.queues.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Moves elements through a queue, and proves that all of them came.
final class Transfer {
  private static final int MASK = 1023;
  private static final int BATCH = 64;
  private static final Duration LONGEST = Duration.ofMinutes(1);

  // made before, so that the bytes and the time are the queue's alone
  private static final Integer[] ELEMENTS =
      IntStream.rangeClosed(0, MASK).mapToObj(i -> 1000 + i).toArray(Integer[]::new);
  private static final List<List<Integer>> BATCHES =
      IntStream.range(0, (MASK + 1) / BATCH)
          .mapToObj(i -> List.of(Arrays.copyOfRange(ELEMENTS, i * BATCH, (i + 1) * BATCH)))
          .toList();

  private Transfer() {}

  /// Moves a number of elements from some producers to some consumers, each with the same share.
  ///
  /// @return the sum of the elements
  static long move(ThreadFactory threads, Pipe pipe, int producers, int consumers, int elements)
      throws InterruptedException, ExecutionException {
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < producers; i++) {
      bodies.add(() -> put(pipe, elements / producers));
    }
    for (int i = 0; i < consumers; i++) {
      bodies.add(() -> take(pipe, elements / consumers));
    }
    return check(Crew.run(threads, bodies), producers, elements);
  }

  /// Moves a number of elements from one thread to another, 64 at a time.
  static long moveBatches(ThreadFactory threads, Channel<Integer> channel, int elements)
      throws InterruptedException, ExecutionException {
    List<Body> bodies =
        List.of(() -> putBatches(channel, elements), () -> drainBatches(channel, elements));
    return check(Crew.run(threads, bodies), 1, elements);
  }

  /// Sends elements there and back through two queues, one at a time.
  static long roundTrips(ThreadFactory threads, Supplier<Pipe> queue, int trips)
      throws InterruptedException, ExecutionException {
    Pipe there = queue.get();
    Pipe back = queue.get();
    List<Body> bodies =
        List.of(() -> sendAndReceive(there, back, trips), () -> echo(there, back, trips));
    return check(Crew.run(threads, bodies), 1, trips);
  }

  static Integer element(int i) {
    return ELEMENTS[i & MASK];
  }

  private static long put(Pipe pipe, int elements) throws InterruptedException {
    for (int i = 0; i < elements; i++) {
      pipe.put(element(i));
    }
    return 0;
  }

  private static long take(Pipe pipe, int elements) throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < elements; i++) {
      sum += pipe.take();
    }
    return sum;
  }

  private static long putBatches(Channel<Integer> channel, int elements)
      throws InterruptedException {
    for (int i = 0; i < elements; i += BATCH) {
      channel.putAll(BATCHES.get((i & MASK) / BATCH));
    }
    return 0;
  }

  private static long drainBatches(Channel<Integer> channel, int elements)
      throws InterruptedException {
    long[] sum = {0};
    for (int i = 0; i < elements; ) {
      i += channel.drain(element -> sum[0] += element, BATCH, LONGEST);
    }
    return sum[0];
  }

  private static long sendAndReceive(Pipe there, Pipe back, int trips) throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < trips; i++) {
      there.put(element(i));
      sum += back.take();
    }
    return sum;
  }

  private static long echo(Pipe there, Pipe back, int trips) throws InterruptedException {
    for (int i = 0; i < trips; i++) {
      back.put(there.take());
    }
    return 0;
  }

  private static long check(long sum, int producers, int elements) {
    long expected = 0;
    for (int i = 0; i < elements / producers; i++) {
      expected += element(i);
    }
    if (sum != expected * producers) {
      throw new IllegalStateException(
          "sum of what was taken: " + sum + ", expected " + expected * producers);
    }
    return sum;
  }
}
