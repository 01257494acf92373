package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.structured.TaskScope.Subtask.State;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Failures at the edge: beside others, one level further in, at the moment of a cancellation.
class LateFailuresTest {
  private final IllegalStateException e1 = new IllegalStateException("E1");
  private final IllegalStateException e2 = new IllegalStateException("E2");

  @Test
  void failureOfAnInnerScopeIsSeenThoughTheOuterOneWasCancelled() throws Exception {
    HeldBody deep = HeldBody.answering(e2);
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open()) {
            scope.fork(() -> {
              try (var inner = TaskScope.open()) {
                inner.fork(deep);
                inner.join();
              }
            });
            deep.awaitStarted();
            scope.fork(() -> {
              throw e1;
            });
            scope.join();
          }
        });
    assertThat(thrown).hasCause(e1);
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(allBelow(thrown.getSuppressed()[0])).contains(e2);
  }

  private static List<Throwable> allBelow(Throwable e) {
    List<Throwable> all = new java.util.ArrayList<>(List.of(e));
    if (e.getCause() != null) {
      all.addAll(allBelow(e.getCause()));
    }
    for (Throwable suppressed : e.getSuppressed()) {
      all.addAll(allBelow(suppressed));
    }
    return all;
  }

  @Test
  void exceptionThatSubtasksShareHangsOnce() throws Exception {
    HeldBody[] bodies = {HeldBody.answering(e2), HeldBody.answering(e2), HeldBody.answering(e2)};
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open()) {
            for (HeldBody body : bodies) {
              scope.fork(body);
              body.awaitStarted();
            }
            scope.fork(() -> {
              throw e1;
            });
            scope.join();
          }
        });
    assertThat(thrown).hasCause(e1);
    assertThat(thrown.getSuppressed()).containsExactly(e2);
  }

  @Test
  void functionThatGivesAPartOfTheFailureLeavesItAsItIs() throws Exception {
    IOException inner = new IOException("the subtask's own");
    CompletionException failure = new CompletionException(inner);
    HeldBody late = HeldBody.answering(e2);
    Function<Throwable, IOException> unwrap = e -> (IOException) e.getCause();
    Throwable thrown;
    try (CapturedLog _ = CapturedLog.of(TaskScope.class)) {
      thrown =
          catchThrowable(() -> {
            try (var scope =
                TaskScope.open(Joiner.<String, IOException>allSuccessfulOrThrow(unwrap))) {
              scope.fork(late);
              late.awaitStarted();
              scope.fork(() -> {
                throw failure;
              });
              scope.join();
            }
          });
    }
    assertThat(thrown).isSameAs(inner);
    assertThat(inner.getSuppressed()).isEmpty();
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void everyCallbackThatThrowsIsTold() throws Exception {
    HeldBody[] bodies = {new HeldBody(), new HeldBody()};
    Joiner<String, String, RuntimeException> joiner =
        new Joiner<>() {
          private final java.util.concurrent.CyclicBarrier both =
              new java.util.concurrent.CyclicBarrier(2);

          @Override
          public boolean onComplete(Subtask<String> s) {
            try {
              both.await();
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            throw new IllegalArgumentException("callback of " + s);
          }

          @Override
          public String result() {
            return "result";
          }

          @Override
          public String timeout() {
            return "timeout";
          }
        };
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open(joiner)) {
            for (HeldBody body : bodies) {
              scope.fork(body);
              body.release();
            }
            scope.join();
          }
        });
    assertThat(thrown)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(thrown.getSuppressed())
        .singleElement()
        .isInstanceOf(IllegalArgumentException.class)
        .isNotSameAs(thrown.getCause());
  }

  @Test
  void callbackThatThrowsInAScopeLeftWithoutJoinIsLogged() throws Exception {
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      try (var scope =
          TaskScope.open(
              Joiner.<String>allUntil(_ -> {
                throw e1;
              }),
              cf -> cf.withName("unjoined"))) {
        HeldBody.awaitEnd(scope.fork(() -> "done"));
      }
      assertThat(log.warnings("unjoined")).isNotEmpty();
    }
  }

  @Test
  void failureAndCancellationAtTheSameMomentNeverGiveAResult() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      Throwable thrown;
      Subtask<Object> subtask;
      try (CapturedLog _ = CapturedLog.of(TaskScope.class);
          var scope = TaskScope.open()) {
        subtask =
            scope.fork(() -> {
              throw e1;
            });
        if (i % 2 == 0) {
          Thread.yield();
        }
        scope.cancel();
        thrown = catchThrowable(scope::join);
      }
      if (subtask.state() == State.FAILED) {
        assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(e1);
      } else {
        assertThat(thrown).isInstanceOf(CancellationException.class);
      }
    }
  }

  @Test
  void taskThatEndsAtItsTimeoutGivesItsResultItsFailureOrTheTimeout() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      Duration timeout = Duration.ofNanos(20_000 + i * 200L);
      boolean fails = i % 2 == 0;
      Throwable thrown =
          catchThrowable(() -> {
            String result =
                Parallel.callWithTimeout(
                    () -> {
                      if (fails) {
                        throw e1;
                      }
                      return "result";
                    },
                    timeout);
            assertThat(result).isEqualTo("result");
          });
      if (thrown instanceof ExecutionException) {
        assertThat(fails).isTrue();
        assertThat(thrown).hasCause(e1);
      } else if (thrown != null) {
        assertThat(thrown).isExactlyInstanceOf(TimeoutException.class);
      }
    }
  }

  @Test
  void anyAndCancellationAtTheSameMomentKeepTheWinner() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      try (var scope = TaskScope.open(Joiner.<String>anySuccessfulOrThrow())) {
        Subtask<String> subtask = scope.fork(() -> "winner");
        scope.cancel();
        Throwable thrown = catchThrowable(() -> assertThat(scope.join()).isEqualTo("winner"));
        if (subtask.outcome() instanceof Outcome.Success<String>) {
          assertThat(thrown).isNull();
        } else {
          assertThat(thrown).isInstanceOf(CancellationException.class);
        }
      }
    }
  }
}
