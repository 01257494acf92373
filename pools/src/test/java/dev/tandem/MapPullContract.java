package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.MapConfig;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `map`: when, by whom and how far ahead inputs are pulled.
interface MapPullContract extends GraceFixture {
  @Test
  default void nothingHappensBeforeTheTerminalOperation() {
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    try (Stream<Integer> results = executor.map(input, n -> n).filter(n -> n > 3).limit(2)) {
      assertThat((Object) results).isNotNull();
      assertThat(input.pullers()).isEmpty();
      assertThat(executor.stats().submitted()).isZero();
    }
    assertThat(input.pullers()).as("closing an unused stream pulls nothing").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "1, 1, 1",
    "1, 256, 1",
    "2, 0, 1",
    "2, 1, 1",
    "2, 256, 1",
    "5, 0, 1",
    "5, 1, 1",
    "2, 1, 7",
    "2, 256, 7",
    "300, 0, 1"
  })
  default void endlessInputIsPulledAtMostConcurrencyPlusBufferAhead(
      int concurrency, int buffer, int chunk) {
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    UnaryOperator<MapConfig> cf =
        c -> c.withConcurrency(concurrency).withBuffer(buffer).withChunkSize(chunk);
    try (Stream<Integer> results = executor.map(input, n -> n, cf)) {
      Spliterator<Integer> spliterator = results.spliterator();
      for (int n = 0; n < 1_000; n++) {
        assertThat(input.take(spliterator)).isEqualTo(n);
      }
    }
    assertThat(input.mostAhead()).isBetween(1, concurrency + buffer);
    assertThat(input.pullers()).containsExactly(Thread.currentThread());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "1, 256", "2, 0", "2, 1", "2, 256", "40, 2"})
  default void anUnorderedMapPullsNoFurtherAhead(int concurrency, int buffer) {
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    UnaryOperator<MapConfig> cf =
        c -> c.withConcurrency(concurrency).withBuffer(buffer).unordered();
    try (Stream<Integer> results = executor.map(input, n -> n, cf)) {
      Spliterator<Integer> spliterator = results.spliterator();
      for (int n = 0; n < 1_000; n++) {
        input.take(spliterator);
      }
    }
    assertThat(input.mostAhead()).isBetween(1, concurrency + buffer);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "2, 1", "2, 256"})
  default void behindASlowHeadExactlyConcurrencyPlusBufferIsPulled(int concurrency, int buffer)
      throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    HeldTask head = new HeldTask();
    Caller<Integer> consumer =
        Caller.start(() -> {
          try (Stream<Integer> results =
              executor.map(
                  input,
                  n -> {
                    if (n == 0) {
                      head.call();
                    }
                    return n;
                  },
                  c -> c.withConcurrency(concurrency).withBuffer(buffer))) {
            return input.take(results.spliterator());
          }
        });
    head.awaitStarted();
    await().until(() -> input.pulled() == concurrency + buffer);
    consumer.awaitBlocked();
    assertThat(input.pulled()).isEqualTo(concurrency + buffer);
    head.release();
    assertThat(consumer.result()).isZero();
    assertThat(input.mostAhead()).isEqualTo(concurrency + buffer);
  }

  @Test
  default void theDefaultBufferIs256() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    HeldTask head = new HeldTask();
    Caller<List<Integer>> consumer =
        Caller.start(() ->
            executor
                .map(
                    input,
                    n -> {
                      if (n == 0) {
                        head.call();
                      }
                      return n;
                    },
                    c -> c.withConcurrency(2))
                .limit(1)
                .toList());
    await().until(() -> input.pulled() == 2 + 256);
    consumer.awaitBlocked();
    assertThat(input.pulled()).isEqualTo(2 + 256);
    head.release();
    assertThat(consumer.result()).containsExactly(0);
  }

  @Test
  default void nothingIsPulledWhileTheNextResultIsReady() {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    Set<Integer> started = ConcurrentHashMap.newKeySet();
    AtomicBoolean mayPull = new AtomicBoolean(true);
    CountedInput input =
        CountedInput.endless(
            n -> assertThat(mayPull).as("input %s pulled while results are ready", n).isTrue());
    try (Stream<Integer> results =
        executor.map(
            input,
            n -> {
              started.add(n);
              if (n == 0) { // so that the consumer reads ahead
                await().until(() -> input.pulled() >= 4);
              }
              return n;
            },
            c -> c.withConcurrency(1).withBuffer(8))) {
      Spliterator<Integer> spliterator = results.spliterator();
      assertThat(input.take(spliterator)).isZero();
      int last = input.pulled() - 1;
      await().until(() -> started.contains(last)); // so those before it are ready
      // an iterator that would block for ever now could not keep back what is ready
      mayPull.set(false);
      for (int n = 1; n < last; n++) {
        assertThat(input.take(spliterator)).isEqualTo(n);
      }
      mayPull.set(true);
      assertThat(input.take(spliterator)).isEqualTo(last);
      assertThat(input.take(spliterator)).isEqualTo(last + 1);
    }
  }

  @Test
  default void anIdleMapHoldsNoThread() throws Exception {
    TaskExecutor executor = createSingle();
    CountedInput input = CountedInput.endless();
    try (Stream<Integer> results =
        executor.map(input, n -> n, c -> c.withConcurrency(3).withBuffer(20))) {
      Spliterator<Integer> spliterator = results.spliterator();
      for (int n = 0; n < 50; n++) {
        assertThat(input.take(spliterator)).isEqualTo(n);
        assertThat(soon(executor.submit(() -> "other work"))).isEqualTo("other work");
      }
    }
  }

  @Test
  default void aNullInputIsRefusedWithItsIndex() {
    TaskExecutor executor = create();
    List<Integer> inputs = Arrays.asList(0, 1, 2, null, 4);
    assertThatNullPointerException()
        .isThrownBy(() -> executor.map(inputs, n -> n).toList())
        .withMessageContaining("inputs")
        .withMessageContaining("3");
  }

  @Test
  default void anIteratorThatThrowsIsHeardAfterWhatRunsHasEnded() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    IllegalStateException broken = new IllegalStateException("connection lost");
    HeldTask first = new HeldTask();
    HeldTask second = new HeldTask();
    CountedInput input =
        CountedInput.endless(n -> {
          if (n == 50) {
            await().until(() -> first.hasStarted() && second.hasStarted());
            throw broken;
          }
        });
    assertThatThrownBy(() ->
            executor
                .map(
                    input,
                    n -> n == 0 ? first.call() : n == 1 ? second.call() : "not reached",
                    c -> c.withConcurrency(2))
                .toList())
        .isSameAs(broken);
    first.awaitInterrupted();
    second.awaitInterrupted();
    first.assertEnded();
    second.assertEnded();
    assertThat(input.pulled()).isEqualTo(50);
    assertThat(broken).hasNoSuppressedExceptions();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iterator", "hasNext"})
  default void anyMethodOfTheSourceMayThrow(String method) {
    TaskExecutor executor = create();
    IllegalStateException broken = new IllegalStateException("connection lost");
    Iterable<Integer> input =
        () -> {
          if (method.equals("iterator")) {
            throw broken;
          }
          var numbers = numbers(100).iterator();
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              if (!numbers.hasNext()) {
                throw broken;
              }
              return true;
            }

            @Override
            public Integer next() {
              return numbers.next();
            }
          };
        };
    assertThatThrownBy(() -> executor.map(input, n -> n).toList()).isSameAs(broken);
  }

  @Test
  default void anErrorOfTheSourceArrivesAsItself() {
    TaskExecutor executor = create();
    AssertionError error = new AssertionError("broken");
    CountedInput input =
        CountedInput.endless(n -> {
          if (n == 5) {
            throw error;
          }
        });
    assertThatThrownBy(() -> executor.map(input, n -> n).toList()).isSameAs(error);
  }
}
