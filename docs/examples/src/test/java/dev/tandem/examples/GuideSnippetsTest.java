package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.core.CompletableFutures;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Outcome;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Saturation;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The snippets in the Javadoc of the API. */
class GuideSnippetsTest {
  static final ScopedValue<String> TENANT = ScopedValue.newInstance();

  @AfterEach
  void clearContext() {
    MDC.clear();
  }

  @Test
  void facade() throws Exception {
    // @start region="facade"
    try (var net = Tandem.newVirtualThreadExecutor(); // for work that waits
        var cpu = Tandem.newThreadPool(2)) { // for work that computes
      ListenableFuture<String> page = net.submit(() -> fetch("/index"));
      List<Integer> lengths = cpu.map(List.of("a", "bb", "ccc"), String::length).toList();
      assertThat(page.get()).contains("/index");
      assertThat(lengths).containsExactly(1, 2, 3);
    }
    // @end
  }

  @Test
  void mapKeepsTheOrderOfTheInputs() {
    // @start region="thread-pool-map"
    List<String> paths = List.of("/users", "/posts", "/tags");
    List<String> pages;
    try (var pool = Tandem.newThreadPool(3)) {
      pages = pool.map(paths, path -> fetch(path)).toList(); // in the order of the paths
    }
    // @end
    assertThat(pages)
        .containsExactly("<html>/users</html>", "<html>/posts</html>", "<html>/tags</html>");
  }

  @Test
  void anExecutorIsConfiguredWithALambda() throws Exception {
    // @start region="thread-config"
    var pool =
        Tandem.newThreadPool(
            4,
            cf ->
                cf.withName("import")
                    .withQueue(100, Saturation.BLOCK) // the 105th submit waits
                    .withTimeout(Duration.ofSeconds(30)) // for each task
                    .withCloseTimeout(Duration.ofSeconds(10)));
    // @end
    try (pool) {
      assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
      assertThat(pool.stats().name()).isEqualTo("import");
    }
  }

  @Test
  void aTaskStopsAtItsTimeout() throws Exception {
    try (var pool = Tandem.newThreadPool(1)) {
      List<String> log = new ArrayList<>();
      // @start region="task-timeout"
      Task<String> report =
          Task.of("report", () -> fetchFromDeadServer())
              .withTimeout(Duration.ofMillis(200))
              .withGrace(Duration.ofSeconds(5)); // it may take that long to clean up
      try {
        log.add(pool.submit(report).get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TaskTimeoutException late) {
          log.add(late.taskName() + " stopped: " + !late.stillRunning());
        }
      }
      // @end
      assertThat(log).containsExactly("report stopped: true");
    }
  }

  @Test
  void anOutcomeIsMadeForSwitch() {
    assertThat(describe(new Success<>("done"))).isEqualTo("got done");
    assertThat(describe(new Failure<>(new IOException("404")))).isEqualTo("failed: 404");
    assertThat(describe(new Cancelled<>())).isEqualTo("cancelled");
  }

  // @start region="outcome-switch"
  static String describe(Outcome<String> outcome) {
    return switch (outcome) {
      case Success(var page) -> "got " + page;
      case Failure(var e) -> "failed: " + e.getMessage();
      case Cancelled() -> "cancelled";
    };
  } // @end

  @Test
  void contextArrivesInTheTask() throws Exception {
    // @start region="context"
    try (var pool =
        Tandem.newThreadPool(
            2,
            cf ->
                cf.withContext(
                    ContextPropagator.mdc(), ContextPropagator.scopedValue(() -> TENANT)))) {
      MDC.put("trace", "4711");
      String seen =
          ScopedValue.where(TENANT, "acme")
              .call(() -> pool.submit(() -> TENANT.get() + " " + MDC.get("trace")).get());
      assertThat(seen).isEqualTo("acme 4711");
    }
    // @end
  }

  @Test
  void completableFuturesFollowAndCancel() throws Exception {
    try (var pool = Tandem.newThreadPool(2)) {
      // @start region="completable-future"
      CompletableFuture<Integer> length =
          CompletableFutures.fromListenable(pool.submit(() -> fetch("/index")))
              .thenApply(String::length);

      CompletableFuture<String> dead =
          CompletableFutures.fromListenable(pool.submit(() -> fetchFromDeadServer()));
      dead.cancel(true); // interrupts the task
      // @end
      assertThat(length.get()).isEqualTo(19);
      await().until(() -> pool.stats().running() == 0);
      assertThat(pool.stats().cancelled()).isEqualTo(1);
    }
  }
}
