package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `map` on an executor that is or gets shut down: never a hang.
interface MapShutdownContract extends GraceFixture {
  @Test
  default void aMapOnAClosedExecutorIsRejected() {
    TaskExecutor executor = create();
    executor.close();
    assertThatThrownBy(() -> executor.map(numbers(10), n -> n).toList())
        .isInstanceOf(RejectedExecutionException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aShutdownEndsAMapOverEndlessInput(boolean now) {
    TaskExecutor executor = create();
    assertThatThrownBy(() ->
            executor
                .map(CountedInput.endless(), n -> n)
                .forEach(n -> {
                  if (n == 1_000) {
                    stop(executor, now);
                  }
                }))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  default void aShutdownEndsAMapWhoseThreadsAreNeverIdle() {
    TaskExecutor executor = create();
    assertThatThrownBy(() ->
            executor
                .map(
                    CountedInput.endless(),
                    n -> {
                      LockSupport.parkNanos(100_000); // slower than the consumer
                      return n;
                    },
                    c -> c.withConcurrency(1))
                .limit(10_000)
                .forEach(n -> {
                  if (n == 50) {
                    executor.shutdown();
                  }
                }))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aMapWhoseInputsCouldNotStartBeforeTheShutdownDoesNotHang(boolean now)
      throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask blocker = new HeldTask();
    var _ = executor.submit(blocker);
    blocker.awaitStarted();
    Caller<List<Integer>> consumer =
        Caller.start(() -> executor.map(numbers(1_000), n -> n).toList());
    consumer.awaitBlocked();
    stop(executor, now);
    blocker.release();
    if (now) {
      assertThat(consumer.failure()).isInstanceOf(RejectedExecutionException.class);
    } else { // what was accepted may end, so the whole map may
      Throwable thrown = catchThrowable(consumer::result);
      assertThat(thrown == null || thrown.getCause() instanceof RejectedExecutionException)
          .as("the map ended with %s", thrown)
          .isTrue();
    }
  }

  @Test
  default void shutdownNowEndsAMapWhoseBodyIsHeld() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    Caller<List<String>> consumer =
        Caller.start(() -> executor.map(numbers(3), _ -> held.call()).toList());
    held.awaitStarted();
    consumer.awaitBlocked();
    var _ = executor.shutdownNow();
    assertThat(consumer.failure())
        .isInstanceOfAny(
            RejectedExecutionException.class,
            CompletionException.class,
            CancellationException.class);
    held.assertEnded();
  }

  private static void stop(TaskExecutor executor, boolean now) {
    if (now) {
      var _ = executor.shutdownNow();
    } else {
      executor.shutdown();
    }
  }
}
