package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.Settled;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.Mark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `map` and what is like it, wherever the function runs.
interface PortableMapContract extends PortableFixture {
  List<Integer> NUMBERS = IntStream.range(0, 1_000).boxed().toList();

  @Test
  default void mapKeepsTheOrder() {
    try (Stream<Integer> doubled = open().map(NUMBERS, n -> 2 * n)) {
      assertThat(doubled.toList())
          .containsExactlyElementsOf(NUMBERS.stream().map(n -> 2 * n).toList());
    }
  }

  @Test
  default void unorderedMapGivesEachOnce() {
    try (Stream<Integer> doubled = open().map(NUMBERS, n -> 2 * n, cf -> cf.unordered())) {
      assertThat(doubled.toList())
          .containsExactlyInAnyOrderElementsOf(NUMBERS.stream().map(n -> 2 * n).toList());
    }
  }

  @Test
  default void mapOfNothingIsEmpty() {
    try (Stream<Integer> none = open().map(List.<Integer>of(), n -> n)) {
      assertThat(none.toList()).isEmpty();
    }
  }

  @Test
  default void mapPullsNoFurtherThanItMay() {
    AtomicInteger pulled = new AtomicInteger();
    Iterable<Integer> endless = () -> Stream.generate(pulled::incrementAndGet).iterator();
    try (Stream<Integer> same =
        open().map(endless, n -> n, cf -> cf.withConcurrency(2).withBuffer(8))) {
      assertThat(same.limit(10).toList()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }
    assertThat(pulled.get()).isBetween(10, 10 + 2 + 8 + 1);
  }

  @Test
  default void firstFailureEndsTheMap() {
    try (Stream<Integer> failing = open().map(NUMBERS, PortableMapContract::failAtSeven)) {
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(failing::toList)
          .withCauseInstanceOf(IOException.class)
          .havingCause()
          .withMessage("seven");
    }
  }

  @Test
  default void mapOverAStreamPullsNoFurtherThanItMayAndClosesIt() {
    AtomicInteger pulled = new AtomicInteger();
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> endless =
        Stream.generate(pulled::incrementAndGet).onClose(closings::incrementAndGet);
    try (Stream<Integer> same =
        open().map(endless, n -> n, cf -> cf.withConcurrency(2).withBuffer(8))) {
      assertThat(same.limit(10).toList()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
      assertThat(closings).hasValue(0);
    }
    assertThat(pulled.get()).isBetween(10, 10 + 2 + 8 + 1);
    assertThat(closings).hasValue(1);
  }

  @Test
  default void aStreamOfInputsIsClosedByItsEndAndByAFailure() {
    TaskExecutor executor = open();
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> good = NUMBERS.stream().onClose(closings::incrementAndGet);
    assertThat(executor.map(good, n -> n).toList()).isEqualTo(NUMBERS);
    assertThat(closings).hasValue(1);
    Stream<Integer> failing =
        executor.map(
            NUMBERS.stream().onClose(closings::incrementAndGet), PortableMapContract::failAtSeven);
    assertThatExceptionOfType(CompletionException.class).isThrownBy(failing::toList);
    assertThat(closings).hasValue(2);
    Stream<Integer> acted = NUMBERS.stream().onClose(closings::incrementAndGet);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> executor.forEach(acted, PortableMapContract::failAtSeven));
    assertThat(closings).hasValue(3);
  }

  private static int failAtSeven(int n) throws IOException {
    if (n == 7) {
      throw new IOException("seven");
    }
    return n;
  }

  @Test
  default void settledMapHasAnOutcomeForEachInput() {
    List<Integer> inputs = List.of(6, 7, 8);
    try (Stream<Settled<Integer, Integer>> settled =
        open().mapSettled(inputs, PortableMapContract::failAtSeven)) {
      List<Settled<Integer, Integer>> all = settled.toList();
      assertThat(all.stream().map(Settled::input)).containsExactly(6, 7, 8);
      assertThat(all.get(0).outcome().orElseThrow()).isEqualTo(6);
      assertThat(all.get(1).outcome())
          .isInstanceOfSatisfying(
              Outcome.Failure.class, f -> assertThat(f.exception()).hasMessage("seven"));
      assertThat(all.get(2).outcome().orElseThrow()).isEqualTo(8);
    }
  }

  @Test
  default void onlyTheInputThatIsTooSlowTimesOut() {
    Mark never = mark("never");
    SerializableFunction<Integer, Integer> waitAtTwo =
        n -> {
          if (n == 2) {
            never.await();
          }
          return n;
        };
    try (Stream<Settled<Integer, Integer>> settled =
        open()
            .mapSettled(
                List.of(1, 2, 3, 4), waitAtTwo, cf -> cf.withTimeout(Duration.ofSeconds(2)))) {
      List<Settled<Integer, Integer>> all = settled.toList();
      assertThat(all.get(1).outcome())
          .isInstanceOfSatisfying(
              Outcome.Failure.class,
              f -> assertThat(f.exception()).isInstanceOf(TaskTimeoutException.class));
      assertThat(Stream.of(0, 2, 3).map(i -> all.get(i).outcome().orElseThrow()))
          .containsExactly(1, 3, 4);
    }
  }

  @Test
  default void forEachReturnsWhenAllHaveRun() throws Exception {
    TaskExecutor executor = open();
    List<Mark> marks = IntStream.range(0, 20).mapToObj(n -> mark("mark-" + n)).toList();

    executor.forEach(marks, Mark::set);

    assertThat(marks).allMatch(Mark::isSet);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> executor.forEach(NUMBERS, n -> failAtSeven(n)))
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  default void closedMapLeavesTheExecutorUsable() throws Exception {
    TaskExecutor executor = open();
    try (Stream<Integer> left = executor.map(NUMBERS, n -> n)) {
      assertThat(left.iterator().next()).isZero();
    }
    assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
  }

  @Test
  default void mapRefusesNull() {
    TaskExecutor executor = open();
    assertThatNullPointerException()
        .isThrownBy(() -> executor.map((Iterable<Integer>) null, n -> n).close())
        .withMessageContaining("inputs");
    assertThatNullPointerException()
        .isThrownBy(() -> executor.<Integer, Integer>map(NUMBERS, null).close());
  }
}
