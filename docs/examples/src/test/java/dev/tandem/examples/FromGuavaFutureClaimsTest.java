package dev.tandem.examples;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.tandem.Tandem;
import dev.tandem.core.Outcome;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What from-guava.md says about Guava's futures utilities, beside its snippets. */
class FromGuavaFutureClaimsTest {
  private static final Duration SOON = Duration.ofMillis(50);

  @Test
  void listsOfFuturesAndTheOrderOfCompletion() throws Exception {
    try (var pool = Tandem.newThreadPool(2)) {
      var gate = new CountDownLatch(1);
      ListenableFuture<String> slow =
          pool.submit(() -> {
            gate.await();
            return fetch("/slow");
          });
      ListenableFuture<String> fast = pool.submit(() -> fetch("/fast"));
      ImmutableList<ListenableFuture<String>> inOrder =
          Futures.inCompletionOrder(List.of(slow, fast));
      assertThat(inOrder.getFirst().get()).isEqualTo("<html>/fast</html>");
      gate.countDown();
      assertThat(inOrder.getLast().get()).isEqualTo("<html>/slow</html>");
      assertThat(Futures.allAsList(slow, fast).get())
          .containsExactly("<html>/slow</html>", "<html>/fast</html>");
      assertThat(
              Futures.whenAllComplete(slow, fast)
                  .call(() -> Futures.getDone(slow).length(), directExecutor())
                  .get())
          .isEqualTo(18);
    }
  }

  @Test
  void aFailureDoesNotStopTheOthersOfAllAsList() throws Exception {
    try (var pool = Tandem.newThreadPool(2)) {
      var gate = new CountDownLatch(1);
      ListenableFuture<String> other =
          pool.submit(() -> {
            gate.await();
            return "ran to its end";
          });
      ListenableFuture<List<String>> both =
          Futures.allAsList(other, pool.submit(() -> fetch("/broken")));
      assertThatThrownBy(both::get).hasRootCauseMessage("404 /broken");
      gate.countDown();
      assertThat(other.get()).isEqualTo("ran to its end");
    }
  }

  @Test
  void successfulAsListGivesNullAndReadsTheFailure() throws Exception {
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        assertThat(
                Futures.successfulAsList(
                        pool.submit(() -> fetch("/a")), pool.submit(() -> fetch("/broken")))
                    .get())
            .containsExactly("<html>/a</html>", null);
      }
      assertThat(log.failures()).isEmpty();
    }
  }

  @Test
  void cancellingADerivedFutureStopsTheTask() throws Exception {
    try (var pool = Tandem.newThreadPool(1)) {
      var started = new CountDownLatch(1);
      ListenableFuture<Integer> length =
          Futures.transform(
              pool.submit(() -> {
                started.countDown();
                return fetchFromDeadServer();
              }),
              String::length,
              directExecutor());
      started.await();
      length.cancel(true);
      await().until(() -> pool.stats().cancelled() == 1 && pool.stats().running() == 0);
    }
  }

  @Test
  void withTimeoutCountsFromTheCallAndCancelsWhatHasNotBegun() throws Exception {
    try (var pool = Tandem.newThreadPool(1);
        var timer = Executors.newSingleThreadScheduledExecutor()) {
      var gate = new CountDownLatch(1);
      var ran = new AtomicBoolean();
      pool.execute(() -> gate.await());
      ListenableFuture<?> queued = pool.submit(() -> ran.set(true));
      assertThatThrownBy(() -> Futures.withTimeout(queued, SOON, timer).get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      await().until(queued::isCancelled); // a moment later
      gate.countDown();
      pool.submit(() -> {}).get();
      assertThat(ran).isFalse();
    }
  }

  @Test
  void readingWithoutCheckedExceptionsIsReading() {
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        ListenableFuture<String> page = pool.submit(() -> fetch("/broken"));
        assertThatThrownBy(() -> Futures.getUnchecked(page))
            .isInstanceOf(UncheckedExecutionException.class)
            .hasCauseInstanceOf(IOException.class);
        assertThat(Outcome.of(page)).isInstanceOf(Outcome.Failure.class);
      }
      assertThat(log.failures()).isEmpty();
    }
  }

  @Test
  void aSettableFutureWaitsForOneOfTandems() throws Exception {
    try (var pool = Tandem.newThreadPool(1)) {
      SettableFuture<String> promise = SettableFuture.create();
      promise.setFuture(pool.submit(() -> fetch("/a")));
      assertThat(promise.get()).isEqualTo("<html>/a</html>");
    }
  }

  @Test
  void derivedFuturesReachIntoProcesses() throws Exception {
    var callbacks = new ConcurrentLinkedQueue<Object>();
    try (var pool = Tandem.newProcessPool(1)) {
      ListenableFuture<Long> here =
          Futures.transform(
              pool.submit(() -> ProcessHandle.current().pid()),
              worker -> {
                callbacks.add(ProcessHandle.current().pid()); // the callback's process
                return worker;
              },
              directExecutor());
      ProcessHandle worker = ProcessHandle.of(here.get()).orElseThrow();
      assertThat(callbacks).containsExactly(ProcessHandle.current().pid());
      assertThat(worker.isAlive()).isTrue();

      ListenableFuture<Integer> length =
          Futures.transform(
              pool.submit(() -> fetchFromDeadServer()), String::length, directExecutor());
      await().until(() -> pool.stats().running() == 1);
      length.cancel(true);
      await().until(() -> !worker.isAlive());
    }
  }
}
