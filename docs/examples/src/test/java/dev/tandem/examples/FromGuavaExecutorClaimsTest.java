package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.Queues;
import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.Subscribe;
import com.google.common.util.concurrent.ExecutionSequencer;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.Monitor;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.RateLimiter;
import com.google.common.util.concurrent.SimpleTimeLimiter;
import com.google.common.util.concurrent.Striped;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.queues.Channel;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

/** What from-guava.md says about Guava's other concurrency utilities, beside its snippets. */
class FromGuavaExecutorClaimsTest {
  private static final Duration SOON = Duration.ofMillis(50);

  @Test
  void guavasTimeLimiterLeavesWhileTheBodyRuns() {
    try (var pool = Tandem.newThreadPool(1)) {
      var release = new CountDownLatch(1);
      var ended = new AtomicBoolean();
      assertThatThrownBy(() ->
              SimpleTimeLimiter.create(pool)
                  .callWithTimeout(
                      () -> {
                        try {
                          return fetchFromDeadServer();
                        } finally {
                          release.await(); // cleans up
                          ended.set(true);
                        }
                      },
                      SOON))
          .isInstanceOf(TimeoutException.class);
      assertThat(ended).isFalse();
      release.countDown();
    }
  }

  @Test
  void whatOnlyBorrowsAThreadKeepsItsFailuresToItself() {
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        var _ = Futures.submit(() -> fetch("/broken"), pool);
        var _ = ExecutionSequencer.create().submit(() -> fetch("/broken"), pool);
        MoreExecutors.newSequentialExecutor(pool)
            .execute(() -> {
              throw new IllegalStateException("goes to java.util.logging");
            });
      }
      assertThat(log.failures()).isEmpty();
    }
  }

  @Test
  void aViewOfASharedPoolLogsWhatNobodyReads() {
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        TaskExecutor view = Tandem.taskExecutor(pool, cf -> cf.withConcurrency(1));
        view.execute(() -> fetch("/broken"));
      }
      assertThat(log.failures()).hasSize(1);
    }
  }

  @Test
  void aTimerHandsOverToAnExecutor() throws Exception {
    try (var pool = Tandem.newThreadPool(1);
        var timer = Executors.newSingleThreadScheduledExecutor()) {
      ListenableFuture<String> later =
          Futures.scheduleAsync(() -> pool.submit(() -> fetch("/later")), SOON, timer);
      assertThat(later.get()).isEqualTo("<html>/later</html>");
    }
  }

  @Test
  void directExecutorServicesAreForTests() throws Exception {
    try (var direct = Tandem.taskExecutor(MoreExecutors.newDirectExecutorService())) {
      Thread me = Thread.currentThread();
      assertThat(direct.submit(() -> Thread.currentThread() == me).get()).isTrue();
    }
  }

  @Test
  void guavasShutdownWorksOnATaskExecutor() {
    var pool = Tandem.newThreadPool(1);
    pool.submit(() -> fetchFromDeadServer());
    assertThat(MoreExecutors.shutdownAndAwaitTermination(pool, Duration.ofSeconds(2)))
        .isTrue(); // it was interrupted after half of that
  }

  @Test
  void nothingReachesAnUncaughtExceptionHandler() {
    var handled = new AtomicBoolean();
    var threads =
        new ThreadFactoryBuilder().setUncaughtExceptionHandler((_, _) -> handled.set(true)).build();
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1, cf -> cf.withThreadFactory(threads))) {
        pool.execute(() -> fetch("/broken"));
      }
      assertThat(log.failures()).hasSize(1);
    }
    assertThat(handled).isFalse();
  }

  @Test
  void aRateLimiterIsNotInterrupted() {
    RateLimiter perSecond = RateLimiter.create(2);
    perSecond.acquire();
    long start = System.nanoTime();
    Thread.currentThread().interrupt();
    double waited = perSecond.acquire();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(System.nanoTime() - start).isGreaterThan((long) (waited * 900_000_000));
  }

  @Test
  void waitingForAStripeOrAMonitorCanBeCancelled() {
    Lock stripe = Striped.lock(8).get("account-17");
    stripe.lock();
    var monitor = new Monitor();
    try (var pool = Tandem.newVirtualThreadExecutor()) {
      var first = pool.submit(() -> stripe.lockInterruptibly());
      var second = pool.submit(() -> monitor.enterWhen(monitor.newGuard(() -> false)));
      await().until(() -> pool.stats().running() == 2);
      first.cancel(true);
      second.cancel(true);
      await().until(() -> pool.stats().running() == 0);
    }
    stripe.unlock();
  }

  @Test
  void whatASubscriberThrowsGoesToTheBus() {
    Queue<String> handled = new ConcurrentLinkedQueue<>();
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        var bus = new AsyncEventBus(pool, (e, _) -> handled.add(e.getMessage()));
        bus.register(
            new Object() {
              @Subscribe
              void on(String path) throws IOException {
                fetch(path);
              }
            });
        bus.post("/broken");
      }
      assertThat(handled).containsExactly("404 /broken");
      assertThat(log.failures()).isEmpty();
    }
  }

  @Test
  void guavasDrainTakesFromAChannel() throws Exception {
    Channel<String> rows = Channel.bounded(10);
    rows.putAll(List.of("a", "b"));
    List<String> batch = new ArrayList<>();
    assertThat(Queues.drain(rows.asBlockingQueue(), batch, 2, SOON)).isEqualTo(2);
    assertThat(batch).containsExactly("a", "b");
  }
}
