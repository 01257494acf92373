package dev.tandem.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.core.Outcome;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Subtasks that fork at the very moment at which the scope is cancelled, joined and closed.
class ForkRaceTest {
  private static final int ROUNDS = 300;

  private final AtomicInteger alive = new AtomicInteger();

  private String counted() {
    alive.incrementAndGet();
    alive.decrementAndGet();
    return "done";
  }

  private void forkUntilCancelled(
      TaskScope<String, ?, ?> scope, CountDownLatch forking, List<Subtask<String>> handles) {
    for (int i = 0; i < 500; i++) { // no more, for a slow machine
      Subtask<String> handle = scope.fork(this::counted);
      handles.add(handle);
      forking.countDown();
      if (scope.isCancelled()) {
        return;
      }
    }
  }

  @Test
  void settledNeverThrowsHoweverSubtasksForkMeanwhile() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      CountDownLatch forking = new CountDownLatch(2);
      List<List<Subtask<String>>> handles = List.of(new ArrayList<>(), new ArrayList<>());
      List<Outcome<String>> outcomes;
      try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
        for (List<Subtask<String>> own : handles) {
          scope.fork(() -> {
            forkUntilCancelled(scope, forking, own);
            return "forker";
          });
        }
        forking.await();
        scope.cancel();
        outcomes = scope.join();
      }
      assertThat(outcomes).doesNotContainNull();
      for (List<Subtask<String>> own : handles) {
        // complete, each of them, once the scope is closed
        assertThat(own).allSatisfy(handle -> assertThat(handle.outcome()).isNotNull());
      }
      assertThat(alive).hasValue(0);
    }
  }

  @Test
  void allGivesResultsOrACancellationAndNothingElse() throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      CountDownLatch forking = new CountDownLatch(1);
      List<Subtask<String>> handles = new ArrayList<>();
      try (var scope = TaskScope.open(Joiner.<String>allSuccessfulOrThrow())) {
        scope.fork(() -> {
          forkUntilCancelled(scope, forking, handles);
          return "forker";
        });
        forking.await();
        scope.cancel();
        Throwable thrown = catchThrowable(scope::join);
        if (thrown == null) {
          assertThat(handles).allMatch(handle -> handle.state() == Subtask.State.SUCCESS);
        } else {
          assertThat(thrown).isInstanceOf(CancellationException.class);
        }
      }
      assertThat(handles).allSatisfy(handle -> assertThat(handle.outcome()).isNotNull());
    }
  }

  @Test
  void deadlineOrResultNeverNeither() throws Exception {
    int[] kinds = {0, 0};
    for (int i = 0; i < 300; i++) {
      int nanos = 50_000 + i * 1_000;
      try (var scope =
          TaskScope.open(
              Joiner.<String>allSettled(), cf -> cf.withTimeout(Duration.ofNanos(nanos)))) {
        Subtask<String> first = scope.fork(this::counted);
        Subtask<String> second = scope.fork(this::counted);
        List<Outcome<String>> outcomes = scope.join();
        assertThat(outcomes).containsExactly(first.outcome(), second.outcome());
        boolean complete = outcomes.stream().allMatch(o -> o instanceof Outcome.Success<String>);
        assertThat(complete || scope.isCancelled()).isTrue();
        kinds[complete ? 0 : 1]++;
      }
    }
    assertThat(kinds[0] + kinds[1]).isEqualTo(300);
  }
}
