package dev.tandem.structured;

import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.core.internal.Causes;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.structured.TaskScope.Subtask.State;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/// The joiners that wait for all. [AnyJoinerContract] has the one that waits for the first.
interface JoinerContract extends ScopeFixture {
  /// The joiners of which each takes a function that makes the exception.
  private static List<Function<Function<Throwable, IOException>, Joiner<String, ?, IOException>>>
      throwing() {
    return List.of(
        Joiner::allSuccessfulOrThrow,
        Joiner::anySuccessfulOrThrow,
        Joiner::awaitAllSuccessfulOrThrow);
  }

  private static List<Supplier<Joiner<String, ?, ?>>> own() {
    return List.of(
        Joiner::allSuccessfulOrThrow,
        Joiner::anySuccessfulOrThrow,
        Joiner::awaitAllSuccessfulOrThrow,
        Joiner::allSettled,
        () -> Joiner.allUntil(_ -> false));
  }

  @Test
  default void allGivesResultsInTheOrderOfTheForks() throws Exception {
    try (var scope = open(Joiner.<Integer>allSuccessfulOrThrow())) {
      range(0, 100).forEach(i -> scope.fork(() -> i));
      assertThat(scope.join()).isEqualTo(range(0, 100).boxed().toList());
    }
  }

  @Test
  default void allGivesNullsAndNothing() throws Exception {
    try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(() -> null);
      scope.fork(() -> "two");
      assertThat(scope.join()).containsExactly(null, "two");
    }
    try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
      assertThat(scope.join()).isEmpty();
    }
  }

  @Test
  default void allAfterCancelIsACancellation() throws Exception {
    try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(new HeldBody());
      scope.cancel();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(scope::join);
    }
  }

  @Test
  default void awaitAllGivesNull() throws Exception {
    try (var scope = open(Joiner.<String>awaitAllSuccessfulOrThrow())) {
      scope.fork(() -> "result");
      assertThat((Object) scope.join()).isNull();
    }
  }

  @Test
  default void settledGivesEachOutcomeInTheOrderOfTheForks() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    try (var scope = open(Joiner.<String>allSettled())) {
      scope.fork(() -> "one");
      scope.fork(() -> {
        throw failure;
      });
      scope.fork(() -> null);
      assertThat(scope.join())
          .containsExactly(
              new Outcome.Success<>("one"),
              new Outcome.Failure<>(failure),
              new Outcome.Success<>(null));
      assertThat(scope.isCancelled()).isFalse();
    }
  }

  @Test
  default void settledAfterCancelTellsWhatWasCancelled() throws Exception {
    try (var scope = open(Joiner.<String>allSettled())) {
      HeldBody.awaitEnd(scope.fork(() -> "one"));
      scope.fork(new HeldBody());
      scope.cancel();
      scope.fork(() -> "late");
      assertThat(scope.join())
          .containsExactly(
              new Outcome.Success<>("one"), new Outcome.Cancelled<>(), new Outcome.Cancelled<>());
    }
  }

  @Test
  default void settledAndUntilOfNothingAreEmpty() throws Exception {
    try (var scope = open(Joiner.<String>allSettled())) {
      assertThat(scope.join()).isEmpty();
    }
    try (var scope = open(Joiner.<String>allUntil(_ -> true))) {
      assertThat(scope.join()).isEmpty();
    }
  }

  @Test
  default void untilGivesTheHandlesInTheOrderOfTheForks() throws Exception {
    try (var scope = open(Joiner.<String>allUntil(_ -> false))) {
      Subtask<String> one = scope.fork(() -> "one");
      Subtask<String> two =
          scope.fork(() -> {
            throw new IllegalArgumentException("the body's own");
          });
      assertThat(scope.join()).containsExactly(one, two);
      assertThat(scope.isCancelled()).isFalse();
      assertThat(two.state()).isEqualTo(State.FAILED);
    }
  }

  @Test
  default void untilStopsWhenThePredicateHolds() throws Exception {
    try (var scope =
        open(Joiner.<String>allUntil(s -> s.state() == State.SUCCESS && s.get().equals("stop")))) {
      HeldBody.awaitEnd(scope.fork(() -> "go on"));
      Subtask<String> last = scope.fork(() -> "stop");
      HeldBody.awaitEnd(last);
      Subtask<String> late = scope.fork(() -> "late");
      assertThat(scope.join()).extracting(Subtask::state).startsWith(State.SUCCESS, State.SUCCESS);
      assertThat(scope.isCancelled()).isTrue();
      assertThat(late).isNotNull();
    }
  }

  @Test
  default void untilWhosePredicateThrowsFailsTheScope() throws Exception {
    IllegalStateException thrown = new IllegalStateException("the predicate's own");
    try (var scope =
        open(
            Joiner.<String>allUntil(_ -> {
              throw thrown;
            }))) {
      scope.fork(() -> "one");
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(scope::join)
          .withCause(thrown);
    }
  }

  @Test
  default void untilGivesTheHandlesAtATimeout() throws Exception {
    try (var scope =
        open(Joiner.<String>allUntil(_ -> false), cf -> cf.withTimeout(Duration.ofMillis(40)))) {
      Subtask<String> done = scope.fork(() -> "done");
      HeldBody.awaitEndInTime(scope, done);
      Subtask<String> cut = scope.fork(new HeldBody());
      assertThat(scope.join()).containsExactly(done, cut);
      assertThat(cut.outcome()).isInstanceOf(Outcome.Cancelled.class);
    }
  }

  @Test
  default void resultsCannotBeChanged() throws Exception {
    try (var scope = open(Joiner.<String>allSuccessfulOrThrow())) {
      scope.fork(() -> "one");
      List<String> results = scope.join();
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> results.add("two"));
    }
  }

  @Test
  default void exceptionIsMadeByTheFunctionOnTheOwnersThread() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    for (var joiner : throwing()) {
      Thread[] caller = {null};
      assertThatThrownBy(
              () -> {
                try (var scope =
                    open(
                        joiner.apply(e -> {
                          caller[0] = Thread.currentThread();
                          return new IOException("made", e);
                        }))) {
                  scope.fork(() -> {
                    throw failure;
                  });
                  scope.join();
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessage("made")
          .hasCause(failure);
      assertThat(caller[0]).isSameAs(Thread.currentThread());
    }
  }

  @Test
  default void timeoutIsMadeByTheFunctionToo() {
    for (var joiner : throwing()) {
      assertThatThrownBy(
              () -> {
                try (var scope =
                    open(
                        joiner.apply(e -> new IOException("made", e)),
                        cf -> cf.withTimeout(Duration.ofMillis(20)))) {
                  scope.fork(new HeldBody());
                  scope.join();
                }
              })
          .isInstanceOf(IOException.class)
          .hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }

  @Test
  default void functionThatGivesTheFailureItselfKeepsItClean() throws Exception {
    needsAtOnce(2);
    for (var joiner : throwing().subList(0, 1)) {
      IOException failure = new IOException("the body's own");
      HeldBody late = HeldBody.answering(new IllegalStateException("late"));
      assertThatThrownBy(
              () -> {
                try (var scope = open(joiner.apply(IOException.class::cast))) {
                  scope.fork(late);
                  late.awaitStarted();
                  scope.fork(() -> {
                    throw failure;
                  });
                  scope.join();
                }
              })
          .isSameAs(failure);
      assertThat(failure.getSuppressed()).isEmpty();
    }
  }

  @Test
  default void functionThatGivesNullOrThrowsLosesNoFailure() {
    IllegalArgumentException failure = new IllegalArgumentException("the body's own");
    IllegalStateException own = new IllegalStateException("the function's own");
    for (var joiner : throwing()) {
      Throwable thrown = failing(joiner.apply(_ -> null), failure);
      assertThat(thrown)
          .isInstanceOf(NullPointerException.class)
          .hasMessage("esf returned null (expected: an exception)");
      assertThat(thrown.getSuppressed()).containsExactly(failure);
    }
    for (var joiner : throwing()) {
      Throwable thrown =
          failing(
              joiner.apply(_ -> {
                throw own;
              }),
              failure);
      assertThat(thrown).isSameAs(own);
      assertThat(own.getSuppressed()).isEmpty();
    }
  }

  /// A constant would collect the failures of all scopes; what cannot hang is logged.
  @Test
  default void functionThatGivesAConstantHangsNothingOnItAndLogsTheFailure() {
    for (var joiner : throwing()) {
      IOException constant = new IOException("unavailable");
      for (int i = 0; i < 3; i++) {
        IllegalArgumentException failure = new IllegalArgumentException("no answer");
        try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
          assertThat(failing(joiner.apply(_ -> constant), failure)).isSameAs(constant);
          assertThat(constant.getSuppressed()).isEmpty();
          assertThat(log.about("no answer", Level.INFO)).hasSize(1);
        }
      }
    }
  }

  @Test
  default void exceptionThatTakesNoneOnItselfHasLaterFailuresLoggedOnce() throws Exception {
    needsAtOnce(2);
    class Light extends Exception {
      Light(Throwable cause) {
        super("light", cause, false, false);
      }
    }
    HeldBody late = HeldBody.answering(new IOException("rollback failed"));
    Throwable thrown;
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      thrown =
          catchThrowable(() -> {
            try (var scope = open(Joiner.<String, Light>allSuccessfulOrThrow(Light::new))) {
              scope.fork(late);
              late.awaitStarted();
              scope.fork(() -> {
                throw new IllegalStateException("first");
              });
              scope.join();
            }
          });
      assertThat(log.about("rollback failed", Level.INFO)).hasSize(1);
      assertThat(log.about("first", Level.INFO)).isEmpty();
    }
    assertThat(thrown).isInstanceOf(Light.class).hasMessage("light");
  }

  @Test
  default void failureThatJoinThrowsItselfIsNotLogged() {
    for (Throwable failure :
        List.of(new IOException("no such page"), new AssertionError("no such page"))) {
      Throwable thrown;
      try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
        thrown =
            catchThrowable(() -> {
              try (var scope = open(Joiner.<String, Throwable>allSuccessfulOrThrow(e -> e))) {
                scope.fork(() -> {
                  throw Causes.sneak(failure);
                });
                scope.join();
              }
            });
        assertThat(log.about("no such page", Level.DEBUG)).isEmpty();
      }
      assertThat(thrown).isSameAs(failure);
    }
  }

  @Test
  default void ownJoinersCheckWhatTheyAreGiven() throws Exception {
    Subtask<String> done;
    try (var scope = open()) {
      done = scope.fork(() -> "done");
      scope.join();
    }
    Subtask<String> never;
    try (var scope = open()) {
      scope.cancel();
      never = scope.fork(() -> "never");
    }
    List<Joiner<String, ?, ?>> joiners = new ArrayList<>();
    own().forEach(joiner -> joiners.add(joiner.get()));
    joiners.add(
        new Joiner<String, String, RuntimeException>() {
          @Override
          public String result() {
            return "";
          }

          @Override
          public String timeout() {
            return "";
          }
        });
    for (Joiner<String, ?, ?> joiner : joiners) {
      assertThatNullPointerException()
          .isThrownBy(() -> joiner.onFork(null))
          .withMessage("subtask: null (expected: not null)");
      assertThatNullPointerException()
          .isThrownBy(() -> joiner.onComplete(null))
          .withMessage("subtask: null (expected: not null)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> joiner.onFork(done))
          .withMessageContaining("has not completed");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> joiner.onComplete(never))
          .withMessageContaining("has completed");
    }
    assertThatNullPointerException()
        .isThrownBy(() -> Joiner.allUntil(null))
        .withMessage("isDone: null (expected: not null)");
  }

  private Throwable failing(Joiner<String, ?, ?> joiner, RuntimeException failure) {
    return catchThrowable(() -> {
      try (var scope = open(joiner)) {
        scope.fork(() -> {
          throw failure;
        });
        scope.join();
      }
    });
  }

  @Test
  default void joinerServesOneScope() {
    for (var joiner : own()) {
      Joiner<String, ?, ?> used = joiner.get();
      try (var _ = open(used)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> open(used))
            .withMessageContaining("expected: a new joiner for each scope");
      }
      assertThatIllegalArgumentException().isThrownBy(() -> open(used));
    }
  }

  @Test
  default void nullsAreNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> TaskScope.open((Joiner<String, Void, RuntimeException>) null))
        .withMessage("joiner: null (expected: not null)");
    assertThatNullPointerException()
        .isThrownBy(() -> Joiner.allUntil(null))
        .withMessage("isDone: null (expected: not null)");
    for (var joiner : throwing()) {
      assertThatNullPointerException()
          .isThrownBy(() -> joiner.apply(null))
          .withMessage("esf: null (expected: not null)");
    }
  }
}
