package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.queues.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of testing.md about waits and order. */
class TestingSnippetsTest {
  // @start region="timeout"
  @Test
  @Timeout(value = 60, threadMode = SEPARATE_THREAD) // whatever happens
  void eachWaitHasALimit() throws Exception {
    try (var pool = Tandem.newThreadPool(2, cf -> cf.withCloseTimeout(Duration.ofSeconds(5)))) {
      var page = pool.submit(() -> fetch("/users"));

      assertThat(page.get(10, SECONDS)).isEqualTo("<html>/users</html>");
    }
  } // @end

  @Test
  void aTaskIsHeldWhereTheTestWantsIt() throws Exception {
    // @start region="hold"
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withCloseTimeout(Duration.ofSeconds(5)))) {
      var first =
          pool.submit(() -> {
            started.countDown();
            return go.await(10, SECONDS);
          });
      var second = pool.submit(() -> "second");

      assertThat(started.await(10, SECONDS)).isTrue(); // the first runs, for certain
      assertThat(pool.stats().queued()).isEqualTo(1); // so the second waits
      go.countDown();
      assertThat(first.get(10, SECONDS)).isTrue(); // false: nobody let it go
      assertThat(second.get(10, SECONDS)).isEqualTo("second");
    }
    // @end
  }

  // @start region="takes-executor"
  /** Fetches pages; on which threads is for the caller to say. */
  static List<String> fetchAll(TaskExecutor executor, List<String> paths, List<String> log) {
    return executor
        .map(
            paths,
            path -> {
              log.add(path);
              return fetch(path);
            })
        .toList();
  } // @end

  @Test
  void tasksInTheThreadOfTheTest() throws Exception {
    // @start region="direct"
    try (var direct = Tandem.taskExecutor(MoreExecutors.newDirectExecutorService())) {
      List<String> log = new ArrayList<>(); // not thread-safe, and need not be
      assertThat(fetchAll(direct, List.of("/a", "/b"), log)).hasSize(2);
      assertThat(log).containsExactly("/a", "/b"); // always

      var thread = direct.submit(() -> Thread.currentThread());
      assertThat(thread.get()).isSameAs(Thread.currentThread());
    }
    // @end
  }

  /** Tells prices from a thread of its own. */
  static void subscribe(Consumer<String> listener) {
    Thread.startVirtualThread(() -> {
      listener.accept("milk 1.09");
      listener.accept("bread 3.20");
    });
  }

  @Test
  void aChannelIsWhereThreadsMeet() throws Exception {
    // @start region="meet"
    Channel<String> seen = Channel.unbounded();
    subscribe(price -> seen.offer(price)); // is called on somebody else's thread

    assertThat(seen.poll(Duration.ofSeconds(10))).isEqualTo("milk 1.09");
    assertThat(seen.poll(Duration.ofSeconds(10))).isEqualTo("bread 3.20");
    // @end
  }

  @Test
  void stepByStep() throws Exception {
    List<String> done = new ArrayList<>();
    // @start region="step"
    Channel<String> steps = Channel.rendezvous(); // a put waits until the step is taken
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withCloseTimeout(Duration.ofSeconds(5)))) {
      var service =
          pool.submit(
              steps.consumer(source -> {
                for (String step : source) {
                  done.add(step);
                }
              }));
      assertThat(steps.offer("reserve", Duration.ofSeconds(10))).isTrue();
      assertThat(steps.offer("charge", Duration.ofSeconds(10))).isTrue();
      steps.close();
      service.get(10, SECONDS);
      assertThat(done).containsExactly("reserve", "charge");
    }
    // @end
  }

  @Test
  void whatWasPutIsDealtWith() throws Exception {
    Channel<String> stored = Channel.unbounded();
    // @start region="await-done"
    Channel<String> orders = Tandem.newChannel(10);
    try (var pool = Tandem.newThreadPool(2, cf -> cf.withCloseTimeout(Duration.ofSeconds(5)))) {
      for (int i = 0; i < 2; i++) {
        pool.submit(
            orders.consumer(source -> {
              for (String order : source) {
                stored.put(order);
                source.taskDone(); // only now
              }
            }));
      }
      orders.putAll(List.of("1", "2", "3"));
      assertThat(orders.awaitDone(Duration.ofSeconds(10))).isTrue();
      assertThat(stored.size()).isEqualTo(3);
      orders.close();
    }
    // @end
  }

  @Test
  void whatTellsNobodyIsAskedAgain() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (var pool = Tandem.newThreadPool(2)) {
      pool.submit(() -> go.await()).cancel(true);
      // @start region="await"
      await().atMost(Duration.ofSeconds(10)).until(() -> pool.stats().running() == 0);
      // @end
    }
  }
}
