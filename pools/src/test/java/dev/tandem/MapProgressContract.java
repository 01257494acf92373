package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.MapConfig;
import dev.tandem.core.MapProgress;
import dev.tandem.core.TaskExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The progress that a `map` reports.
interface MapProgressContract extends ExecutorFixture {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void progressIsReportedForEachResultOnTheConsumersThread(boolean unordered) {
    TaskExecutor executor = create();
    List<MapProgress> progress = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    List<Integer> results =
        executor
            .map(
                numbers(300),
                n -> n,
                c -> {
                  MapConfig told =
                      c.withProgress(p -> {
                        progress.add(p);
                        threads.add(Thread.currentThread());
                      });
                  return unordered ? told.unordered() : told;
                })
            .toList();
    assertThat(results).hasSize(300);
    assertThat(threads).hasSize(300).containsOnly(Thread.currentThread());
    assertThat(progress)
        .extracting(MapProgress::done)
        .isEqualTo(LongStream.rangeClosed(1, 300).boxed().toList());
    assertThat(progress).allSatisfy(p -> assertThat(p.failed()).isZero());
    assertThat(progress).allSatisfy(p -> assertThat(p.total()).hasValue(300));
    assertThat(progress).extracting(MapProgress::elapsed).isSorted();
    assertThat(progress.getLast().inFlight()).isZero();
  }

  @Test
  default void whatIsInFlightIsWhatWasPulledAndNotHandedOut() {
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    List<Long> seen = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    List<OptionalLong> totals = new ArrayList<>();
    try (Stream<Integer> results =
        executor.map(
            input,
            n -> n,
            c ->
                c.withBuffer(3)
                    .withConcurrency(2)
                    .withProgress(p -> {
                      seen.add(p.done() + p.inFlight());
                      expected.add((long) input.pulled());
                      totals.add(p.total());
                    }))) {
      Spliterator<Integer> spliterator = results.spliterator();
      for (int n = 0; n < 200; n++) {
        input.take(spliterator);
      }
    }
    assertThat(seen).isEqualTo(expected).hasSize(200);
    assertThat(totals).containsOnly(OptionalLong.empty());
  }

  @Test
  default void totalOfAStreamIsKnownWhereItsSizeIs() {
    TaskExecutor executor = create();
    assertThat(totals(executor, IntStream.range(0, 5).boxed()))
        .hasSize(5)
        .containsOnly(OptionalLong.of(5));
    assertThat(totals(executor, numbers(5).stream().map(n -> n + 1)))
        .hasSize(5)
        .containsOnly(OptionalLong.of(5));
    assertThat(totals(executor, numbers(5).stream().filter(n -> n != 3)))
        .hasSize(4)
        .containsOnly(OptionalLong.empty());
  }

  private static List<OptionalLong> totals(TaskExecutor executor, Stream<Integer> inputs) {
    List<OptionalLong> totals = new ArrayList<>();
    var results = executor.map(inputs, n -> n, cf -> cf.withProgress(p -> totals.add(p.total())));
    assertThat(results.toList()).hasSameSizeAs(totals);
    return totals;
  }

  @Test
  default void failuresAreCountedBesideSuccesses() {
    TaskExecutor executor = create();
    List<MapProgress> progress = new ArrayList<>();
    long failures =
        executor
            .<Integer, Integer>mapSettled(
                numbers(90),
                n -> {
                  if (n % 3 == 0) {
                    throw new IOException("no route");
                  }
                  return n;
                },
                c -> c.withProgress(progress::add))
            .filter(s -> s.outcome().orElse(-1) == -1)
            .count();
    assertThat(failures).isEqualTo(30);
    assertThat(progress).hasSize(90);
    assertThat(progress.getLast().succeeded()).isEqualTo(60);
    assertThat(progress.getLast().failed()).isEqualTo(30);
    assertThat(progress.getLast()).asString().startsWith("90/90 done, 30 failed");
  }

  @Test
  default void anActionThatThrowsEndsTheMapWithItsException() {
    TaskExecutor executor = create();
    IllegalStateException own = new IllegalStateException("bar is broken");
    assertThatThrownBy(() ->
            executor
                .map(
                    numbers(300),
                    n -> n,
                    c ->
                        c.withProgress(p -> {
                          if (p.done() == 100) {
                            throw own;
                          }
                        }))
                .toList())
        .is(theOne(own));
  }
}
