package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.examples.site.Slow;
import dev.tandem.queues.Channel;
import dev.tandem.queues.Sink;
import dev.tandem.queues.Source;
import dev.tandem.structured.TaskScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// The classic pipeline: two producers, a bounded channel, three consumers, a channel of results,
/// and an end that loses nothing and leaves no thread waiting.
///
/// The producers' channel is closed when both are done, and each consumer's loop ends when it has
/// been emptied: no end markers, and no count of how many are needed. If one of the five fails, the
/// scope stops the others, and so it does when the owner is interrupted.
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
    try (var scope = TaskScope.open(cf -> cf.withName("pipeline"))) {
      scope.fork("producers", readings.producer(out -> produce(readingsEach, out)));
      for (int i = 0; i < CONSUMERS; i++) {
        scope.fork("consumer", readings.consumer(in -> consume(in, results)));
      }
      scope.join();
    }
    List<Square> squares = new ArrayList<>();
    results.drain(squares::add, Integer.MAX_VALUE);
    return inOrder(squares);
  }

  /// Both producers in one subtask: the channel is closed when the second is done.
  private static void produce(int readingsEach, Sink<Integer> out)
      throws ExecutionException, InterruptedException {
    try (var scope = TaskScope.open()) {
      for (int i = 0; i < PRODUCERS; i++) {
        int producer = i;
        scope.fork("producer", () -> readAll(producer, readingsEach, out));
      }
      scope.join();
    }
  }

  private static void readAll(int producer, int readings, Sink<Integer> out)
      throws InterruptedException {
    for (int i = 0; i < readings; i++) {
      out.put(read(producer, i));
    }
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
