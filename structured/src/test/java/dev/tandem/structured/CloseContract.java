package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.testing.CapturedLog;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/// Leaving the scope: waits for the threads, throws nothing of its own, and is not silent.
interface CloseContract extends ScopeFixture {
  @Test
  default void closeWaitsForEveryThread() throws Exception {
    HeldBody stubborn = HeldBody.stubborn();
    try (var scope = open()) {
      scope.fork(stubborn);
      stubborn.awaitStarted();
      scope.cancel();
      HeldBody.whenBlocked(stubborn::release);
    }
    assertThat(stubborn.thread().isAlive()).isFalse();
  }

  @Test
  default void closeWaitsForTheThreadNotOnlyForTheBody() throws Exception {
    HeldBody after = new HeldBody();
    ThreadFactory lingering =
        r ->
            Thread.ofVirtual()
                .unstarted(() -> {
                  r.run();
                  try {
                    after.call();
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
    try (var scope = open(cf -> cf.withThreadFactory(lingering))) {
      Subtask<String> subtask = scope.fork(() -> "result");
      scope.join();
      assertThat(subtask.get()).isEqualTo("result");
      HeldBody.whenBlocked(after::release);
    }
    assertThat(after.thread().isAlive()).isFalse();
    assertThat(after.interrupts()).isZero();
  }

  @Test
  default void closingTwiceDoesNothing() throws Exception {
    var scope = open();
    scope.fork(() -> "done");
    scope.join();
    scope.close();
    scope.close();
  }

  @Test
  default void scopeLeftWithoutJoinIsLoggedAndThrowsNothing() throws Exception {
    HeldBody body = new HeldBody();
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = open(cf -> cf.withName("forgotten"))) {
        scope.fork(body);
        body.awaitStarted();
      }
      assertThat(log.warnings("forgotten"))
          .singleElement()
          .satisfies(r -> assertThat(r.message()).contains("was left without join"));
    }
    assertThat(body.interrupts()).isEqualTo(1);
    assertThat(body.thread().isAlive()).isFalse();
  }

  @Test
  default void scopeLeftWithoutJoinAfterAFailureIsLoggedWithIt() throws Exception {
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = open(cf -> cf.withName("forgotten"))) {
        HeldBody.awaitEnd(
            scope.fork(() -> {
              throw new IllegalArgumentException("the body's own");
            }));
      }
      assertThat(log.warnings("forgotten"))
          .singleElement()
          .satisfies(r -> assertThat(r.thrown().getMessage()).contains("the body's own"));
    }
  }

  @Test
  default void scopeLeftWithoutJoinAfterItsTimeoutIsLogged() throws Exception {
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = open(cf -> cf.withName("too late").withTimeout(Duration.ofMillis(10)))) {
        scope.fork(new HeldBody());
        await().until(scope::isCancelled);
      }
      assertThat(log.warnings("too late")).hasSize(1);
    }
  }

  @Test
  default void scopeLeftWithoutJoinIsSilentIfNothingIsLost() throws Exception {
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = open(cf -> cf.withName("complete"))) {
        HeldBody.awaitEnd(scope.fork(() -> "done"));
        HeldBody.awaitEnd(scope.fork(() -> "and this"));
      }
      assertThat(log.warnings("complete")).isEmpty();
    }
  }

  @Test
  default void scopeLeftWithoutJoinAfterCancelIsSilent() throws Exception {
    HeldBody body = new HeldBody();
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = open(cf -> cf.withName("finished"))) {
        scope.fork(body);
        body.awaitStarted();
        scope.cancel();
      }
      assertThat(log.warnings("finished")).isEmpty();
    }
  }

  @Test
  default void scopeLeftWithoutJoinAfterCancelTellsAFailure() throws Exception {
    HeldBody body = HeldBody.answering(new IllegalStateException("on the way out"));
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = open(cf -> cf.withName("finished"))) {
        scope.fork(body);
        body.awaitStarted();
        scope.cancel();
      }
      assertThat(log.warnings("finished"))
          .singleElement()
          .satisfies(r -> assertThat(r.thrown().getMessage()).contains("on the way out"));
    }
  }

  @Test
  default void scopeWithoutSubtasksIsLeftSilently() {
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var _ = open(cf -> cf.withName("empty"))) {
        // nothing to do
      }
      assertThat(log.warnings("empty")).isEmpty();
    }
  }

  @Test
  default void joinedScopeIsLeftSilently() throws Exception {
    HeldBody late = HeldBody.answering(new IllegalStateException("the loser's"));
    needsAtOnce(2);
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope = open(Joiner.<String>anySuccessfulOrThrow(), cf -> cf.withName("joined"))) {
        scope.fork(late);
        late.awaitStarted();
        scope.fork(() -> "winner");
        assertThat(scope.join()).isEqualTo("winner");
      }
      assertThat(log.warnings("joined")).isEmpty();
    }
  }

  @Test
  default void interruptedJoinIsLeftSilently() throws Exception {
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      assertThat(
              catchThrowable(() -> {
                try (var scope = open(cf -> cf.withName("interrupted"))) {
                  scope.fork(new HeldBody());
                  Thread.currentThread().interrupt();
                  scope.join();
                }
              }))
          .isInstanceOf(InterruptedException.class);
      assertThat(log.warnings("interrupted")).isEmpty();
    }
  }

  @Test
  default void scopeLeftByAnExceptionOfTheBlockDropsWhatWaits() {
    HeldBody[] bodies = new HeldBody[5];
    IllegalArgumentException own = new IllegalArgumentException("the block's own");
    try (CapturedLog _ = CapturedLog.of(TaskScope.class)) {
      assertThat(
              catchThrowable(() -> {
                try (var scope = open()) {
                  for (int i = 0; i < bodies.length; i++) {
                    bodies[i] = new HeldBody();
                    scope.fork(bodies[i]);
                  }
                  throw own;
                }
              }))
          .isSameAs(own);
    }
    assertThat(bodies).noneMatch(b -> b.hasStarted() && b.thread().isAlive());
  }

  /// As the JDK's: to leave a scope without a completed `join` is to cancel it.
  @Test
  default void scopeLeftWithoutJoinIsCancelledAndAJoinedOneIsNot() throws Exception {
    var left = open();
    left.close();
    assertThat(left.isCancelled()).isTrue();
    var complete = open();
    HeldBody.awaitEnd(complete.fork(() -> "done"));
    complete.close();
    assertThat(complete.isCancelled()).isTrue();
    var joined = open();
    joined.fork(() -> "done");
    joined.join();
    joined.close();
    assertThat(joined.isCancelled()).isFalse();
  }
}
