package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import dev.tandem.structured.TaskScope.Subtask.State;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A subtask whose thread cannot start is a subtask that failed.
interface FailedStartContract extends ScopeFixture {
  /// A thread factory of which only the n-th thread, counted from 1, is bad.
  private static ThreadFactory onlyBad(int n, Function<Runnable, @Nullable Thread> bad) {
    AtomicInteger count = new AtomicInteger();
    return r -> count.incrementAndGet() == n ? bad.apply(r) : Thread.ofVirtual().unstarted(r);
  }

  /// @param cause the type of the rejection's cause; null if the rejection is the bad thread's own
  private void secondOfThreeFails(
      Function<Runnable, @Nullable Thread> bad, @Nullable Class<? extends Throwable> cause)
      throws InterruptedException {
    try (var scope =
        open(Joiner.<String>allSettled(), cf -> cf.withThreadFactory(onlyBad(2, bad)))) {
      HeldBody first = new HeldBody();
      scope.fork(first);
      Subtask<String> failed = scope.fork(() -> "never");
      scope.fork(() -> "third");
      first.release();
      List<Outcome<String>> outcomes = scope.join();
      assertThat(outcomes.get(0)).isEqualTo(new Outcome.Success<>(HeldBody.RESULT));
      assertThat(outcomes.get(2)).isEqualTo(new Outcome.Success<>("third"));
      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(failed.exception()).isInstanceOf(RejectedExecutionException.class);
      if (cause != null) {
        assertThat(failed.exception())
            .hasMessageContaining("2 could not start")
            .hasCauseInstanceOf(cause);
      }
    }
  }

  @Test
  default void factoryThatGivesNoThread() throws Exception {
    secondOfThreeFails(_ -> null, null);
  }

  @Test
  default void factoryThatThrows() throws Exception {
    secondOfThreeFails(
        _ -> {
          throw new IllegalStateException("no threads today");
        },
        IllegalStateException.class);
  }

  @Test
  default void factoryThatThrowsAnError() throws Exception {
    secondOfThreeFails(
        _ -> {
          throw new OutOfMemoryError("thrown by a test");
        },
        OutOfMemoryError.class);
  }

  @Test
  default void factoryThatGivesAStartedThread() throws Exception {
    secondOfThreeFails(Thread::startVirtualThread, null);
  }

  @Test
  default void factoryThatGivesTheCurrentThread() throws Exception {
    secondOfThreeFails(_ -> Thread.currentThread(), null);
  }

  @Test
  default void threadWhoseStartThrows() throws Exception {
    secondOfThreeFails(Unstartable::new, OutOfMemoryError.class);
  }

  @Test
  default void factoryThatGivesTheSameThreadTwice() throws Exception {
    HeldBody first = new HeldBody();
    Thread[] only = {null};
    ThreadFactory same = r -> only[0] == null ? only[0] = Thread.ofVirtual().unstarted(r) : only[0];
    try (var scope = open(Joiner.<String>allSettled(), cf -> cf.withThreadFactory(same))) {
      scope.fork(first);
      Subtask<String> failed = scope.fork(() -> "second");
      first.release();
      assertThat(scope.join().getFirst()).isEqualTo(new Outcome.Success<>(HeldBody.RESULT));
      assertThat(failed.exception())
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("expected: a new thread, not started");
    }
  }

  @Test
  default void nothingCanStart() throws Exception {
    try (var scope =
        open(Joiner.<String>allSettled(), cf -> cf.withThreadFactory(Unstartable::new))) {
      for (int i = 0; i < 10; i++) {
        scope.fork(() -> "never");
      }
      assertThat(scope.join()).hasSize(10).allMatch(o -> o instanceof Outcome.Failure<String>);
    }
  }

  @Test
  default void failedStartFailsTheScopeLikeAnyFailure() {
    HeldBody running = new HeldBody();
    assertThatThrownBy(
            () -> {
              try (var scope = open(cf -> cf.withThreadFactory(onlyBad(2, Unstartable::new)))) {
                scope.fork(running);
                running.awaitStarted();
                scope.fork(() -> "never");
                if (atOnce() == 1) {
                  running.release(); // so that the second subtask starts
                }
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(RejectedExecutionException.class)
        .hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(running.thread().isAlive()).isFalse();
  }

  @Test
  default void failedStartTellsTheJoinerWhichMayReadTheHandle() throws Exception {
    HeldBody none = new HeldBody();
    none.release();
    try (var scope =
        open(
            Joiner.<String>allUntil(s -> s.state() == State.FAILED && s.exception() != null),
            cf -> cf.withThreadFactory(Unstartable::new))) {
      scope.fork(none);
      scope.join();
      assertThat(scope.isCancelled()).isTrue();
    }
  }

  @Test
  default void wrapperOfTheFactoryThatThrowsBeforeTheBodyIsAFailure() {
    IllegalStateException failure = new IllegalStateException("before the body");
    ThreadFactory wrapping =
        r ->
            Thread.ofVirtual()
                .unstarted(() -> {
                  throw failure;
                });
    assertThatThrownBy(
            () -> {
              try (var scope = open(cf -> cf.withThreadFactory(wrapping))) {
                scope.fork(() -> "never");
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasRootCause(failure);
  }

  /// A thread for which there is no memory.
  final class Unstartable extends Thread {
    Unstartable(Runnable r) {
      super(r);
    }

    @Override
    public void start() {
      throw new OutOfMemoryError("unable to create native thread");
    }
  }
}
