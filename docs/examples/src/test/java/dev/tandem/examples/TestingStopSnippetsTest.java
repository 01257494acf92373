package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The snippets of testing.md about timeouts, cancellation and failures. */
class TestingStopSnippetsTest {
  @Test
  void aTimeoutStopsTheWork() {
    // @start region="timeout-stops"
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withCloseTimeout(Duration.ofSeconds(5)))) {
      var report =
          pool.submit(
              Task.of("report", () -> fetchFromDeadServer())
                  .withTimeout(Duration.ofMillis(50)) // short: the test waits for it
                  .withGrace(Duration.ofSeconds(10))); // long: a slow machine has time to stop it

      assertThatThrownBy(() -> report.get(10, SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              TaskTimeoutException.class, e -> assertThat(e.stillRunning()).isFalse());
      await().until(() -> pool.stats().running() == 0); // its thread is free again
    }
    // @end
  }

  @Test
  void aCancellationReachesTheBody() throws Exception {
    // @start region="cancel-running"
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch cleanedUp = new CountDownLatch(1);
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withCloseTimeout(Duration.ofSeconds(5)))) {
      var upload =
          pool.submit(() -> {
            started.countDown();
            try {
              fetchFromDeadServer();
            } finally {
              cleanedUp.countDown(); // stands for what your code does in the end
            }
          });
      assertThat(started.await(10, SECONDS)).isTrue(); // else it might never start
      upload.cancel(true);
      assertThat(cleanedUp.await(10, SECONDS)).isTrue();
    }
    // @end
  }

  @Test
  void whatIsCancelledInTimeNeverStarts() throws Exception {
    // @start region="cancel-waiting"
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean ran = new AtomicBoolean();
    try (var pool = Tandem.newThreadPool(1)) {
      pool.submit(() -> go.await(10, SECONDS)); // takes the only thread
      var order = pool.submit(() -> ran.set(true));
      assertThat(order.cancel(true)).isTrue();
      go.countDown();
    } // here everything is over
    assertThat(ran).isFalse();
    // @end
  }

  @Test
  void anInterruptLosesNothing() throws Exception {
    // @start region="interrupt"
    Channel<String> orders = Tandem.newChannel(10);
    orders.put("milk");
    Thread.currentThread().interrupt(); // as if somebody had cancelled just now
    assertThatThrownBy(() -> orders.take()).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse(); // the exception has taken the flag with it
    assertThat(orders.size()).isEqualTo(1); // nothing was lost
    // @end
  }

  @Test
  void aFailureStopsTheOthers() throws Exception {
    // @start region="failure"
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    assertThatThrownBy(
            () -> {
              try (var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(30)))) {
                scope.fork(() -> {
                  started.countDown();
                  try {
                    return fetchFromDeadServer();
                  } finally {
                    stopped.countDown();
                  }
                });
                assertThat(started.await(10, SECONDS)).isTrue();
                scope.fork(() -> fetch("/broken"));
                scope.join();
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("404 /broken"); // which one, not just that one came
    assertThat(stopped.getCount()).isZero(); // a scope is left when all has ended
    // @end
  }

  @Test
  void oneOfManyFails() {
    // @start region="settled"
    try (var pool = Tandem.newThreadPool(2);
        var pages = pool.mapSettled(List.of("/a", "/broken", "/c"), path -> fetch(path))) {
      assertThat(pages.filter(each -> each.outcome() instanceof Failure).map(Settled::input))
          .containsExactly("/broken"); // the others have arrived
    }
    // @end
  }
}
