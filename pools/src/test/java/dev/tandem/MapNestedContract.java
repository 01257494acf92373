package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.MapConfig;
import dev.tandem.core.TaskExecutor;
import dev.tandem.structured.Parallel;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A `map` inside a task of the same executor advances even when every thread is taken.
interface MapNestedContract extends GraceFixture {
  @ParameterizedTest
  @CsvSource({"1, 0, 4", "1, 256, 4", "2, 0, 4", "4, 256, 4", "300, 0, 3"})
  default void nestedMapsDoNotDeadlock(int concurrency, int buffer, int depth) {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    UnaryOperator<MapConfig> cf = c -> c.withConcurrency(concurrency).withBuffer(buffer);
    assertThat(leaves(executor, depth, cf)).isEqualTo(power(depth));
    assertThat(leaves(executor, depth, c -> cf.apply(c).unordered())).isEqualTo(power(depth));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 5", "1, 256, 5", "4, 0, 5", "4, 256, 5"})
  default void nestedMapsDoNotDeadlockOnASingleThread(int concurrency, int buffer, int depth)
      throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    UnaryOperator<MapConfig> cf = c -> c.withConcurrency(concurrency).withBuffer(buffer);
    assertThat(leaves(executor, depth, cf)).isEqualTo(power(depth));
    assertThat(soon(executor.submit(() -> leaves(executor, depth, cf)))).isEqualTo(power(depth));
  }

  @Test
  default void everyThreadMayBeBusyWithANestedMap() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    List<ListenableFuture<Long>> futures = new ArrayList<>();
    for (int n = 0; n < 24; n++) {
      futures.add(executor.submit(() -> leaves(executor, 3, UnaryOperator.identity())));
    }
    assertThat(soon(Futures.allAsList(futures))).isEqualTo(Collections.nCopies(24, power(3)));
  }

  @Test
  default void forEachInsideAMapDoesNotDeadlock() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    executor.forEach(
        numbers(20), n -> executor.forEach(numbers(10), inner -> seen.add(n * 10 + inner)));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(numbers(200));
  }

  @Test
  default void aNestedMapOverEndlessInputMayBeLeft() {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    List<Integer> results =
        executor
            .map(
                numbers(50),
                n -> {
                  try (Stream<Integer> inner = executor.map(CountedInput.endless(), i -> i + n)) {
                    return inner.skip(100).findFirst().orElseThrow();
                  }
                })
            .toList();
    assertThat(results).isEqualTo(numbers(50).stream().map(n -> n + 100).toList());
  }

  @Test
  default void theFailureOfANestedMapComesThroughBoth() {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    IOException exception = new IOException("no route");
    assertThatThrownBy(() ->
            executor
                .map(
                    numbers(10),
                    n ->
                        executor
                            .map(
                                numbers(10),
                                inner -> {
                                  if (n == 7 && inner == 7) {
                                    throw exception;
                                  }
                                  return inner;
                                })
                            .toList())
                .toList())
        .isInstanceOf(CompletionException.class)
        .satisfies(outer -> {
          assertThat(outer.getCause()).isSameAs(exception);
          assertThat(outer.getSuppressed())
              .as("the inner map's own exception, with the stack of its thread")
              .filteredOn(e -> !(e instanceof CancellationException)) // of maps that it has stopped
              .singleElement()
              .isExactlyInstanceOf(CompletionException.class)
              .satisfies(inner -> assertThat(inner.getCause()).isSameAs(exception));
        });
  }

  @Test
  default void anErrorOfAScopeInsideIsNotLoggedAsAnother() {
    TaskExecutor executor = create();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      Throwable thrown =
          catchThrowable(
              () -> executor.map(List.of(1), _ -> Parallel.all(() -> fail("on purpose"))).toList());
      assertThat(thrown).isExactlyInstanceOf(AssertionError.class).hasMessage("on purpose");
      assertThat(log.about("failed with an error, and also with")).isEmpty();
    }
  }

  @Test
  default void aFailureStopsNestedMaps() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    IOException exception = new IOException("no route");
    HeldTask inner = new HeldTask();
    assertThatThrownBy(() ->
            executor
                .map(
                    numbers(2),
                    n -> {
                      if (n == 0) {
                        return executor.map(numbers(2), _ -> inner.call()).toList();
                      }
                      inner.awaitStarted();
                      throw exception;
                    },
                    c -> c.withConcurrency(2))
                .toList())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(exception);
    inner.awaitInterrupted();
    inner.assertEnded();
  }

  private static long leaves(TaskExecutor executor, int depth, UnaryOperator<MapConfig> cf) {
    if (depth == 0) {
      return 1;
    }
    return executor
        .map(numbers(3), _ -> leaves(executor, depth - 1, cf), cf)
        .mapToLong(leaves -> leaves)
        .sum();
  }

  private static long power(int depth) {
    long power = 1;
    for (int i = 0; i < depth; i++) {
      power *= 3;
    }
    return power;
  }
}
