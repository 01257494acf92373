package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.MapConfig;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `map`: which results come, in which order, and how many bodies run at once.
interface MapOrderContract extends ExecutorFixture {
  /// {@return the numbers from 0}
  static List<Integer> numbers(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "1, 256", "2, 0", "2, 1", "2, 256", "7, 3", "300, 0"})
  default void mapGivesEachResultInTheOrderOfTheInputs(int concurrency, int buffer) {
    TaskExecutor executor = create();
    UnaryOperator<MapConfig> cf = c -> c.withConcurrency(concurrency).withBuffer(buffer);
    try (Stream<Integer> results = executor.map(numbers(2_000), n -> n * 2, cf)) {
      assertThat(results).isEqualTo(numbers(2_000).stream().map(n -> n * 2).toList());
    }
  }

  @Test
  default void mapKeepsTheOrderWhenAnEarlierInputTakesLonger() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    CountDownLatch secondDone = new CountDownLatch(1);
    try (Stream<Integer> results =
        executor.map(
            numbers(2),
            n -> {
              if (n == 0) {
                assertThat(secondDone.await(20, TimeUnit.SECONDS)).isTrue();
              } else {
                secondDone.countDown();
              }
              return n;
            },
            c -> c.withConcurrency(2))) {
      assertThat(results).containsExactly(0, 1);
    }
  }

  @Test
  default void unorderedMapGivesWhatIsReadyFirst() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask slow = new HeldTask();
    try (Stream<Integer> results =
        executor.map(
            numbers(4),
            n -> {
              if (n == 0) {
                slow.call();
              }
              return n;
            },
            c -> c.withConcurrency(2).unordered())) {
      Iterator<Integer> iterator = results.iterator();
      assertThat(List.of(iterator.next(), iterator.next(), iterator.next()))
          .containsExactlyInAnyOrder(1, 2, 3); // answers that come together have no order
      slow.release();
      assertThat(iterator.next()).isZero();
      assertThat(iterator.hasNext()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "2, 1", "2, 256", "300, 5"})
  default void unorderedMapGivesEachResultOnce(int concurrency, int buffer) {
    TaskExecutor executor = create();
    UnaryOperator<MapConfig> cf =
        c -> c.withConcurrency(concurrency).withBuffer(buffer).unordered();
    assertThat(executor.map(numbers(2_000), n -> n, cf).toList())
        .containsExactlyInAnyOrderElementsOf(numbers(2_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1_000, 5_000})
  default void chunksChangeNothingAboutTheResults(int chunk) {
    TaskExecutor executor = create();
    assertThat(executor.map(numbers(2_000), n -> n, c -> c.withChunkSize(chunk)).toList())
        .isEqualTo(numbers(2_000));
    assertThat(
            executor.map(numbers(2_000), n -> n, c -> c.withChunkSize(chunk).unordered()).toList())
        .containsExactlyInAnyOrderElementsOf(numbers(2_000));
  }

  @Test
  default void noInputsGiveNoResults() throws Exception {
    TaskExecutor executor = create();
    List<Integer> none = Collections.emptyList();
    assertThat(executor.map(none, n -> n).toList()).isEmpty();
    assertThat(executor.map(none, n -> n, MapConfig::unordered).toList()).isEmpty();
    assertThat(executor.mapSettled(none, n -> n).toList()).isEmpty();
    executor.forEach(none, _ -> {});
  }

  @Test
  default void resultsOfAMapMayBeNull() {
    TaskExecutor executor = create();
    List<Integer> results = executor.map(numbers(3), n -> n == 1 ? null : n).toList();
    assertThat(results).containsExactly(0, null, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  default void noMoreBodiesRunThanTheConcurrency(int concurrency) {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    long count =
        executor
            .map(
                numbers(2_000),
                n -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  Thread.yield(); // lets a body too many come in
                  running.decrementAndGet();
                  return n;
                },
                c -> c.withConcurrency(concurrency))
            .filter(n -> n >= 0)
            .count();
    assertThat(count).isEqualTo(2_000);
    assertThat(most.get()).isBetween(1, concurrency);
  }

  @Test
  default void asManyBodiesRunAsTheConcurrency() {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    CyclicBarrier pair = new CyclicBarrier(2);
    List<Integer> results =
        executor
            .map(
                numbers(20),
                n -> {
                  pair.await(20, TimeUnit.SECONDS); // nobody passes alone
                  return n;
                },
                c -> c.withConcurrency(2))
            .toList();
    assertThat(results).isEqualTo(numbers(20));
  }

  @Test
  default void aParallelStreamIsTheSameStream() {
    TaskExecutor executor = create();
    try (Stream<Integer> results = executor.map(numbers(500), n -> n)) {
      assertThat(results.spliterator().trySplit()).isNull();
    }
    assertThat(executor.map(numbers(500), n -> n).parallel().toList()).isEqualTo(numbers(500));
  }

  @Test
  default void twoMapsOfOneExecutorDoNotMix() {
    TaskExecutor executor = create();
    try (Stream<Integer> up = executor.map(numbers(700), n -> n);
        Stream<Integer> down = executor.map(numbers(700), n -> -n)) {
      Iterator<Integer> ups = up.iterator();
      Iterator<Integer> downs = down.iterator();
      for (int n = 0; n < 700; n++) {
        assertThat(ups.next()).isEqualTo(n);
        assertThat(downs.next()).isEqualTo(-n);
      }
      assertThat(ups.hasNext()).isFalse();
      assertThat(downs.hasNext()).isFalse();
    }
  }

  @Test
  default void anotherThreadMayConsumeTheStream() throws Exception {
    TaskExecutor executor = create();
    Stream<Integer> results = executor.map(numbers(700), n -> n);
    assertThat(Caller.start(results::toList).result()).isEqualTo(numbers(700));
  }
}
