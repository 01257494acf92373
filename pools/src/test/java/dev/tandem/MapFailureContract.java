package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.TaskExecutor;
import dev.tandem.structured.Parallel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `map`: what the consumer hears of a failure, when, and what is left of the rest.
interface MapFailureContract extends GraceFixture {
  /// A failure has to surface at once; this allows for a busy machine.
  Duration AT_ONCE = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aFailureIsTheCauseOfWhatTheConsumerGets(boolean unordered) {
    TaskExecutor executor = create();
    IOException exception = new IOException("no route");
    assertThatThrownBy(() ->
            executor
                .map(
                    numbers(100),
                    n -> {
                      if (n == 17) {
                        throw exception;
                      }
                      return n;
                    },
                    c -> unordered ? c.unordered() : c)
                .toList())
        .isExactlyInstanceOf(CompletionException.class)
        .cause()
        .is(theOne(exception));
    assertThat(exception).hasNoSuppressedExceptions();
  }

  @Test
  default void theFailureOfAScopeInsideIsTheCause() {
    TaskExecutor executor = create();
    IOException exception = new IOException("no route");
    assertThatThrownBy(() ->
            executor
                .map(
                    numbers(1),
                    n ->
                        Parallel.all(() -> {
                          throw exception;
                        }))
                .toList())
        .isExactlyInstanceOf(CompletionException.class)
        .satisfies(outer -> {
          assertThat(outer.getCause()).is(theOne(exception));
          assertThat(outer.getSuppressed())
              .singleElement()
              .isExactlyInstanceOf(ExecutionException.class);
        });
    assertThatThrownBy(() ->
            executor.forEach(
                numbers(1),
                n -> {
                  var _ =
                      Parallel.all(() -> {
                        throw exception;
                      });
                }))
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .is(theOne(exception));
  }

  @Test
  default void aFailureSurfacesAtOnceEvenBehindASlowHead() throws InterruptedException {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    IOException exception = new IOException("no route");
    HeldTask sixteen = new HeldTask();
    AtomicLong thrownAt = new AtomicLong();
    AtomicBoolean observed = new AtomicBoolean();
    Set<Integer> startedLate = ConcurrentHashMap.newKeySet();
    List<Integer> results = new ArrayList<>();
    Throwable thrown =
        catchThrowable(() ->
            executor
                .map(
                    CountedInput.endless(),
                    n -> {
                      if (observed.get()) {
                        startedLate.add(n);
                      }
                      if (n == 16) {
                        sixteen.call();
                      }
                      if (n == 17) {
                        sixteen.awaitStarted();
                        thrownAt.set(System.nanoTime());
                        throw exception;
                      }
                      return n;
                    },
                    c -> c.withConcurrency(2))
                .forEach(results::add));
    observed.set(true);
    Duration delay = Duration.ofNanos(System.nanoTime() - thrownAt.get());

    assertThat(thrown).isExactlyInstanceOf(CompletionException.class);
    assertThat(thrown.getCause()).is(theOne(exception));
    assertThat(delay).isLessThan(AT_ONCE);
    sixteen.awaitInterrupted();
    sixteen.assertEnded();
    assertThat(results).isEqualTo(numbers(results.size())).hasSizeLessThanOrEqualTo(16);
    await().until(() -> executor.stats().running() == 0);
    assertThat(executor.stats().queued()).isZero();
    assertThat(startedLate).as("inputs started after the failure was heard").isEmpty();
  }

  @Test
  default void noSideThreadStartsAnInputAfterTheFailure() {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    for (int round = 0; round < 100; round++) {
      AtomicBoolean observed = new AtomicBoolean();
      Set<Integer> startedLate = ConcurrentHashMap.newKeySet();
      AtomicInteger running = new AtomicInteger();
      assertThatThrownBy(() ->
              executor
                  .map(
                      CountedInput.endless(),
                      n -> {
                        if (observed.get()) {
                          startedLate.add(n);
                        }
                        running.incrementAndGet();
                        try {
                          return n == 300 ? fail(new IOException("no route")) : n;
                        } finally {
                          running.decrementAndGet();
                        }
                      },
                      c -> c.withConcurrency(4))
                  .forEach(_ -> {}))
          .isInstanceOf(CompletionException.class);
      observed.set(true);
      assertThat(running).as("bodies that outlived the failure").hasValue(0);
      assertThat(startedLate).isEmpty();
    }
  }

  @Test
  default void laterFailuresHangOnTheWrapperAndNotOnTheTasksException() {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    IOException first = new IOException("no route");
    IllegalStateException later = new IllegalStateException("while being stopped");
    HeldTask held = new HeldTask();
    CompletionException thrown =
        catchThrowableOfType(
            CompletionException.class,
            () ->
                executor
                    .map(
                        numbers(2),
                        n -> {
                          if (n == 1) {
                            held.awaitStarted();
                            throw first;
                          }
                          try {
                            return held.call();
                          } catch (InterruptedException e) {
                            throw later;
                          }
                        },
                        c -> c.withConcurrency(2))
                    .toList());
    assertThat(thrown.getCause()).is(theOne(first));
    assertThat(thrown).hasSuppressedException(later);
    assertThat(first).hasNoSuppressedExceptions();
    assertThat(later).hasNoSuppressedExceptions();
  }

  @Test
  default void oneExceptionThrownByManyInputsIsLeftAlone() {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    IOException shared = new IOException("no route");
    for (int round = 0; round < 50; round++) {
      assertThatThrownBy(() ->
              executor
                  .map(
                      numbers(50),
                      _ -> {
                        throw shared;
                      },
                      c -> c.withConcurrency(4))
                  .toList())
          .isExactlyInstanceOf(CompletionException.class)
          .cause()
          .isSameAs(shared);
    }
    assertThat(shared).hasNoSuppressedExceptions();
    assertThat(shared.getCause()).isNull();
  }

  @Test
  default void aCompletionExceptionOfTheBodyIsNotUnwrapped() {
    TaskExecutor executor = create();
    CompletionException own = new CompletionException(new IOException("no route"));
    assertThatThrownBy(() -> executor.map(numbers(1), _ -> fail(own)).toList())
        .isNotSameAs(own)
        .cause()
        .is(theOne(own));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 5"})
  default void anErrorArrivesAsItself(int concurrency, int chunk) {
    TaskExecutor executor = create();
    StackOverflowError error = new StackOverflowError("deep");
    assertThatThrownBy(() ->
            executor
                .map(
                    numbers(100),
                    n -> {
                      if (n == 42) {
                        throw error;
                      }
                      return n;
                    },
                    c -> c.withConcurrency(concurrency).withChunkSize(chunk))
                .toList())
        .is(theOne(error));
    assertThat(error).hasNoSuppressedExceptions();
  }

  @Test
  default void theExecutorIsAsGoodAsNewAfterAFailedMap() throws Exception {
    TaskExecutor executor = create();
    for (int round = 0; round < 20; round++) {
      Throwable thrown =
          catchThrowable(() -> executor.map(numbers(20), _ -> fail(new IOException())).toList());
      assertThat(thrown).isInstanceOf(CompletionException.class);
      assertThat(executor.map(numbers(300), n -> n).toList()).isEqualTo(numbers(300));
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  default void whatTheConsumerThrowsIsItsOwn() {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    IllegalStateException own = new IllegalStateException("the consumer's");
    HeldTask held = new HeldTask();
    assertThatThrownBy(
            () -> {
              try (Stream<Integer> results =
                  executor.map(
                      CountedInput.endless(),
                      n -> {
                        if (n == 4) {
                          held.call();
                        }
                        return n;
                      },
                      c -> c.withConcurrency(2).withBuffer(0))) {
                results.forEach(n -> {
                  if (n == 3) {
                    throw own;
                  }
                });
              }
            })
        .is(theOne(own))
        .hasNoSuppressedExceptions();
    assertThat(held.hasStarted()).isEqualTo(held.hasEnded());
  }

  private static Integer fail(Exception exception) throws Exception {
    throw exception;
  }
}
