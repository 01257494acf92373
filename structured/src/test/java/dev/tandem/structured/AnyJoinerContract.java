package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// The joiner for the first result.
interface AnyJoinerContract extends ScopeFixture {
  @Test
  default void firstSuccessWinsAndStopsTheOthers() throws Exception {
    needsAtOnce(2);
    HeldBody loser = new HeldBody();
    try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
      scope.fork(loser);
      loser.awaitStarted();
      scope.fork(() -> "winner");
      assertThat(scope.join()).isEqualTo("winner");
      assertThat(scope.isCancelled()).isTrue();
    }
    assertThat(loser.interrupts()).isEqualTo(1);
    assertThat(loser.thread().isAlive()).isFalse();
  }

  @Test
  default void nullIsASuccess() throws Exception {
    try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
      scope.fork(() -> null);
      assertThat(scope.join()).isNull();
    }
  }

  @Test
  default void failuresBeforeTheSuccessDoNotMatter() throws Exception {
    try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
      for (int i = 0; i < 3; i++) {
        HeldBody.awaitEnd(
            scope.fork(() -> {
              throw new IllegalStateException("not this one");
            }));
      }
      scope.fork(() -> "winner");
      assertThat(scope.join()).isEqualTo("winner");
    }
  }

  @Test
  default void allFailedThrowsTheFirstWithTheOthersSuppressed() throws Exception {
    IllegalStateException first = new IllegalStateException("first");
    IllegalStateException second = new IllegalStateException("second");
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
            HeldBody.awaitEnd(
                scope.fork(() -> {
                  throw first;
                }));
            scope.fork(() -> {
              throw second;
            });
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(first);
    assertThat(thrown.getSuppressed()).containsExactly(second);
  }

  @Test
  default void withoutSubtasksThereIsNoResult() {
    assertThatThrownBy(
            () -> {
              try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("no subtask was forked");
  }

  @Test
  default void cancelledWithoutAResultIsACancellation() {
    try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
      scope.fork(new HeldBody());
      scope.cancel();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(scope::join);
    }
  }
}
