package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.Outcome;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The snippets of scopes.md about joiners. */
class ScopeJoinerSnippetsTest {
  @Test
  void theFirstThatSucceeds() throws Exception {
    // @start region="any"
    String page;
    try (var scope = TaskScope.open(Joiner.<String>anySuccessfulOrThrow())) {
      scope.fork(() -> fetch("/broken")); // a failure does not matter as long as one succeeds
      scope.fork(() -> fetchFromDeadServer()); // is stopped when it is not needed any more
      scope.fork(() -> fetch("/eu"));
      page = scope.join();
    }
    assertThat(page).isEqualTo("<html>/eu</html>");
    // @end
  }

  @Test
  void whatBecameOfEach() throws Exception {
    List<String> lines = new ArrayList<>();
    // @start region="settled"
    try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
      scope.fork(() -> fetch("/a"));
      scope.fork(() -> fetch("/broken"));
      for (Outcome<String> outcome : scope.join()) { // in the order of the forks
        lines.add(
            switch (outcome) {
              case Success(var page) -> page;
              case Failure(var e) -> "failed: " + e.getMessage();
              case Cancelled() -> "did not complete";
            });
      }
    }
    // @end
    assertThat(lines).containsExactly("<html>/a</html>", "failed: 404 /broken");
  }

  @Test
  void allUntilTwoHaveFailed() throws Exception {
    // @start region="until"
    Queue<Subtask<?>> failed = new ConcurrentLinkedQueue<>();
    Joiner<String, List<Subtask<String>>, RuntimeException> untilTwoFail =
        Joiner.allUntil(
            s -> s.state() == Subtask.State.FAILED && failed.add(s) && failed.size() >= 2);
    try (var scope = TaskScope.open(untilTwoFail)) {
      for (String path : List.of("/broken/1", "/a", "/broken/2")) {
        scope.fork(() -> fetch(path));
      }
      scope.fork(() -> fetchFromDeadServer()); // stopped at the second failure
      List<Subtask<String>> all = scope.join();
      assertThat(all.get(0).state()).isEqualTo(Subtask.State.FAILED);
      assertThat(all.get(3).state()).isEqualTo(Subtask.State.UNAVAILABLE);
    }
    // @end
  }
}
