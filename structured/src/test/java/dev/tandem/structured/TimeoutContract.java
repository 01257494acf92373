package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// The timeout: an ordinary failure; complete work is a success however late.
interface TimeoutContract extends ScopeFixture {
  Duration SHORT = Duration.ofMillis(40);

  /// Waits until the deadline of the calling thread's scope, which has nothing to do, has passed: a
  /// scope opened inside ends with it.
  private static void deadlinePasses() {
    try (var witness = TaskScope.open()) {
      witness.fork(new HeldBody());
      assertThat(catchThrowable(witness::join))
          .hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }

  @Test
  default void timeoutIsAFailureThatSaysWhatWasNotComplete() throws Exception {
    HeldBody body = new HeldBody();
    long start = System.nanoTime();
    Throwable thrown;
    try (var scope = open(cf -> cf.withName("late").withTimeout(SHORT))) {
      HeldBody.awaitEndInTime(scope, scope.fork(() -> "done"));
      scope.fork(body);
      thrown = catchThrowable(scope::join);
    }
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(thrown)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CancelledByTimeoutException.class)
        .hasMessageContaining("late: 1 of 2 subtasks had not completed at the timeout of PT0.04S");
    assertThat(thrown.getSuppressed()).isEmpty();
    assertThat(body.hasStarted() && body.thread().isAlive()).isFalse();
  }

  @Test
  default void failureAfterTheTimeoutIsSuppressed() {
    IllegalStateException late = new IllegalStateException("late");
    HeldBody body = HeldBody.answering(late);
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open(cf -> cf.withTimeout(SHORT))) {
            scope.fork(body);
            scope.join();
          }
        });
    assertThat(thrown).hasCauseInstanceOf(CancelledByTimeoutException.class);
    assumeTrue(body.hasStarted(), "the machine is too slow");
    assertThat(thrown.getSuppressed()).containsExactly(late);
  }

  @Test
  default void workThatWasCompleteAtTheDeadlineIsASuccessHoweverLateTheJoin() throws Exception {
    try (var scope = open(Joiner.<String>allSuccessfulOrThrow(), cf -> cf.withTimeout(SHORT))) {
      Subtask<String> subtask = scope.fork(() -> "complete");
      HeldBody.awaitEndInTime(scope, subtask);
      deadlinePasses();
      assertThat(scope.join()).containsExactly("complete");
      assertThat(scope.isCancelled()).isFalse();
    }
  }

  @Test
  default void forkAfterTheDeadlineDoesNotStart() throws Exception {
    HeldBody never = new HeldBody();
    try (var scope = open(cf -> cf.withTimeout(SHORT))) {
      deadlinePasses();
      scope.fork(never);
      assertThat(catchThrowable(scope::join)).hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
    assertThat(never.hasStarted()).isFalse();
  }

  @Test
  default void joinThatComesAfterTheDeadlineStillTimesOut() throws Exception {
    try (var scope = open(cf -> cf.withTimeout(SHORT))) {
      scope.fork(new HeldBody());
      await().until(scope::isCancelled);
      assertThat(catchThrowable(scope::join)).hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }

  @Test
  default void joinerGivesWhatThereIsAtTheDeadline() throws Exception {
    try (var scope = open(Joiner.<String>allSettled(), cf -> cf.withTimeout(SHORT))) {
      HeldBody.awaitEndInTime(scope, scope.fork(() -> "done"));
      scope.fork(new HeldBody());
      List<Outcome<String>> outcomes = scope.join();
      assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>("done"));
      assertThat(outcomes.get(1)).isInstanceOf(Outcome.Cancelled.class);
    }
  }

  @Test
  default void anyTimesOutWithTheFailuresSuppressed() {
    IllegalStateException failure = new IllegalStateException("one of them");
    Throwable thrown;
    try (var scope = open(Joiner.<String>anySuccessfulOrThrow(), cf -> cf.withTimeout(SHORT))) {
      HeldBody.awaitEndInTime(
          scope,
          scope.fork(() -> {
            throw failure;
          }));
      scope.fork(new HeldBody());
      thrown = catchThrowable(scope::join);
    }
    assertThat(thrown).hasCauseInstanceOf(CancelledByTimeoutException.class);
    assertThat(thrown.getSuppressed()).containsExactly(failure);
  }

  /// As the JDK's: what is left until an instant that is over is a timeout.
  @Test
  default void deadlineThatHasPassedCutsOffWhatIsForked() {
    for (Duration past :
        List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
      HeldBody never = new HeldBody();
      Throwable thrown;
      try (var scope = open(cf -> cf.withTimeout(past))) {
        Subtask<String> subtask = scope.fork(never);
        thrown = catchThrowable(scope::join);
        assertThat(subtask.outcome()).isEqualTo(new Outcome.Cancelled<>());
      }
      assertThat(thrown).hasCauseInstanceOf(CancelledByTimeoutException.class);
      assertThat(never.hasStarted()).isFalse();
    }
  }

  @Test
  default void deadlineThatHasPassedHoldsInsideAndFindsNothingToCutOffWhereNothingWasForked()
      throws Exception {
    try (var scope =
        open(Joiner.<String>allSettled(), cf -> cf.withTimeout(Duration.ofMillis(-5)))) {
      try (var inner = open()) {
        inner.fork(new HeldBody());
        assertThat(catchThrowable(inner::join))
            .hasCauseInstanceOf(CancelledByTimeoutException.class);
      }
      assertThat(scope.join()).isEmpty();
    }
  }

  @Test
  default void missingTimeoutIsNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> open(cf -> cf.withTimeout(null)))
        .withMessage("timeout: null (expected: not null)");
  }

  @Test
  default void longestTimeoutIsNone() throws Exception {
    try (var scope = open(cf -> cf.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)))) {
      Subtask<String> subtask = scope.fork(() -> "in time");
      scope.join();
      assertThat(subtask.get()).isEqualTo("in time");
    }
  }
}
