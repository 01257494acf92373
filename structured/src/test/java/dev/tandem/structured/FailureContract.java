package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.testing.CapturedLog;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// The first failure is the cause, later ones are suppressed.
interface FailureContract extends ScopeFixture {
  @Test
  default void failureIsTheCauseAndStopsTheOthers() throws Exception {
    needsAtOnce(2);
    HeldBody other = new HeldBody();
    IllegalArgumentException failure = new IllegalArgumentException("first");
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open()) {
            scope.fork(other);
            other.awaitStarted();
            scope.fork(() -> {
              throw failure;
            });
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(failure);
    assertThat(thrown.getSuppressed()).isEmpty();
    assertThat(other.interrupts()).isEqualTo(1);
    assertThat(other.thread().isAlive()).isFalse();
  }

  @Test
  default void everyThrowableIsAFailure() {
    for (Throwable failure :
        new Throwable[] {
          new AssertionError("an error"),
          new StackOverflowError("thrown by a test"),
          new OutOfMemoryError("thrown by a test"),
          new InterruptedException("the body's own"),
          new Throwable("neither")
        }) {
      assertThatThrownBy(
              () -> {
                try (var scope = open()) {
                  scope.fork(() -> {
                    throw Sneaky.<Exception>sneak(failure);
                  });
                  scope.join();
                }
              })
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isSameAs(failure);
    }
  }

  @Test
  default void laterFailureIsSuppressedAndItsCancellationIsNot() throws Exception {
    needsAtOnce(3);
    IllegalArgumentException first = new IllegalArgumentException("first");
    IllegalStateException later = new IllegalStateException("later");
    HeldBody answering = HeldBody.answering(later);
    HeldBody obeying = new HeldBody();
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open()) {
            scope.fork(answering);
            scope.fork(obeying);
            answering.awaitStarted();
            obeying.awaitStarted();
            scope.fork(() -> {
              throw first;
            });
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(first);
    assertThat(thrown.getSuppressed()).containsExactly(later);
    assertThat(first.getSuppressed()).isEmpty();
  }

  @Test
  default void failureWhileTheScopeIsLeftIsSuppressed() throws Exception {
    needsAtOnce(2);
    IllegalStateException later = new IllegalStateException("later");
    HeldBody stubborn = HeldBody.stubborn();
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open()) {
            scope.fork(() -> {
              stubborn.call();
              throw later;
            });
            stubborn.awaitStarted();
            scope.fork(() -> {
              throw new IllegalArgumentException("first");
            });
            try {
              scope.join();
            } catch (ExecutionException e) {
              assertThat(e.getSuppressed()).isEmpty();
              throw e;
            } finally {
              stubborn.release();
            }
          }
        });
    assertThat(thrown).hasMessageContaining("first");
    assertThat(thrown.getSuppressed()).containsExactly(later);
  }

  @Test
  default void sameExceptionFromAllSubtasksHangsNowhere() {
    IllegalArgumentException shared = new IllegalArgumentException("shared");
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
            for (int i = 0; i < 3; i++) {
              scope.fork(() -> {
                throw shared;
              });
            }
            scope.join();
          }
        });
    assertThat(thrown).hasCause(shared);
    assertThat(thrown.getSuppressed()).isEmpty();
    assertThat(shared.getSuppressed()).isEmpty();
  }

  @Test
  default void exceptionOfTheBlockStaysPrimary() throws Exception {
    IllegalArgumentException own = new IllegalArgumentException("the block's own");
    HeldBody body = new HeldBody();
    Throwable thrown;
    try (CapturedLog _ = CapturedLog.of(TaskScope.class)) {
      thrown =
          catchThrowable(() -> {
            try (var scope = open()) {
              scope.fork(body);
              body.awaitStarted();
              throw own;
            }
          });
    }
    assertThat(thrown).isSameAs(own);
    assertThat(own.getSuppressed()).isEmpty();
    assertThat(body.thread().isAlive()).isFalse();
  }
}
