package dev.tandem.examples;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.examples.site.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// The classic pipeline: two producers, a bounded queue, three consumers, a queue of results, and
/// an end that loses nothing and leaves nobody waiting.
///
/// The JDK's queue cannot be closed, so the end is a marker in the queue, one per consumer, put
/// there when both producers are done. Tandem's channels, which come with a later version, close
/// instead.
final class DataPipeline {
  private DataPipeline() {}

  private static final int PRODUCERS = 2;
  private static final int CONSUMERS = 3;
  private static final int END = -1;

  record Square(int number, int square) {}

  /// A sensor that takes 2 ms to read.
  private static int read(int producer, int i) throws InterruptedException {
    Slow.io(2);
    return i * PRODUCERS + producer;
  }

  /// A store that takes 5 ms to write.
  private static void store(int number, Queue<Square> results) throws InterruptedException {
    Slow.io(5);
    results.add(new Square(number, number * number));
  }

  static List<Square> sequential(int readingsEach) throws InterruptedException {
    Queue<Square> results = new ConcurrentLinkedQueue<>();
    for (int producer = 0; producer < PRODUCERS; producer++) {
      for (int i = 0; i < readingsEach; i++) {
        store(read(producer, i), results);
      }
    }
    return inOrder(results);
  }

  static List<Square> concurrent(int readingsEach) throws ExecutionException, InterruptedException {
    // bounded: a producer that is ahead waits in put, and memory stays small
    BlockingQueue<Integer> readings = new ArrayBlockingQueue<>(10);
    Queue<Square> results = new ConcurrentLinkedQueue<>();
    try (var pool = Tandem.newVirtualThreadExecutor(cf -> cf.withName("pipeline"))) {
      try {
        List<ListenableFuture<?>> producers = new ArrayList<>();
        for (int producer = 0; producer < PRODUCERS; producer++) {
          int number = producer;
          producers.add(pool.submit(() -> produce(number, readingsEach, readings)));
        }
        List<ListenableFuture<?>> all = new ArrayList<>(producers);
        all.add(Futures.whenAllSucceed(producers).call(() -> putEnds(readings), pool));
        for (int consumer = 0; consumer < CONSUMERS; consumer++) {
          all.add(pool.submit(() -> consume(readings, results)));
        }
        var _ = Futures.allAsList(all).get(); // the first failure ends the wait
      } finally {
        pool.shutdownNow(); // after a failure: the others may wait in put or take for ever
      }
    }
    return inOrder(results);
  }

  private static void produce(int producer, int count, BlockingQueue<Integer> readings)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      readings.put(read(producer, i));
    }
  }

  private static boolean putEnds(BlockingQueue<Integer> readings) throws InterruptedException {
    for (int i = 0; i < CONSUMERS; i++) {
      readings.put(END); // one for each: a single one would end a single consumer
    }
    return true;
  }

  private static void consume(BlockingQueue<Integer> readings, Queue<Square> results)
      throws InterruptedException {
    for (int number; (number = readings.take()) != END; ) {
      store(number, results);
    }
  }

  private static List<Square> inOrder(Queue<Square> results) {
    return results.stream().sorted((a, b) -> Integer.compare(a.number(), b.number())).toList();
  }

  /// {@return what any run must give}
  static List<Square> expected(int readingsEach) {
    return IntStream.range(0, readingsEach * PRODUCERS)
        .mapToObj(n -> new Square(n, n * n))
        .toList();
  }

  static void main() throws Exception {
    Timed.print("sequential", () -> sequential(100).size() + " readings squared and stored");
    Timed.print("concurrent", () -> concurrent(100).size() + " readings squared and stored");
  }
}
