package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.Outcome;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Success;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The snippets of scopes.md about timeouts and cancelling. */
class ScopeTimeoutSnippetsTest {
  @Test
  void aTimeoutIsAFailure() {
    // @start region="timeout"
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofMillis(200)))) {
                scope.fork(() -> fetch("/a"));
                scope.fork(() -> fetchFromDeadServer());
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancelledByTimeoutException.class)
        .hasMessageContaining("subtasks had not completed at the timeout of PT0.2S");
    // @end
  }

  @Test
  void whatThereIsAtTheTimeout() throws Exception {
    // @start region="partial"
    try (var scope =
        TaskScope.open(Joiner.<String>allSettled(), cf -> cf.withTimeout(Duration.ofSeconds(2)))) {
      scope.fork(() -> fetch("/a"));
      scope.fork(() -> fetchFromDeadServer());
      List<Outcome<String>> inTime = scope.join(); // after two seconds, without an exception
      assertThat(inTime.get(0)).isEqualTo(new Success<>("<html>/a</html>"));
      assertThat(inTime.get(1)).isEqualTo(new Cancelled<>());
    }
    // @end
  }

  @Test
  void oneCallWithATimeout() {
    // @start region="call"
    assertThatThrownBy(
            () -> Parallel.callWithTimeout(() -> fetchFromDeadServer(), Duration.ofMillis(200)))
        .isInstanceOf(TimeoutException.class); // the body was interrupted and has ended
    // @end
  }

  @Test
  void theTighterDeadlineHolds() {
    // @start region="nested"
    assertThatThrownBy(
            () -> {
              try (var request =
                  TaskScope.open(
                      cf -> cf.withName("request").withTimeout(Duration.ofMillis(200)))) {
                request.fork(() -> {
                  // knows nothing of the request and is more patient, in vain
                  try (var lookup = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(30)))) {
                    lookup.fork(() -> fetchFromDeadServer());
                    lookup.join();
                  }
                });
                request.join();
              }
            })
        .hasCauseInstanceOf(CancelledByTimeoutException.class)
        .hasMessageContaining("scope request: 1 of 1 subtasks had not completed");
    // @end
  }

  @Test
  void cleaningUpHasItsOwnTime() throws Exception {
    AtomicBoolean released = new AtomicBoolean();
    // @start region="without-outer"
    try (var request =
        TaskScope.open(Joiner.<Object>allSettled(), cf -> cf.withTimeout(Duration.ofSeconds(1)))) {
      request.fork(() -> {
        try {
          return fetchFromDeadServer();
        } finally { // the deadline of the request has passed, so a plain scope would be over
          try (var cleanup =
              TaskScope.open(cf -> cf.withoutOuterDeadline().withTimeout(Duration.ofSeconds(5)))) {
            cleanup.fork(() -> released.set(true));
            cleanup.join();
          }
        }
      });
      request.join();
    }
    assertThat(released).isTrue();
    // @end
  }

  @Test
  void completeInTimeIsCompleteHoweverLateTheJoin() throws Exception {
    // @start region="late-join"
    try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(2)))) {
      Subtask<String> page = scope.fork(() -> fetch("/a"));
      computeFor(Duration.ofMillis(2_200)); // the owner is late
      scope.join(); // no exception: the subtask was in time
      assertThat(page.get()).isEqualTo("<html>/a</html>");
    }
    // @end
  }

  private static void computeFor(Duration d) {
    long end = System.nanoTime() + d.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime()); // stands for work of the owner's own
    }
  }

  @Test
  void cancelling() throws Exception {
    // @start region="cancel"
    try (var scope = TaskScope.open()) {
      Subtask<String> waits = scope.fork(() -> fetchFromDeadServer());
      Subtask<String> enough =
          scope.fork(() -> {
            scope.cancel(); // by anybody who has the scope: the owner, a subtask, a stranger
            return "interrupted like its siblings, and this is dropped";
          });
      assertThatThrownBy(() -> scope.join()).isInstanceOf(CancellationException.class);
      assertThat(waits.outcome()).isEqualTo(new Cancelled<>());
      assertThat(enough.outcome()).isEqualTo(new Cancelled<>());
    }
    // @end
  }

  @Test
  void cancellingWithAJoinerThatDoesNotThrow() throws Exception {
    // @start region="cancel-rest"
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      scope.fork(() -> fetchFromDeadServer());
      scope.fork(() -> fetchFromDeadServer());
      scope.cancel();
      assertThat(scope.join()).containsOnly(new Cancelled<>());
    }
    // @end
  }
}
