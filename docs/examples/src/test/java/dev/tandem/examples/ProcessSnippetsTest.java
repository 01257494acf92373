package dev.tandem.examples;

import static dev.tandem.examples.Remote.sumOfSquares;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.structured.TaskScope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The first snippets of processes.md, and those of the Javadoc of ProcessPool. */
class ProcessSnippetsTest {
  @Test
  void aPool() throws Exception {
    List<Long> numbers = List.of(10L, 100L, 1_000L);
    List<Long> sums;
    // @start region="pool"
    try (var pool = Tandem.newProcessPool(2)) { // two worker JVMs
      sums = pool.map(numbers, n -> sumOfSquares(n)).toList();

      var fatal = pool.submit(() -> System.exit(3)); // or a crash in native code, or no memory
      assertThatThrownBy(fatal::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(WorkerCrashedException.class);

      assertThat(pool.submit(() -> "the pool goes on").get()).isEqualTo("the pool goes on");
    } // here no worker is left
    // @end
    assertThat(sums).containsExactly(285L, 328_350L, 332_833_500L);
  }

  /** Loads in each worker, once. */
  static final class Model {
    private static int words;

    static void load() {
      words = 42;
    }

    static int score(String text) {
      return text.length() + words;
    }

    private Model() {}
  }

  @Test
  void aConfiguredPool() throws Exception {
    // @start region="config"
    try (var pool =
        Tandem.newProcessPool(
            2,
            cf ->
                cf.withName("scoring") // in logs, dumps and messages
                    .withInitializer(() -> Model.load()) // first, in each worker
                    .withTimeout(Duration.ofSeconds(10)) // then the worker is killed
                    .withMaxHeap(256L << 20) // for each worker
                    .withJvmArguments("-Xss2m", "-Duser.language=en")
                    .withRecycleAfter(500) // a fresh worker after so many tasks
                    .withSpares(1))) { // one more, ready to take another's place
      assertThat(pool.submit(() -> Model.score("good")).get()).isEqualTo(46);
    }
    // @end
  }

  @Test
  void theSameLine() {
    try (var threads = Tandem.newThreadPool(2);
        var processes = Tandem.newProcessPool(2)) {
      assertThat(sums(processes)).isEqualTo(sums(threads));
    }
  }

  // @start region="same-line"
  static List<Long> sums(TaskExecutor executor) { // of threads or of processes
    return executor.map(List.of(10L, 100L, 1_000L), n -> sumOfSquares(n)).toList();
  } // @end

  @Test
  void aTimeoutKills() throws Exception {
    // @start region="timeout"
    try (var pool = Tandem.newProcessPool(2)) {
      var endless =
          pool.submit(
              Task.of("match", () -> Words.matchesForEver()).withTimeout(Duration.ofMillis(300)));

      assertThatThrownBy(endless::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TaskTimeoutException.class)
          .hasMessageContaining("task match ran longer than its timeout of PT0.3S");
    }
    // @end
  }

  @Test
  void aCancellationKills() throws Exception {
    // @start region="cancel"
    try (var pool = Tandem.newProcessPool(2)) {
      var endless = pool.submit(() -> Words.matchesForEver());
      endless.cancel(true); // if it has started, its worker is killed; if not, it never starts
      assertThat(endless.isCancelled()).isTrue();
    }
    // @end
  }

  @Test
  void oneScopeForBoth() throws Exception {
    String page;
    long sum;
    // @start region="scope"
    try (var cpu = Tandem.newProcessPool(2);
        var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(20)))) {
      var fetched = scope.fork(() -> Remote.fetch("/users")); // on a virtual thread
      var summed = scope.forkOn(cpu, () -> sumOfSquares(1_000)); // in a worker
      scope.join(); // if one fails, the other is stopped: the worker is killed
      page = fetched.get();
      sum = summed.get();
    }
    // @end
    assertThat(page).contains("/users");
    assertThat(sum).isEqualTo(332_833_500L);
  }

  @Test
  void waitingOnThreadsAndComputingInProcesses() {
    List<String> paths = List.of("/a", "/bb", "/ccc");
    List<Integer> lengths;
    // @start region="hybrid"
    try (var net = Tandem.newVirtualThreadExecutor();
        var cpu = Tandem.newProcessPool(2);
        var pages = net.map(paths, path -> Remote.fetch(path))) {
      lengths = cpu.map(pages::iterator, page -> Words.length(page)).toList();
    }
    // @end
    assertThat(lengths).containsExactly(15, 16, 17);
  }
}
