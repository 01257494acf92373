package dev.tandem.examples;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.examples.site.Slow;
import dev.tandem.queues.Channel;
import dev.tandem.queues.Sink;
import dev.tandem.queues.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// The classic pipeline: two producers, a bounded channel, three consumers, a channel of results,
/// and an end that loses nothing and leaves nobody waiting.
///
/// The producers' channel is closed when both are done, and each consumer's loop ends when it has
/// been emptied: no end markers, and nobody counts how many of them are needed. If one of the five
/// fails, the channel is closed with that cause, and the others end, too.
final class DataPipeline {
  private DataPipeline() {}

  private static final int PRODUCERS = 2;
  private static final int CONSUMERS = 3;

  record Square(int number, int square) {}

  /// A sensor that takes 2 ms to read.
  private static int read(int producer, int i) throws InterruptedException {
    Slow.io(2);
    return i * PRODUCERS + producer;
  }

  /// A store that takes 5 ms to write.
  private static Square store(int number) throws InterruptedException {
    Slow.io(5);
    return new Square(number, number * number);
  }

  static List<Square> sequential(int readingsEach) throws InterruptedException {
    List<Square> results = new ArrayList<>();
    for (int producer = 0; producer < PRODUCERS; producer++) {
      for (int i = 0; i < readingsEach; i++) {
        results.add(store(read(producer, i)));
      }
    }
    return inOrder(results);
  }

  static List<Square> concurrent(int readingsEach) throws ExecutionException, InterruptedException {
    // bounded: a producer that is ahead waits in put, and memory stays small
    Channel<Integer> readings = Tandem.newChannel(10);
    Channel<Square> results = Channel.unbounded();
    try (var pool = Tandem.newVirtualThreadExecutor(cf -> cf.withName("pipeline"))) {
      List<ListenableFuture<Void>> all = new ArrayList<>();
      // one body for both producers, so the channel is closed when the second is done
      all.add(pool.submit(readings.producer(out -> produce(pool, readingsEach, out))));
      for (int consumer = 0; consumer < CONSUMERS; consumer++) {
        all.add(pool.submit(readings.consumer(in -> consume(in, results))));
      }
      try {
        var _ = Futures.allAsList(all).get(); // the first failure ends the wait
      } finally {
        pool.shutdownNow(); // when this thread was interrupted: the others are to stop, too
      }
    }
    List<Square> squares = new ArrayList<>();
    results.drain(squares::add, Integer.MAX_VALUE);
    return inOrder(squares);
  }

  private static void produce(TaskExecutor pool, int readingsEach, Sink<Integer> out)
      throws ExecutionException, InterruptedException {
    pool.forEach(
        IntStream.range(0, PRODUCERS)::iterator,
        producer -> {
          for (int i = 0; i < readingsEach; i++) {
            out.put(read(producer, i));
          }
        });
  }

  private static void consume(Source<Integer> in, Sink<Square> results)
      throws InterruptedException {
    for (int number : in) {
      results.put(store(number));
    }
  }

  private static List<Square> inOrder(List<Square> results) {
    return results.stream().sorted(Comparator.comparingInt(Square::number)).toList();
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
