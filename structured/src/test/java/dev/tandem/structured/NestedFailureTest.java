package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// What leaves a scope whose subtask failed with the exception of a scope further in.
class NestedFailureTest {
  private final IOException failure = new IOException("no route");

  private String fail() throws IOException {
    throw failure;
  }

  @Test
  void causeIsTheFailureItself() {
    Throwable thrown = catchThrowable(() -> Parallel.all(() -> Parallel.all(this::fail)));
    assertThat(thrown)
        .isExactlyInstanceOf(ExecutionException.class)
        .hasMessage("java.io.IOException: no route");
    assertThat(thrown.getCause()).isSameAs(failure);
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @Test
  void stackOfEachLevelIsKept() {
    Throwable thrown = catchThrowable(() -> Parallel.all(this::inner));
    assertThat(thrown.getStackTrace()).anyMatch(frame -> frame.getMethodName().contains("stackOf"));
    assertThat(thrown.getSuppressed())
        .singleElement()
        .satisfies(level -> {
          assertThat(level).isExactlyInstanceOf(ExecutionException.class);
          assertThat(level.getStackTrace())
              .anyMatch(frame -> frame.getMethodName().equals("inner"));
          assertThat(level.getCause()).isSameAs(failure);
        });
  }

  private Object inner() throws Exception {
    return Parallel.all(this::fail);
  }

  @Test
  void failuresBesideTheFirstStayWhereTheyCameUp() throws Exception {
    IllegalStateException beside = new IllegalStateException("beside");
    HeldBody other = HeldBody.answering(beside);
    Throwable thrown =
        catchThrowable(() ->
            Parallel.all(() ->
                Parallel.all(
                    other,
                    () -> {
                      other.awaitStarted();
                      return fail();
                    })));
    assertThat(thrown.getSuppressed()).hasSize(1);
    assertThat(thrown.getSuppressed()[0].getSuppressed()).containsExactly(beside);
  }

  @Test
  void errorThatIsThrownIsNotLoggedAsIfItWereLost() {
    AssertionError error = new AssertionError("broken");
    try (CapturedLog log = CapturedLog.of(TaskScope.class)) {
      for (int levels = 1; levels <= 3; levels++) {
        Throwable thrown = catchThrowable(nested(levels, error)::call);
        assertThat(thrown)
            .satisfiesAnyOf(
                e -> assertThat(e).isSameAs(error), e -> assertThat(e.getCause()).isSameAs(error));
      }
      assertThat(log.messages()).isEmpty();
    }
  }

  private static Callable<Object> nested(int levels, Error error) {
    return levels == 0
        ? () -> {
          throw error;
        }
        : () -> Parallel.all(nested(levels - 1, error));
  }

  @Test
  void whatABodyThrowsByItselfIsLeftAlone() {
    for (Exception own :
        List.of(
            new ExecutionException(failure),
            new CompletionException(failure),
            new ExecutionException("loading key 7", failure))) {
      assertThat(catchThrowable(() -> Parallel.all(throwing(own))).getCause()).isSameAs(own);
    }
  }

  @Test
  void functionOfTheUserGetsTheFailureAsItIs() {
    var joiner =
        Joiner.<String, IllegalStateException>allSuccessfulOrThrow(IllegalStateException::new);
    ExecutionException wrapped = new ExecutionException(failure);
    Throwable thrown =
        catchThrowable(() -> {
          try (var scope = TaskScope.open(joiner)) {
            scope.fork(throwing(wrapped));
            scope.join();
          }
        });
    assertThat(thrown).isInstanceOf(IllegalStateException.class);
    assertThat(thrown.getCause()).isSameAs(wrapped);
  }

  private static Callable<String> throwing(Exception e) {
    return () -> {
      throw e;
    };
  }
}
