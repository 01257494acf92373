package dev.tandem.examples;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Cancelled;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskListener;
import dev.tandem.structured.Parallel;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The snippets of errors.md. */
class ErrorSnippetsTest {
  @Test
  void nestedScopesAndMaps() {
    try (var pool = Tandem.newThreadPool(2)) {
      // @start region="nested"
      assertThatThrownBy(
              () -> Parallel.all(() -> pool.map(List.of("/broken"), path -> fetch(path)).toList()))
          .isInstanceOf(ExecutionException.class) // of Parallel.all
          .hasCauseInstanceOf(IOException.class) // of the body
          .satisfies(
              e -> // of the map
              assertThat(e.getSuppressed()[0]).isInstanceOf(CompletionException.class));
      // @end
    }
  }

  @Test
  void getGivesTheExceptionOfTheBodyAsCause() {
    try (var pool = Tandem.newThreadPool(1)) {
      // @start region="get"
      var page = pool.submit(() -> fetch("/broken")); // a body may throw checked exceptions

      assertThatThrownBy(page::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessage("404 /broken");
      // @end
    }
  }

  @Test
  void mapEndsWithTheFirstFailure() {
    try (var pool = Tandem.newThreadPool(2)) {
      // @start region="map"
      var pages = pool.map(List.of("/a", "/broken", "/c"), path -> fetch(path));

      assertThatThrownBy(pages::toList)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("404 /broken");
      // @end
    }
  }

  @Test
  void forEachThrowsWhatGetThrows() {
    try (var pool = Tandem.newThreadPool(2)) {
      // @start region="for-each"
      assertThatThrownBy(() -> pool.forEach(List.of("/a", "/broken"), path -> fetch(path)))
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("404 /broken");
      // @end
    }
  }

  @Test
  void mapSettledMakesAFailureAResult() {
    List<String> lines = new ArrayList<>();
    try (var pool = Tandem.newThreadPool(2)) {
      // @start region="map-settled"
      try (var results = pool.mapSettled(List.of("/a", "/broken"), path -> fetch(path))) {
        results.forEach(r -> {
          switch (r) {
            case Settled(var path, Success(var page)) -> lines.add(path + ": " + page);
            case Settled(var path, Failure(var e)) -> lines.add(path + ": " + e.getMessage());
            case Settled(var path, Cancelled()) -> lines.add(path + ": cancelled");
          }
        });
      }
      // @end
    }
    assertThat(lines).containsExactly("/a: <html>/a</html>", "/broken: 404 /broken");
  }

  @Test
  void aFailureThatNobodyReadsIsLogged() {
    try (var log = CapturedLog.ofAll()) {
      // @start region="unread"
      try (var pool = Tandem.newThreadPool(1)) {
        pool.submit(Task.of("nightly-import", () -> fetch("/broken"))); // nobody keeps the future
      }
      // @end
      assertThat(log.failures()).hasSize(1);
      assertThat(log.failures().getFirst().message()).contains("nightly-import");
      assertThat(log.failures().getFirst().thrown().getMessage()).isEqualTo("404 /broken");
    }
  }

  @Test
  void aFailureThatWasReadIsNotLogged() {
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        var page = pool.submit(() -> fetch("/broken"));
        assertThatThrownBy(page::get).isInstanceOf(ExecutionException.class);
      }
      assertThat(log.failures()).isEmpty();
    }
  }

  @Test
  void executeHasNoFutureSoItLogsAtOnce() throws Exception {
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    try (var log = CapturedLog.ofAll()) {
      // @start region="execute"
      try (var mail =
          Tandem.newVirtualThreadExecutor(cf ->
              cf.withName("mail")
                  .withListener(
                      TaskListener.onFailure(
                          (task, e) -> failures.add(task.executor() + ": " + e.getMessage()))))) {
        mail.execute(() -> fetch("/broken")); // logged, and the listener is told
      }
      // @end
      assertThat(failures).containsExactly("mail: 404 /broken");
      assertThat(log.failures())
          .extracting(e -> e.thrown().getMessage())
          .containsExactly("404 /broken");
    }
  }

  @Test
  void aCallbackReads() {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        // @start region="callback"
        Futures.addCallback(
            pool.submit(() -> fetch("/broken")),
            new FutureCallback<String>() {
              @Override
              public void onSuccess(String page) {
                seen.add(page);
              }

              @Override
              public void onFailure(Throwable e) {
                seen.add(e.getMessage()); // counts as read
              }
            },
            directExecutor());
        // @end
      }
      assertThat(seen).containsExactly("404 /broken");
      assertThat(log.failures()).isEmpty();
    }
  }

  @Test
  void transformSwallowsTheFailure() {
    try (var log = CapturedLog.ofAll()) {
      // @start region="transform-hole"
      try (var pool = Tandem.newThreadPool(1)) {
        ListenableFuture<Integer> _ =
            Futures.transform(
                pool.submit(() -> fetch("/broken")), String::length, directExecutor());
      } // transform has read the failure; nobody reads transform's future; nothing is logged
      // @end
      assertThat(log.failures()).isEmpty();
    }
  }

  @Test
  void submittingItselfCanBeRefused() {
    var pool = Tandem.newThreadPool(1);
    pool.shutdown();
    // @start region="rejection"
    assertThatThrownBy(() -> pool.submit(() -> fetch("/a")))
        .isInstanceOf(RejectedExecutionException.class);
    // @end
    pool.close();
  }

  @Test
  void retryingIsFailsafesJob() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    String page;
    // @start region="retry"
    RetryPolicy<String> threeTimes =
        RetryPolicy.<String>builder()
            .handle(IOException.class)
            .withMaxAttempts(3)
            .withBackoff(Duration.ofMillis(10), Duration.ofMillis(100))
            .build();
    try (var net = Tandem.newVirtualThreadExecutor()) {
      page = net.submit(() -> Failsafe.with(threeTimes).get(() -> flaky(calls))).get();
    }
    // @end
    assertThat(page).isEqualTo("<html>/a</html>");
    assertThat(calls).hasValue(3);
  }

  private static String flaky(AtomicInteger calls) throws IOException {
    return fetch(calls.incrementAndGet() < 3 ? "/broken" : "/a");
  }
}
