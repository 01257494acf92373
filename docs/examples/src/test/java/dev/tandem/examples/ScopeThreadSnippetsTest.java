package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static dev.tandem.examples.Remote.sumOfSquares;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The snippets of scopes.md about the threads of subtasks. */
class ScopeThreadSnippetsTest {
  private static final ScopedValue<String> TENANT = ScopedValue.newInstance();

  @Test
  void atMostEightAtOnce() throws Exception {
    List<String> paths = IntStream.range(0, 1_000).mapToObj(i -> "/" + i).toList();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> pages;
    // @start region="limit"
    try (var scope =
        TaskScope.open(Joiner.<String>allSuccessfulOrThrow(), cf -> cf.withConcurrency(8))) {
      for (String path : paths) {
        scope.fork( // never waits: the ninth subtask starts when one of the first eight has ended
            () -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              String page = fetch(path);
              now.decrementAndGet();
              return page;
            });
      }
      pages = scope.join();
    }
    assertThat(most.get()).isLessThanOrEqualTo(8);
    // @end
    assertThat(pages).hasSize(1_000).startsWith("<html>/0</html>").endsWith("<html>/999</html>");
  }

  @Test
  void whatIsCarriedToSubtasks() throws Exception {
    // @start region="context"
    MDC.put("request", "4711");
    String seen =
        ScopedValue.where(TENANT, "acme")
            .call(() -> {
              try (var scope =
                  TaskScope.open(cf ->
                      cf.withContext(
                          ContextPropagator.mdc(), ContextPropagator.scopedValue(() -> TENANT)))) {
                Subtask<String> subtask =
                    scope.fork(() -> TENANT.get() + ", request " + MDC.get("request"));
                scope.join();
                return subtask.get();
              }
            });
    assertThat(seen).isEqualTo("acme, request 4711");
    // @end
    MDC.remove("request");
  }

  @Test
  void contextIsSaidOnce() throws Exception {
    MDC.put("request", "4711");
    try (var pool = Tandem.newThreadPool(2)) {
      // @start region="context-once"
      try (var scope =
          TaskScope.<List<String>>open(cf -> cf.withContext(ContextPropagator.mdc()))) {
        var prices =
            scope.fork(() ->
                Parallel.all( // a scope inside of the subtask
                    () -> "price for request " + MDC.get("request"),
                    () -> "stock for request " + MDC.get("request")));
        var scores = // a map that runs in the scope
            pool.map(List.of(1, 2), n -> n + " for request " + MDC.get("request")).toList();
        scope.join();
        assertThat(prices.get())
            .containsExactly("price for request 4711", "stock for request 4711");
        assertThat(scores).containsExactly("1 for request 4711", "2 for request 4711");
      }
      // @end
    }
    MDC.remove("request");
  }

  @Test
  void whatIsNotCarried() throws Exception {
    // @start region="no-context"
    ScopedValue.where(TENANT, "acme")
        .call(() -> {
          try (var scope = TaskScope.open(Joiner.<String>allSettled())) {
            Subtask<String> subtask = scope.fork(() -> TENANT.get()); // nobody has said so
            scope.join();
            assertThat(subtask.exception()).isInstanceOf(NoSuchElementException.class);
            return null;
          }
        });
    // @end
  }

  @Test
  void onAnExecutor() throws Exception {
    // @start region="fork-on"
    try (var cpu = Tandem.newThreadPool(2);
        var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(30)))) {
      Subtask<String> page = scope.fork(() -> fetch("/a")); // on a virtual thread
      Subtask<Long> sum = scope.forkOn(cpu, () -> sumOfSquares(1_000_000)); // on the pool
      scope.join();
      assertThat(page.get()).isEqualTo("<html>/a</html>");
      assertThat(sum.get()).isEqualTo(sumOfSquares(1_000_000));
    }
    // @end
  }

  @Test
  void onAnExecutorWithATimeoutOfItsOwn() {
    // @start region="fork-on-task"
    try (var pool = Tandem.newThreadPool(2)) {
      assertThatThrownBy(
              () -> {
                try (var scope = TaskScope.open()) {
                  var report = Task.of("report", () -> fetchFromDeadServer());
                  scope.forkOn(pool, report.withTimeout(Duration.ofMillis(100)));
                  scope.join();
                }
              })
          .hasCauseInstanceOf(TaskTimeoutException.class);
    }
    // @end
  }

  @Test
  void namesSpellTheTree() throws Exception {
    // @start region="names"
    try (var checkout = TaskScope.open(cf -> cf.withName("checkout"))) {
      Subtask<String> price = checkout.fork("price", () -> Thread.currentThread().getName());
      Subtask<String> second = checkout.fork(() -> Thread.currentThread().getName());
      checkout.join();
      assertThat(price.get()).isEqualTo("checkout/price-1");
      assertThat(second.get()).isEqualTo("checkout/2");
    }
    // @end
  }

  @Test
  void whatRunsNow() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    // @start region="dump"
    try (var checkout = TaskScope.open(cf -> cf.withName("checkout"))) {
      checkout.fork(
          "price",
          () -> {
            try (var stores = TaskScope.open(cf -> cf.withName("stores"))) {
              stores.fork("berlin", () -> go.await());
              stores.join();
            }
          });
      await().until(() -> TaskScope.dump().contains("berlin-1, running"));
      assertThat(TaskScope.dump())
          .contains("scope checkout, owned by Thread[")
          .contains("Subtask[checkout/price-1, running], for PT")
          .contains("scope checkout/price-1/stores, owned by VirtualThread[")
          .contains("Subtask[checkout/price-1/stores/berlin-1, running]");
      go.countDown();
      checkout.join();
    }
    // @end
  }

  @Test
  void platformThreads() throws Exception {
    // @start region="factory"
    try (var scope =
        TaskScope.open(cf -> cf.withThreadFactory(Thread.ofPlatform().daemon().factory()))) {
      Subtask<Boolean> virtual = scope.fork(() -> Thread.currentThread().isVirtual());
      scope.join();
      assertThat(virtual.get()).isFalse();
    }
    // @end
  }
}
