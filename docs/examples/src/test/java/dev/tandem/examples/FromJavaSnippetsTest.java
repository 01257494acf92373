package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Saturation;
import dev.tandem.core.Settled;
import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The snippets of from-java-util-concurrent.md. */
class FromJavaSnippetsTest {
  @Test
  void oldCodeNeedsOneLine() throws Exception {
    List<Callable<String>> tasks = List.of(() -> fetch("/a"), () -> fetch("/b"));
    List<String> pages = new ArrayList<>();
    // @start region="one-line"
    ExecutorService executor = Tandem.newThreadPool(8); // was: Executors.newFixedThreadPool(8)

    for (Future<String> page : executor.invokeAll(tasks)) {
      pages.add(page.get());
    }
    CompletableFuture<Integer> length =
        CompletableFuture.supplyAsync(() -> "hello", executor).thenApply(String::length);
    // @end
    assertThat(pages).containsExactly("<html>/a</html>", "<html>/b</html>");
    assertThat(length.get()).isEqualTo(5);
    executor.close();
  }

  @Test
  void resultsAsTheyComeCarryTheirInput() {
    List<String> paths = List.of("/a", "/b", "/c");
    List<String> found = new ArrayList<>();
    // @start region="completion-service"
    try (var net = Tandem.newVirtualThreadExecutor(10); // was: a Semaphore around each call
        var pages = net.mapSettled(paths, path -> fetch(path), cf -> cf.unordered())) {
      pages.forEach(p -> {
        if (p instanceof Settled(var path, Success(_))) {
          found.add(path); // was: an ExecutorCompletionService and a Map<Future, String>
        }
      });
    }
    // @end
    assertThat(found).containsExactlyInAnyOrder("/a", "/b", "/c");
  }

  @Test
  void twoThingsAtOnce() throws Exception {
    record Offer(String user, String prices) {}

    Offer offer;
    // @start region="all-of"
    try (var scope = TaskScope.open()) {
      var user = scope.fork(() -> fetch("/user")); // was: supplyAsync
      var prices = scope.fork(() -> fetch("/prices"));
      scope.join(); // was: CompletableFuture.allOf(user, prices).join()
      offer = new Offer(user.get(), prices.get());
    }
    // @end
    assertThat(offer).isEqualTo(new Offer("<html>/user</html>", "<html>/prices</html>"));
  }

  @Test
  void aMapInsideATaskOfTheSamePoolDoesItsOwnWork() throws Exception {
    // @start region="nested-map"
    try (var pool = Tandem.newThreadPool(1)) {
      var sum =
          pool.submit(
              () -> pool.map(List.of(1, 2, 3), n -> n * n).mapToInt(Integer::intValue).sum());
      assertThat(sum.get()).isEqualTo(14); // the only thread is taken by the outer task
    }
    // @end
  }

  @Test
  void aTaskThatSubmitsToItsOwnFullPoolIsRefused() {
    // @start region="own-pool"
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withQueue(0, Saturation.BLOCK))) {
      var outer = pool.submit(() -> pool.submit(() -> "inner").get()); // nobody could ever run it

      assertThatThrownBy(outer::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(RejectedExecutionException.class);
    }
    // @end
  }

  @Test
  void closingReplacesTheEndMarker() throws Exception {
    var stored = new ConcurrentLinkedQueue<String>();
    // @start region="end-marker"
    Channel<String> queue = Channel.bounded(100); // was: new ArrayBlockingQueue<>(100)
    try (var pool = Tandem.newThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        pool.execute(() -> {
          for (String row : queue) { // was: while (!(row = queue.take()).equals(END))
            stored.add(row);
          }
        });
      }
      queue.putAll(List.of("a", "b", "c", "d"));
      queue.close(); // was: queue.put(END), once for each of the three
    }
    // @end
    assertThat(stored).containsExactlyInAnyOrder("a", "b", "c", "d");
  }
}
