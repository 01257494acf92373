package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Joining: waits for all, once.
interface JoinContract extends ScopeFixture {
  @Test
  default void joinWaitsUntilAllHaveCompleted() throws Exception {
    HeldBody body = new HeldBody();
    try (var scope = open()) {
      Subtask<String> quick = scope.fork(() -> "quick");
      Subtask<String> slow = scope.fork(body);
      Thread third = HeldBody.whenBlocked(body::release);
      scope.join();
      third.join();
      assertThat(quick.get()).isEqualTo("quick");
      assertThat(slow.get()).isEqualTo(HeldBody.RESULT);
    }
  }

  @Test
  default void joinWithoutSubtasksReturnsAtOnce() throws Exception {
    try (var scope = open()) {
      assertThat((Object) scope.join()).isNull();
      assertThat(scope.isCancelled()).isFalse();
    }
  }

  @Test
  default void secondJoinIsRefused() throws Exception {
    var scope = open();
    try (scope) {
      scope.fork(() -> "done");
      scope.join();
      assertThatIllegalStateException()
          .isThrownBy(scope::join)
          .withMessage("join: %s was joined before", scope);
    }
    assertThatIllegalStateException()
        .isThrownBy(scope::join)
        .withMessage("join: %s is closed", scope);
  }

  @Test
  default void joinAfterAFailedJoinIsRefused() {
    try (var scope = open()) {
      scope.fork(() -> {
        throw new IllegalArgumentException("the body's own");
      });
      assertThat(catchThrowable(scope::join)).isInstanceOf(ExecutionException.class);
      assertThatIllegalStateException().isThrownBy(scope::join);
    }
  }

  @Test
  default void joinReturnsBeforeSubtasksThatWereToldToStopHaveEnded() throws Exception {
    needsAtOnce(2);
    HeldBody stubborn = HeldBody.stubborn();
    try (var scope = open(Joiner.<String>anySuccessfulOrThrow())) {
      scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.fork(() -> "winner");
      assertThat(scope.join()).isEqualTo("winner");
      stubborn.awaitInterrupted();
      assertThat(stubborn.thread().isAlive()).isTrue();
      stubborn.release();
    }
    assertThat(stubborn.thread().isAlive()).isFalse();
  }

  @Test
  default void ownerIsNotInterruptedByAFailure() throws Exception {
    try (var scope = open()) {
      Subtask<Object> subtask =
          scope.fork(() -> {
            throw new IllegalArgumentException("the body's own");
          });
      HeldBody.awaitEnd(subtask);
      assertThat(scope.isCancelled() || !Thread.currentThread().isInterrupted()).isTrue();
      assertThat(catchThrowable(scope::join)).isInstanceOf(ExecutionException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  default void manyScopesOneAfterTheOther() throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < 500; i++) {
      int n = i;
      try (var scope = open()) {
        Subtask<Integer> one = scope.fork(() -> n);
        Subtask<Integer> two = scope.fork(() -> n + 1);
        scope.join();
        assertThat(one.get() + two.get()).isEqualTo(2 * n + 1);
      }
    }
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(30));
  }
}
