package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.Outcome;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The snippets of scopes.md about forking and joining, and those of TaskScope's Javadoc. */
class ScopeSnippetsTest {
  private record Offer(String user, String prices) {}

  @Test
  void aScope() throws Exception {
    Offer offer;
    // @start region="scope"
    try (var scope = TaskScope.open()) {
      Subtask<String> user = scope.fork(() -> fetch("/user")); // both at the same time
      Subtask<String> prices = scope.fork(() -> fetch("/prices"));
      scope.join(); // waits for both; throws when one fails, and the other is stopped
      offer = new Offer(user.get(), prices.get());
    } // however this line is reached: the threads of both have ended
    // @end
    assertThat(offer).isEqualTo(new Offer("<html>/user</html>", "<html>/prices</html>"));
  }

  @Test
  void aFailureStopsTheOthers() {
    // @start region="failure"
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open()) {
                scope.fork(() -> fetchFromDeadServer()); // is interrupted
                scope.fork(() -> fetch("/broken")); // fails
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("404 /broken");
    // @end
  }

  @Test
  void theUsualForms() throws Exception {
    List<String> paths = List.of("/a", "/b", "/c");
    // @start region="parallel"
    List<String> both = Parallel.all(() -> fetch("/user"), () -> fetch("/prices"));

    String fastest = Parallel.any(() -> fetch("/eu"), () -> fetchFromDeadServer());

    List<Outcome<String>> each = Parallel.settle(() -> fetch("/a"), () -> fetch("/broken"));

    List<String> pages = Parallel.map(paths, 10, path -> fetch(path)); // at most ten at once

    String soon = Parallel.callWithTimeout(() -> fetch("/a"), Duration.ofSeconds(5));
    // @end
    // @start region="parallel-config"
    List<Outcome<String>> inTime =
        Parallel.settle(
            cf -> cf.withName("offer").withTimeout(Duration.ofMillis(500)),
            () -> fetch("/user"),
            () -> fetchFromDeadServer()); // interrupted after half a second
    // @end
    assertThat(inTime.get(0)).isNotInstanceOf(Failure.class);
    assertThat(inTime.get(1)).isInstanceOf(Cancelled.class);
    assertThat(both).containsExactly("<html>/user</html>", "<html>/prices</html>");
    assertThat(fastest).isEqualTo("<html>/eu</html>");
    assertThat(each.get(1)).isInstanceOf(Failure.class);
    assertThat(pages).containsExactly("<html>/a</html>", "<html>/b</html>", "<html>/c</html>");
    assertThat(soon).isEqualTo("<html>/a</html>");
  }

  @Test
  void aJoinerOfOnesOwn() throws Exception {
    List<Callable<String>> replicas =
        List.of(() -> fetch("/eu"), () -> fetchFromDeadServer(), () -> fetch("/us"));
    List<String> two;
    // @start region="joiner"
    /** The first two answers, or as many as came in time. */
    class FirstTwo<T> implements Joiner<T, List<T>, RuntimeException> {
      private final Queue<T> answers = new ConcurrentLinkedQueue<>();

      @Override
      public boolean onComplete(Subtask<T> s) { // called by several threads at once
        return s.state() == Subtask.State.SUCCESS && answers.add(s.get()) && answers.size() >= 2;
      }

      @Override
      public List<T> result() {
        return answers.stream().limit(2).toList();
      }

      @Override
      public List<T> timeout() {
        return result();
      }
    }

    try (var scope =
        TaskScope.open(new FirstTwo<String>(), cf -> cf.withTimeout(Duration.ofSeconds(5)))) {
      replicas.forEach(scope::fork);
      two = scope.join(); // the third is told to stop
    }
    // @end
    assertThat(two).containsExactlyInAnyOrder("<html>/eu</html>", "<html>/us</html>");
  }

  @Test
  void laterFailuresAreSuppressed() {
    // @start region="suppressed"
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open()) {
                CountDownLatch ready = new CountDownLatch(1);
                scope.fork(() -> {
                  ready.countDown();
                  try {
                    return fetchFromDeadServer(); // interrupted when the other one fails
                  } catch (InterruptedException _) {
                    throw new IllegalStateException("cleaning up failed");
                  }
                });
                scope.fork(() -> {
                  ready.await();
                  return fetch("/broken");
                });
                scope.join();
              }
            })
        .hasCauseInstanceOf(IOException.class) // the first
        .satisfies(
            e -> assertThat(e.getSuppressed()[0]).hasMessage("cleaning up failed")); // the second
    // @end
  }

  // @start region="tree"
  /** All pages below one, each fetched as soon as it is known. */
  private static void crawl(TaskScope<Object, ?, ?> scope, String path, Queue<String> pages)
      throws IOException {
    pages.add(fetch(path));
    for (String link : links(path)) {
      scope.fork(() -> crawl(scope, link, pages)); // a subtask forks
    }
  } // @end

  private static List<String> links(String path) {
    return path.length() > 6 ? List.of() : List.of(path + "/a", path + "/b");
  }

  @Test
  void subtasksThatFork() throws Exception {
    Queue<String> pages = new ConcurrentLinkedQueue<>();
    // @start region="tree-root"
    try (var scope = TaskScope.open(cf -> cf.withConcurrency(10))) {
      scope.fork(() -> crawl(scope, "/0", pages));
      scope.join(); // waits for whatever was forked by then or since
    }
    // @end
    assertThat(pages).hasSize(1 + 2 + 4 + 8).doesNotHaveDuplicates();
  }
}
