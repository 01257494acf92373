package dev.tandem.examples;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.FluentFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The snippets of from-guava.md about futures and limits of time. */
class FromGuavaSnippetsTest {
  @Test
  void oldCodeNeedsOneLine() throws Exception {
    // @start region="one-line"
    // was: MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(8))
    ListeningExecutorService pool = Tandem.newThreadPool(8);

    FluentFuture<Integer> length =
        FluentFuture.from(pool.submit(() -> fetch("/broken")))
            .transform(String::length, directExecutor())
            .catching(IOException.class, _ -> 0, directExecutor());
    // @end
    assertThat(length.get()).isZero();
    pool.close();
  }

  @Test
  void allOrNothing() {
    var running = new AtomicInteger();
    // @start region="all-as-list"
    // was: Futures.allAsList(net.submit(...), net.submit(...)).get()
    assertThatThrownBy(() -> Parallel.all(() -> slow(running), () -> fetch("/broken")))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("404 /broken");
    assertThat(running).hasValue(0); // the slow one was stopped, and has ended
    // @end
  }

  private static String slow(AtomicInteger running) throws InterruptedException {
    running.incrementAndGet();
    try {
      return fetchFromDeadServer();
    } finally {
      running.decrementAndGet();
    }
  }

  @Test
  void whateverSucceeds() {
    List<String> paths = List.of("/a", "/broken", "/c");
    List<String> pages = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    // @start region="successful-as-list"
    // was: Futures.successfulAsList(futures).get(), with a null where one has failed
    try (var net = Tandem.newVirtualThreadExecutor();
        var results = net.mapSettled(paths, path -> fetch(path))) {
      results.forEach(r -> {
        switch (r) {
          case Settled(_, Success(var page)) -> pages.add(page);
          case Settled(var path, Failure(var why)) -> missing.add(path + ": " + why.getMessage());
          case Settled(var path, Cancelled()) -> missing.add(path);
        }
      });
    }
    // @end
    assertThat(pages).containsExactly("<html>/a</html>", "<html>/c</html>");
    assertThat(missing).containsExactly("/broken: 404 /broken");
  }

  @Test
  void combiningIsPlainCode() throws Exception {
    String offer;
    // @start region="when-all-succeed"
    // was: Futures.whenAllSucceed(user, prices)
    //     .call(() -> Futures.getDone(user) + Futures.getDone(prices), executor).get()
    try (var scope = TaskScope.open()) {
      var user = scope.fork(() -> fetch("/user"));
      var prices = scope.fork(() -> fetch("/prices"));
      scope.join();
      offer = user.get() + prices.get();
    }
    // @end
    assertThat(offer).isEqualTo("<html>/user</html><html>/prices</html>");
  }

  @Test
  void chainsBecomeOneBody() throws Exception {
    String page;
    // @start region="transform-async"
    try (var net = Tandem.newVirtualThreadExecutor()) {
      // was: FluentFuture.from(...).transformAsync(...).catching(...)
      var found =
          net.submit(() -> {
            String user = fetch("/user");
            try {
              return fetch("/broken?for=" + user.length()); // waits, and may
            } catch (IOException _) {
              return fetch("/default");
            }
          });
      page = found.get();
    }
    // @end
    assertThat(page).isEqualTo("<html>/default</html>");
  }

  @Test
  void aTimeoutBelongsToTheTask() {
    try (var pool = Tandem.newThreadPool(1)) {
      // @start region="with-timeout"
      // was: Futures.withTimeout(pool.submit(() -> ...), Duration.ofMillis(200), timer)
      var report =
          pool.submit(
              Task.of("report", () -> fetchFromDeadServer())
                  .withTimeout(Duration.ofMillis(200))
                  .withGrace(Duration.ofSeconds(5)));

      assertThatThrownBy(report::get)
          .cause()
          .isInstanceOfSatisfying(
              TaskTimeoutException.class, e -> assertThat(e.stillRunning()).isFalse());
      // @end
    }
  }

  @Test
  void aCallIsOverAtItsTimeout() {
    var running = new AtomicInteger();
    // @start region="time-limiter"
    // was: SimpleTimeLimiter.create(executor).callWithTimeout(() -> ..., Duration.ofMillis(100))
    assertThatThrownBy(() -> Parallel.callWithTimeout(() -> slow(running), Duration.ofMillis(100)))
        .isInstanceOf(TimeoutException.class);
    assertThat(running).hasValue(0); // it has cleaned up, and nothing of it is left
    // @end
  }
}
