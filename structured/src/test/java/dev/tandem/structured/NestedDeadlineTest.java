package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Deadlines of scopes inside scopes: the tighter one holds.
class NestedDeadlineTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(60);

  private final HeldBody body = new HeldBody();

  @Test
  void outerDeadlineEndsAnInnerScopeOfTheSameThread() {
    assertThatThrownBy(
            () -> {
              try (var outer = TaskScope.open(cf -> cf.withName("out").withTimeout(SHORT))) {
                try (var inner = TaskScope.open(cf -> cf.withName("in").withTimeout(LONG))) {
                  inner.fork(body);
                  inner.join();
                }
                outer.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CancelledByTimeoutException.class)
        .hasMessage(
            "scope out/in: 1 of 1 subtasks had not completed at the timeout of PT0.2S of scope out"
                + " around it");
    assertThat(body.interrupts()).isEqualTo(1);
  }

  @Test
  void outerDeadlineEndsAnInnerScopeInASubtask() throws Exception {
    AtomicReference<Throwable> inside = new AtomicReference<>();
    Throwable thrown =
        catchThrowable(() -> {
          try (var outer = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
            outer.fork(() ->
                inside.set(
                    catchThrowable(() -> {
                      try (var inner = TaskScope.open(cf -> cf.withTimeout(LONG))) {
                        inner.fork(body);
                        inner.join();
                      }
                    })));
            outer.join();
          }
        });
    assertThat(thrown).hasCauseInstanceOf(CancelledByTimeoutException.class);
    // its thread is interrupted, too: whichever it sees first
    assertThat(inside.get()).isInstanceOfAny(InterruptedException.class, ExecutionException.class);
    assertThat(body.interrupts()).isEqualTo(1);
  }

  @Test
  void outerDeadlineReachesTheThirdLevelOfTheSameThread() {
    assertThatThrownBy(
            () -> {
              try (var _ = TaskScope.open(cf -> cf.withTimeout(SHORT));
                  var _ = TaskScope.open();
                  var inner = TaskScope.open(cf -> cf.withTimeout(LONG))) {
                inner.fork(body);
                inner.join();
              }
            })
        .hasCauseInstanceOf(CancelledByTimeoutException.class);
  }

  @Test
  void tighterInnerDeadlineHolds() throws Exception {
    try (var outer = TaskScope.open(cf -> cf.withTimeout(LONG))) {
      assertThatThrownBy(
              () -> {
                try (var inner = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
                  inner.fork(body);
                  inner.join();
                }
              })
          .hasCauseInstanceOf(CancelledByTimeoutException.class)
          .hasMessageNotContaining("around it");
      assertThat(outer.isCancelled()).isFalse();
      outer.join();
    }
  }

  @Test
  void scopeOpenedAfterTheOuterDeadlineEndsAtItsFirstFork() throws Exception {
    try (var outer = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
      try (var first = TaskScope.open()) {
        first.fork(body);
        assertThat(catchThrowable(first::join)).isNotNull();
      }
      HeldBody second = new HeldBody();
      assertThatThrownBy(
              () -> {
                try (var inner = TaskScope.open()) {
                  inner.fork(second);
                  inner.join();
                }
              })
          .hasCauseInstanceOf(CancelledByTimeoutException.class);
      assertThat(second.hasStarted()).isFalse();
      outer.join(); // its own work, none, was complete
    }
  }

  @Test
  void scopeWithoutOuterDeadlineGoesOn() throws Exception {
    try (var outer = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
      try (var inner = TaskScope.open(cf -> cf.withoutOuterDeadline())) {
        inner.fork(body);
        var other = outer.fork(new HeldBody());
        await().until(outer::isCancelled);
        assertThat(inner.isCancelled()).isFalse();
        body.release();
        inner.join();
        assertThat(other.state()).isEqualTo(TaskScope.Subtask.State.UNAVAILABLE);
      }
      assertThatThrownBy(outer::join).hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
    assertThat(body.interrupts()).isZero();
  }

  @Test
  void scopeWithoutOuterDeadlineCleansUpInASubtaskThatWasToldToStop() throws Exception {
    AtomicReference<Object> cleaned = new AtomicReference<>();
    assertThatThrownBy(
            () -> {
              try (var outer = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
                outer.fork(() -> {
                  try {
                    return body.call();
                  } finally {
                    try (var cleanUp = TaskScope.open(cf -> cf.withoutOuterDeadline())) {
                      var subtask = cleanUp.fork(() -> "clean");
                      cleanUp.join();
                      cleaned.set(subtask.get());
                    }
                  }
                });
                outer.join();
              }
            })
        .hasCauseInstanceOf(CancelledByTimeoutException.class);
    assertThat(cleaned).hasValue("clean");
  }

  @Test
  void cleanUpGoesOnWhileTheOwnerLeavesTheScopeWhoseDeadlineHasPassed() throws Exception {
    Thread owner = Thread.currentThread();
    AtomicReference<Object> cleaned = new AtomicReference<>();
    try (var outer = TaskScope.open(Joiner.<Object>allSettled(), cf -> cf.withTimeout(SHORT))) {
      outer.fork(() -> {
        try {
          return body.call();
        } finally {
          try (var cleanUp = TaskScope.open(cf -> cf.withoutOuterDeadline())) {
            var subtask =
                cleanUp.fork(() -> {
                  await().until(() -> waitsInClose(owner));
                  return "clean";
                });
            cleanUp.join();
            cleaned.set(subtask.get());
          }
        }
      });
      outer.join();
    }
    assertThat(cleaned).hasValue("clean");
  }

  private static boolean waitsInClose(Thread owner) {
    return Arrays.stream(owner.getStackTrace()).anyMatch(f -> f.getMethodName().equals("awaitEnd"));
  }

  @Test
  void cancelReachesAScopeWithoutOuterDeadline() throws Exception {
    try (var outer = TaskScope.open();
        var inner = TaskScope.open(cf -> cf.withoutOuterDeadline())) {
      inner.fork(body);
      body.awaitStarted();
      outer.cancel();
      assertThat(catchThrowable(inner::join)).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void cancelAfterTheDeadlineReachesAScopeWithoutIt() throws Exception {
    try (var around = TaskScope.open()) {
      try (var timed = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
        timed.fork(new HeldBody());
        try (var cleanUp = TaskScope.open(cf -> cf.withoutOuterDeadline())) {
          cleanUp.fork(body);
          body.awaitStarted();
          await().until(timed::isCancelled);
          around.cancel();
          assertThat(cleanUp.isCancelled()).isTrue();
          body.release();
        }
      }
    }
  }

  @Test
  void workInsideThatWasCompleteAtTheOuterDeadlineIsASuccess() throws Exception {
    try (var outer = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
      outer.fork(body);
      try (var inner = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
        var subtask = inner.fork(() -> "complete");
        HeldBody.awaitEndInTime(outer, subtask);
        await().until(outer::isCancelled);
        assertThat(inner.join()).containsExactly("complete");
      }
      assertThat(catchThrowable(outer::join)).hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }

  @Test
  void outerDeadlineDoesNotHoldForAScopeOpenedAfterItsJoin() throws Exception {
    try (var outer = TaskScope.open(cf -> cf.withTimeout(SHORT))) {
      outer.fork(body);
      assertThat(catchThrowable(outer::join)).hasCauseInstanceOf(CancelledByTimeoutException.class);
      try (var after = TaskScope.open()) {
        var subtask = after.fork(() -> "on time");
        after.join();
        assertThat(subtask.get()).isEqualTo("on time");
      }
    }
  }

  @Test
  void deadlineReachesAScopeOpenedAfterTheOneAroundItWasJoined() {
    assertThatThrownBy(
            () -> {
              try (var _ = TaskScope.open(cf -> cf.withTimeout(SHORT));
                  var joined = TaskScope.open()) {
                joined.join();
                try (var secondPhase = TaskScope.open()) {
                  secondPhase.fork(body);
                  secondPhase.join();
                }
              }
            })
        .hasCauseInstanceOf(CancelledByTimeoutException.class);
  }

  @Test
  void cancelReachesAScopeOpenedAfterTheOneAroundItWasJoined() throws Exception {
    try (var outer = TaskScope.open();
        var joined = TaskScope.open()) {
      joined.join();
      try (var secondPhase = TaskScope.open()) {
        secondPhase.fork(body);
        body.awaitStarted();
        outer.cancel();
        assertThat(catchThrowable(secondPhase::join)).isInstanceOf(CancellationException.class);
      }
    }
  }
}
