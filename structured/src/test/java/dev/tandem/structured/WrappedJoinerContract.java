package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Joiners of users that leave the policy to one of the library's: they behave like that one.
interface WrappedJoinerContract extends ScopeFixture {
  /// Counts what it passes on.
  record Counting<T, R, X extends Throwable>(Joiner<T, R, X> policy, AtomicInteger completions)
      implements Joiner<T, R, X> {
    static <T, R, X extends Throwable> Joiner<T, R, X> around(Joiner<T, R, X> policy) {
      return new Counting<>(new Counting<>(policy, new AtomicInteger()), new AtomicInteger());
    }

    @Override
    public boolean onFork(Subtask<T> s) {
      return policy.onFork(s);
    }

    @Override
    public boolean onComplete(Subtask<T> s) {
      completions.incrementAndGet();
      return policy.onComplete(s);
    }

    @Override
    public R result() throws X {
      return policy.result();
    }

    @Override
    public R timeout() throws X {
      return policy.timeout();
    }
  }

  private <R> R join(Joiner<String, R, ?> joiner, String... results) throws Throwable {
    try (var scope = open(Counting.around(joiner))) {
      for (String s : results) {
        scope.fork(() -> s);
      }
      return scope.join();
    }
  }

  @Test
  default void wrappedJoinersGiveTheirResults() throws Throwable {
    assertThat(join(Joiner.allSuccessfulOrThrow(), "a", "b")).isEqualTo(List.of("a", "b"));
    assertThat(join(Joiner.<String>anySuccessfulOrThrow(), "a")).isEqualTo("a");
    assertThat(join(Joiner.<String>awaitAllSuccessfulOrThrow(), "a")).isNull();
    assertThat(join(Joiner.<String>allSettled(), "a"))
        .isEqualTo(List.of(new Outcome.Success<>("a")));
    assertThat(join(Joiner.<String>allUntil(_ -> false), "a")).hasSize(1);
    assertThat(catchThrowable(() -> join(Joiner.<String>anySuccessfulOrThrow())))
        .hasCauseInstanceOf(NoSuchElementException.class);
  }

  private static List<Joiner<String, ?, ?>> throwing() {
    return List.of(
        Joiner.allSuccessfulOrThrow(),
        Joiner.anySuccessfulOrThrow(),
        Joiner.awaitAllSuccessfulOrThrow());
  }

  @Test
  default void wrappedJoinerThrowsTheFirstFailureWithTheLaterOnesSuppressed() throws Exception {
    needsAtOnce(2);
    for (Joiner<String, ?, ?> joiner : throwing()) {
      IllegalStateException first = new IllegalStateException("first");
      IllegalStateException late = new IllegalStateException("late");
      HeldBody body = HeldBody.answering(late);
      Throwable thrown =
          catchThrowable(() -> {
            try (var scope = open(Counting.around(joiner))) {
              Subtask<String> other = scope.fork(body);
              body.awaitStarted();
              Subtask<String> failing =
                  scope.fork(() -> {
                    throw first;
                  });
              HeldBody.awaitEnd(failing);
              if (!scope.isCancelled()) { // any
                body.thread().interrupt();
                HeldBody.awaitEnd(other);
              }
              scope.join();
            }
          });
      assertThat(thrown).isInstanceOf(ExecutionException.class).hasCause(first);
      assertThat(thrown.getSuppressed()).containsExactly(late);
    }
  }

  @Test
  default void wrappedJoinerSaysWhatTheTimeoutCutOff() {
    for (Joiner<String, ?, ?> joiner : throwing()) {
      Throwable thrown;
      try (var scope =
          open(
              Counting.around(joiner),
              cf -> cf.withName("slow").withTimeout(Duration.ofMillis(20)))) {
        scope.fork(new HeldBody());
        thrown = catchThrowable(scope::join);
      }
      assertThat(thrown.getCause())
          .isInstanceOf(CancelledByTimeoutException.class)
          .hasMessageContaining("scope slow: 1 of 1 subtasks");
    }
  }

  @Test
  default void wrappedJoinerOfACancelledScopeThrowsACancellation() {
    for (Joiner<String, ?, ?> joiner : throwing()) {
      Throwable thrown;
      try (var scope = open(Counting.around(joiner))) {
        scope.fork(new HeldBody());
        scope.cancel();
        thrown = catchThrowable(scope::join);
      }
      assertThat(thrown).isInstanceOf(CancellationException.class);
    }
  }

  /// A joiner that has seen enough before the one that it wraps has.
  @Test
  default void whatAWrapperCutsOffIsNoCancellation() throws Exception {
    needsAtOnce(2);
    Joiner<String, Void, ExecutionException> policy = Joiner.awaitAllSuccessfulOrThrow();
    var first =
        new Joiner<String, String, ExecutionException>() {
          @Override
          public boolean onComplete(Subtask<String> s) {
            return policy.onComplete(s) || true;
          }

          @Override
          public String result() throws ExecutionException {
            policy.result();
            return "enough";
          }

          @Override
          public String timeout() throws ExecutionException {
            policy.timeout();
            return "late";
          }
        };
    HeldBody slow = new HeldBody();
    try (var scope = open(first)) {
      scope.fork(slow);
      slow.awaitStarted();
      scope.fork(() -> "quick");
      assertThat(scope.join()).isEqualTo("enough");
    }
  }

  @Test
  default void joinersCanBeAskedWithoutAScope() throws Throwable {
    assertThat(Joiner.<String>allSuccessfulOrThrow().result()).isEmpty();
    assertThat(Joiner.<String>awaitAllSuccessfulOrThrow().result()).isNull();
    assertThat(catchThrowable(Joiner.<String>anySuccessfulOrThrow()::result))
        .hasCauseInstanceOf(NoSuchElementException.class);
    for (Joiner<String, ?, ?> joiner : throwing()) {
      assertThat(catchThrowable(joiner::timeout))
          .hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }
}
