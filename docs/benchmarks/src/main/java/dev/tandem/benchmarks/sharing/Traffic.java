package dev.tandem.benchmarks.sharing;

import dev.tandem.benchmarks.Rounds;
import dev.tandem.queues.Sink;
import dev.tandem.queues.Source;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/// Batches of elements that go from one process to another.
final class Traffic {
  /// How many workers a pool has.
  static final int WORKERS = 2;

  /// How many elements a channel holds.
  static final int CAPACITY = 4_096;

  /// How many messages a batch has, here as there.
  static final int MESSAGES = 100_000;

  static final int MESSAGE_BYTES = 64;

  private static final Duration WARM_UP = Duration.ofMillis(2_000);
  private static final int ROUNDS = 31;

  private Traffic() {}

  /// Moves a batch.
  interface Batch {
    /// {@return the sum of what was taken}
    long move() throws Exception;
  }

  /// {@return how many elements a second go in batches, of which each is moved as a whole}
  ///
  /// @param sum what the elements of a batch add up to
  static double rate(int count, long sum, Batch batch) throws Exception {
    return Rounds.median(WARM_UP, ROUNDS, () -> round(count, sum, batch));
  }

  /// {@return the same for messages}
  static double messageRate(Batch batch) throws Exception {
    return rate(MESSAGES, (long) MESSAGES * MESSAGE_BYTES, batch);
  }

  private static double round(int count, long sum, Batch batch) throws Exception {
    long begin = System.nanoTime();
    long taken = batch.move();
    double seconds = Rounds.secondsSince(begin);
    if (taken != sum) {
      throw new IllegalStateException("sum of the elements: " + taken + " (expected: " + sum + ")");
    }
    return count / seconds;
  }

  static void putMessages(Sink<byte[]> sink) throws InterruptedException {
    put(sink, List.of(new byte[MESSAGE_BYTES]), MESSAGES);
  }

  static long takeMessages(Source<byte[]> source) throws InterruptedException {
    return take(source, MESSAGES, message -> message.length);
  }

  /// Puts these elements again and again.
  static <E> void put(Sink<E> sink, List<E> elements, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      sink.put(elements.get(i % elements.size()));
    }
  }

  /// {@return the sum of the values of what was taken}
  static <E> long take(Source<E> source, int count, ToLongFunction<E> value)
      throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += value.applyAsLong(source.take());
    }
    return sum;
  }
}
