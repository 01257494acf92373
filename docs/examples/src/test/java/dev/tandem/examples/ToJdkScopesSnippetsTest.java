package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.CancelledByTimeoutException;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The snippets of to-jdk-scopes.md, and what that page says of both sides. */
class ToJdkScopesSnippetsTest {
  // @start region="two-pages"
  static String twoPages() throws Exception {
    try (var scope = TaskScope.open()) {
      Subtask<String> user = scope.fork(() -> fetch("/user"));
      Subtask<String> prices = scope.fork(() -> fetch("/prices"));
      scope.join();
      return user.get() + prices.get();
    }
  } // @end

  @Test
  void twoPagesAtOnce() throws Exception {
    assertThat(twoPages()).isEqualTo("<html>/user</html><html>/prices</html>");
  }

  // @start region="joiner"
  /** The first result that is long enough; null if there is none. */
  static final class FirstLong implements Joiner<String, String, ExecutionException> {
    private final AtomicReference<String> found = new AtomicReference<>();

    @Override
    public boolean onComplete(Subtask<String> subtask) {
      return subtask.state() == Subtask.State.SUCCESS
          && subtask.get().length() > 10
          && found.compareAndSet(null, subtask.get());
    }

    @Override
    public String result() {
      return found.get();
    }

    @Override
    public String timeout() throws ExecutionException {
      // the JDK's has no message: new CancelledByTimeoutException()
      throw new ExecutionException(new CancelledByTimeoutException("no long page in time"));
    }
  } // @end

  @Test
  void aJoinerMovesWithItsImports() throws Exception {
    try (var scope = TaskScope.open(new FirstLong())) {
      scope.fork(() -> "short");
      scope.fork(() -> fetch("/long/enough"));
      assertThat(scope.join()).isEqualTo("<html>/long/enough</html>");
    }
    try (var scope = TaskScope.open(new FirstLong(), cf -> cf.withTimeout(Duration.ofMillis(50)))) {
      scope.fork(() -> fetchFromDeadServer());
      assertThatThrownBy(scope::join).hasCauseInstanceOf(CancelledByTimeoutException.class);
    }
  }

  // @start region="boundary"
  /** Fetches both at once. */
  static String offer(String user) throws ExecutionException, InterruptedException {
    try (var scope = TaskScope.open()) { // nobody outside can tell whose scope this is
      var name = scope.fork(() -> fetch("/user/" + user));
      var prices = scope.fork(() -> fetch("/prices"));
      scope.join();
      return name.get() + prices.get();
    }
  } // @end

  @Test
  void theBoundaryKnowsNoScope() throws Exception {
    assertThat(offer("17")).isEqualTo("<html>/user/17</html><html>/prices</html>");
    Callable<String> broken = () -> offer("broken");
    assertThatThrownBy(broken::call).isInstanceOf(ExecutionException.class);
  }

  static boolean hasTheFormOf25() {
    return Runtime.version().feature() == 25;
  }

  @Test
  @EnabledIf("hasTheFormOf25") // later JDKs have other names; see the page
  void whatTheJdksScopeDoes() throws Exception {
    String printed =
        ChildJvm.run(
            "--enable-preview",
            "--source",
            "25",
            "-cp",
            ChildJvm.classPath(),
            "src/test/java/dev/tandem/examples/preview/JdkScopes.java");
    assertThat(printed.lines())
        .containsExactly(
            "two pages: <html>/user</html><html>/prices</html>",
            "limit: [a, b, c]",
            "on a pool: sum 3",
            "left a pool: FailedException(IOException)",
            "deadline: <html>/a</html>",
            "late join: TimeoutException",
            "child forks: FailedException(WrongThreadException)",
            "second failure: 404 /broken, suppressed 0",
            "no join: IllegalStateException",
            "no join, block throws: suppressed IllegalStateException",
            "scoped value: acme",
            "bound inside: StructureViolationException",
            "Tandem's inside: <html>/a</html><html>/b</html>",
            "in Tandem's: <html>/user</html><html>/prices</html>",
            "deadline around Tandem's: TimeoutException, inside InterruptedException",
            "Tandem's cancelled around: inside InterruptedException",
            "deadline around the owner's: goes on",
            "Tandem's context: acme");
  }
}
