package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.structured.TaskScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The snippets of pitfalls.md about tasks and executors; the others: PitfallSharingSnippetsTest.
 */
class PitfallSnippetsTest {
  @Test
  void aTaskThatWaitsForATaskOfItsOwnPoolHoldsTheThreadThatItNeeds() throws Exception {
    // @start region="nested-wrong"
    try (var pool = Tandem.newThreadPool(1)) {
      var outer = pool.submit(() -> pool.submit(() -> "inner").get()); // who should run it?
      assertThatThrownBy(() -> outer.get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class); // and so it would be in an hour
      outer.cancel(true);
    }
    // @end
  }

  @Test
  void aScopeNeedsNoThreadOfThePool() throws Exception {
    // @start region="nested-right"
    try (var pool = Tandem.newThreadPool(1)) {
      var outer =
          pool.submit(() -> {
            try (var scope = TaskScope.open()) { // its subtasks bring threads of their own
              var inner = scope.fork(() -> fetch("/inner"));
              scope.join();
              return inner.get();
            }
          });
      assertThat(outer.get()).isEqualTo("<html>/inner</html>");
    }
    // @end
  }

  @Test
  void waitingDoesNotBelongIntoTheCommonPool() throws Exception {
    // @start region="common-pool"
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var page =
          CompletableFuture.supplyAsync(() -> blockingCall("/a"), net); // not the common pool
      assertThat(page.get()).isEqualTo("<html>/a</html>");
    }
    // @end
  }

  private static String blockingCall(String path) {
    try {
      return fetch(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anExecutorsTimeoutHoldsForWhoForgotIt() {
    // @start region="timeout"
    try (var net = Tandem.newVirtualThreadExecutor(cf -> cf.withTimeout(Duration.ofMillis(200)))) {
      var page = net.submit(() -> fetchFromDeadServer()); // nobody thought of a limit here
      assertThatThrownBy(page::get).hasCauseInstanceOf(TaskTimeoutException.class);
    }
    // @end
  }

  @Test
  void whoSwallowsAnInterruptCannotBeStopped() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      // @start region="swallowed"
      var deaf =
          Task.of(
              "deaf",
              () -> {
                while (true) {
                  try {
                    answer.await();
                    return "done";
                  } catch (InterruptedException e) { // "cannot happen"
                    Uninterruptibles.awaitUninterruptibly(release); // ... and carries on
                  }
                }
              });
      assertThatThrownBy(net.submit(deaf.withTimeout(Duration.ofMillis(100)))::get)
          .cause()
          .isInstanceOfSatisfying(
              TaskTimeoutException.class, e -> assertThat(e.stillRunning()).isTrue());
      // @end
      release.countDown();
      answer.countDown();
      await().until(() -> net.stats().running() == 0);
    }
  }

  @Test
  void whoLetsTheInterruptOutCanBeStopped() {
    CountDownLatch answer = new CountDownLatch(1);
    try (var net = Tandem.newVirtualThreadExecutor(cf -> cf.withGrace(Duration.ofSeconds(10)))) {
      // @start region="let-out"
      var polite =
          Task.of(
              "polite",
              () -> {
                answer.await(); // throws InterruptedException, and a body may throw it
                return "done";
              });
      assertThatThrownBy(net.submit(polite.withTimeout(Duration.ofMillis(100)))::get)
          .cause()
          .isInstanceOfSatisfying(
              TaskTimeoutException.class, e -> assertThat(e.stillRunning()).isFalse());
      // @end
    }
  }

  @Test
  void aMapThatNobodyReadsDoesNothing() throws Exception {
    var fetched = new AtomicInteger();
    var paths = List.of("/a", "/b");
    // @start region="lazy-map"
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var _ = net.map(paths, _ -> fetched.incrementAndGet()); // nobody reads it: nothing happens
      assertThat(fetched).hasValue(0);

      net.forEach(paths, _ -> fetched.incrementAndGet()); // for side effects
      assertThat(fetched).hasValue(2);
    }
    // @end
  }

  @Test
  void anExecutorThatNobodyClosesKeepsTheJvmAlive() throws Exception {
    // @start region="daemons"
    try (var pool = Tandem.newThreadPool(1);
        var net = Tandem.newVirtualThreadExecutor()) {
      // the JVM waits for these threads, so a pool that is never closed keeps it alive
      assertThat(pool.submit(() -> Thread.currentThread().isDaemon()).get()).isFalse();
      // and not for these: when main returns, work that nobody waits for is cut off
      assertThat(net.submit(() -> Thread.currentThread().isDaemon()).get()).isTrue();
    } // closed: all of it is done
    // @end
  }

  @Test
  void whatATaskLeavesInAThreadLocalIsFoundByTheNext() throws Exception {
    // @start region="thread-local"
    ThreadLocal<String> user = ThreadLocal.withInitial(() -> "nobody");
    try (var pool = Tandem.newThreadPool(1)) {
      pool.submit(() -> user.set("Ada")).get(); // never removed
      assertThat(pool.submit(() -> user.get()).get()).isEqualTo("Ada"); // of another request
    }
    // @end
  }

  private static final ScopedValue<String> USER = ScopedValue.newInstance();

  @Test
  void aScopedValueIsGoneWithItsCall() throws Exception {
    // @start region="scoped-value"
    try (var pool = Tandem.newThreadPool(1)) {
      String greeting =
          pool.submit(() -> ScopedValue.where(USER, "Ada").call(() -> "hello " + USER.get())).get();
      assertThat(greeting).isEqualTo("hello Ada");
      assertThat(pool.submit(() -> USER.orElse("nobody")).get()).isEqualTo("nobody");
    }
    // @end
  }

  @Test
  void whatGoesToAProcessIsACopy() throws Exception {
    List<String> paths = List.of("/a", "/b");
    // @start region="captured"
    List<String> seen = new ArrayList<>();
    List<String> came;
    try (var pool = Tandem.newProcessPool(1)) {
      pool.forEach(paths, path -> seen.add(path)); // adds to a copy, in a worker
      assertThat(seen).isEmpty();

      came = pool.map(paths, path -> fetch(path)).toList(); // results come back
    }
    // @end
    assertThat(came).containsExactly("<html>/a</html>", "<html>/b</html>");
  }

  @Test
  void waitingWithALimitLeavesTheTaskRunning() throws Exception {
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var page = net.submit(() -> fetchFromDeadServer());
      assertThatThrownBy(() -> page.get(1, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(page.isDone()).isFalse();
      page.cancel(true);
      assertThatThrownBy(() -> net.submit(() -> fetch("/broken")).get())
          .isInstanceOf(ExecutionException.class);
    }
  }
}
