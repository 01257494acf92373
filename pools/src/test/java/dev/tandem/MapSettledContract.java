package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `mapSettled`, and the timeout of single inputs.
interface MapSettledContract extends GraceFixture {

  @Test
  default void everyInputComesWithItsOutcomeInOrder() {
    TaskExecutor executor = create();
    IOException odd = new IOException("odd");
    List<Settled<Integer, Integer>> settled =
        executor.<Integer, Integer>mapSettled(numbers(500), n -> even(n, odd)).toList();
    assertThat(settled).extracting(Settled::input).isEqualTo(numbers(500));
    assertThat(settled).allSatisfy(s -> assertIsEven(s, odd));
    assertThat(odd).hasNoSuppressedExceptions();
  }

  @Test
  default void unorderedOutcomesKeepTheirInputs() {
    TaskExecutor executor = create();
    IOException odd = new IOException("odd");
    assertThat(
            executor.<Integer, Integer>mapSettled(
                numbers(500), n -> even(n, odd), c -> c.unordered().withChunkSize(7)))
        .hasSize(500)
        .allSatisfy(s -> assertIsEven(s, odd))
        .extracting(Settled::input)
        .containsExactlyInAnyOrderElementsOf(numbers(500));
  }

  @Test
  default void anErrorAndANullAreOutcomesToo() {
    TaskExecutor executor = create();
    AssertionError error = new AssertionError("wrong");
    List<Settled<Integer, String>> settled =
        executor
            .<Integer, String>mapSettled(
                numbers(2),
                n -> {
                  if (n == 0) {
                    throw error;
                  }
                  return null;
                })
            .toList();
    assertThat(settled).extracting(Settled::input).containsExactly(0, 1);
    assertThat(failureOf(settled.getFirst())).is(theOne(error));
    assertThat(settled.getLast().outcome()).isEqualTo(new Success<>(null));
  }

  @Test
  default void settledResultsAreLazyAndCloseable() {
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    try (Stream<Settled<Integer, Integer>> results = executor.mapSettled(input, n -> n)) {
      assertThat(input.pullers()).isEmpty();
      assertThat(results.limit(2)).extracting(Settled::input).containsExactly(0, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  default void anInputThatTimesOutFailsAloneAndIsGone(int chunk) {
    TaskExecutor executor = createPatient();
    HeldTask slow = new HeldTask();
    List<Settled<Integer, Integer>> settled =
        executor
            .<Integer, Integer>mapSettled(
                numbers(20),
                n -> {
                  if (n == 3) {
                    slow.call();
                  }
                  return n;
                },
                c -> c.withTimeout(brief()).withChunkSize(chunk))
            .toList();
    assertThat(settled).extracting(Settled::input).isEqualTo(numbers(20));
    assertThat(settled)
        .allSatisfy(s -> {
          if (s.input() == 3) {
            assertThat(timeoutOf(s).stillRunning()).isFalse();
            assertThat(timeoutOf(s).timeout()).isEqualTo(brief());
          } else {
            assertThat(s.outcome()).isEqualTo(new Success<>(s.input()));
          }
        });
    slow.assertEnded();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  default void anInputThatIgnoresItsTimeoutIsReportedAndTheOthersGoOn(int chunk) {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create(cf -> cf.withName("scrape").withGrace(Duration.ofMillis(50)));
    HeldTask stubborn = HeldTask.stubborn();
    try {
      List<Settled<Integer, Integer>> settled =
          executor
              .<Integer, Integer>mapSettled(
                  numbers(300),
                  n -> {
                    if (n == 3) {
                      stubborn.call();
                    }
                    return n;
                  },
                  c -> c.withTimeout(brief()).withConcurrency(2).withChunkSize(chunk))
              .toList();
      assertThat(settled).extracting(Settled::input).isEqualTo(numbers(300));
      TaskTimeoutException timeout = timeoutOf(settled.get(3));
      assertThat(timeout.stillRunning()).isTrue();
      assertThat(timeout.taskName()).contains("scrape");
      assertThat(settled).filteredOn(s -> s.outcome() instanceof Success<?>).hasSize(299);
      assertThat(stubborn.hasEnded()).isFalse();
    } finally {
      stubborn.release();
    }
  }

  @Test
  default void aTimeoutIsAFailureOfAMap() {
    TaskExecutor executor = createPatient();
    HeldTask slow = new HeldTask();
    assertThatThrownBy(
            () -> executor.map(numbers(1), _ -> slow.call(), c -> c.withTimeout(brief())).toList())
        .isExactlyInstanceOf(CompletionException.class)
        .cause()
        .asInstanceOf(type(TaskTimeoutException.class))
        .extracting(TaskTimeoutException::stillRunning)
        .isEqualTo(false);
    slow.assertEnded();
  }

  @Test
  default void theTimeoutOfTheExecutorHoldsForInputsToo() {
    TaskExecutor executor = create(cf -> cf.withTimeout(brief()).withGrace(AMPLE));
    HeldTask slow = new HeldTask();
    List<Settled<Integer, String>> settled =
        executor.<Integer, String>mapSettled(numbers(1), _ -> slow.call()).toList();
    assertThat(timeoutOf(settled.getFirst()).timeout()).isEqualTo(brief());
    slow.assertEnded();
  }

  @Test
  default void theTimeoutOfTheMapReplacesThatOfTheExecutor() {
    TaskExecutor executor = create(cf -> cf.withTimeout(Duration.ofMinutes(5)));
    HeldTask slow = new HeldTask();
    List<Settled<Integer, String>> settled =
        executor
            .<Integer, String>mapSettled(numbers(1), _ -> slow.call(), c -> c.withTimeout(brief()))
            .toList();
    assertThat(timeoutOf(settled.getFirst()).timeout()).isEqualTo(brief());
  }

  @Test
  default void theTimeoutCountsForEachInputAndNotForTheWhole() {
    TaskExecutor executor = create();
    assertThat(
            executor.map(
                numbers(5_000), n -> n, c -> c.withTimeout(Duration.ofSeconds(5)).withBuffer(0)))
        .isEqualTo(numbers(5_000));
  }

  private static Integer even(int n, IOException otherwise) throws IOException {
    if (n % 2 != 0) {
      throw otherwise;
    }
    return n;
  }

  private static TaskTimeoutException timeoutOf(Settled<?, ?> settled) {
    assertThat(settled.outcome()).isInstanceOf(Failure.class);
    Throwable exception = ((Failure<?>) settled.outcome()).exception();
    assertThat(exception).isInstanceOf(TaskTimeoutException.class);
    return (TaskTimeoutException) exception;
  }

  /// Asserts that an even input succeeded with itself, and an odd one failed.
  private void assertIsEven(Settled<Integer, Integer> settled, Throwable odd) {
    if (settled.input() % 2 == 0) {
      assertThat(settled.outcome()).isEqualTo(new Success<>(settled.input()));
    } else {
      assertThat(failureOf(settled)).is(theOne(odd));
    }
  }

  private static Throwable failureOf(Settled<?, ?> settled) {
    assertThat(settled.outcome()).isInstanceOf(Failure.class);
    return ((Failure<?>) settled.outcome()).exception();
  }
}
