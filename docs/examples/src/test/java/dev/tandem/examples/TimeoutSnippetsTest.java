package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.core.Outcome.Success;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.TaskTimeoutException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The snippets of timeouts.md. */
class TimeoutSnippetsTest {
  private static final List<String> PATHS = List.of("/a", "/hangs", "/c");

  private static String fetchOrHang(String path) throws Exception {
    return path.contains("hangs") ? fetchFromDeadServer() : fetch(path);
  }

  @Test
  void aTimeoutForEveryTask() {
    // @start region="executor-timeout"
    try (var pool = Tandem.newThreadPool(4, cf -> cf.withTimeout(Duration.ofMillis(200)))) {
      var hangs = pool.submit(() -> fetchFromDeadServer());
      assertThatThrownBy(hangs::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TaskTimeoutException.class);
    }
    // @end
  }

  @Test
  void aTimeoutForEachInput() {
    List<String> pages;
    // @start region="map-timeout"
    try (var net = Tandem.newVirtualThreadExecutor();
        var settled =
            net.mapSettled(
                PATHS, path -> fetchOrHang(path), cf -> cf.withTimeout(Duration.ofSeconds(2)))) {
      pages =
          settled
              .map(s ->
                  switch (s) {
                    case Settled(_, Success(var page)) -> page;
                    case Settled(var path, _) -> path + " gave nothing";
                  })
              .toList();
    }
    // @end
    assertThat(pages).containsExactly("<html>/a</html>", "/hangs gave nothing", "<html>/c</html>");
  }

  @Test
  void waitingLessIsNotStopping() throws Exception {
    try (var pool = Tandem.newThreadPool(1)) {
      // @start region="get-timeout"
      ListenableFuture<String> page = pool.submit(() -> fetchFromDeadServer());
      try {
        page.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) { // the task is still running
        page.cancel(true); // now it is told to stop
      }
      // @end
      await().until(() -> pool.stats().running() == 0);
      assertThat(page.isCancelled()).isTrue();
    }
  }

  @Test
  void aLoopThatLooksAtItsInterruptFlagStops() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    try (var pool = Tandem.newThreadPool(1)) {
      // @start region="check-interrupt"
      var task =
          pool.submit(() -> {
            long n = 0;
            while (!Thread.currentThread().isInterrupted()) { // look now and then
              n += step(n);
              started.countDown();
            }
            return n;
          });
      // @end
      started.await();
      assertThat(task.cancel(true)).isTrue();
      await().until(() -> pool.stats().running() == 0);
    }
  }

  private static long step(long n) {
    return n % 3;
  }

  @Test
  void aTaskThatIgnoresInterruptsIsReportedByName() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    // @start region="ignores-interrupts"
    var pool = Tandem.newThreadPool(1, cf -> cf.withGrace(Duration.ofMillis(50)));
    var stuck =
        pool.submit(
            Task.of("regex", () -> awaitUninterruptibly(release))
                .withTimeout(Duration.ofMillis(100)));

    assertThatThrownBy(stuck::get)
        .cause()
        .isInstanceOfSatisfying(
            TaskTimeoutException.class, e -> assertThat(e.stillRunning()).isTrue());

    List<TaskInfo> survivors = pool.close(Duration.ofMillis(100));
    assertThat(survivors).extracting(TaskInfo::name).containsExactly("regex");
    // @end
    Thread worker = survivors.getFirst().thread();
    release.countDown();
    if (worker != null) {
      worker.join();
    }
    await().until(() -> !survivors.getFirst().isRunning());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly(latch);
  }

  @Test
  void anInterruptEndsASocketReadOnAVirtualThread() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var net = Tandem.newVirtualThreadExecutor()) {
      CountDownLatch connected = new CountDownLatch(1);
      var read =
          net.submit(() -> {
            try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
                InputStream in = socket.getInputStream()) {
              connected.countDown();
              return in.read(); // the server never answers
            }
          });
      connected.await();
      read.cancel(true);
      await().until(() -> net.stats().running() == 0);
    }
  }

  @Test
  void listenersTellWhenTheBodyIsReallyGone() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (var pool = Tandem.newThreadPool(1)) {
      // @start region="ended"
      var future =
          pool.submit(
              Task.of(
                  "upload",
                  () -> {
                    started.countDown();
                    fetchFromDeadServer();
                  }),
              new TaskListener() {
                @Override
                public void ended(TaskInfo task) {
                  gone.countDown();
                }
              });
      started.await();
      future.cancel(true); // completes the future at once
      gone.await(); // the body has left its thread
      // @end
      assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aDumpTellsWhatRunsWhere() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    String dump;
    // @start region="dump"
    try (var pool =
        Tandem.newThreadPool(
            2, cf -> cf.withName("import").withCloseTimeout(Duration.ofMillis(100)))) {
      pool.submit(
          Task.of(
              "customers.csv",
              () -> {
                started.countDown();
                fetchFromDeadServer();
              }));
      started.await();
      dump = Tandem.dump(); // live executors, their counts, and where their tasks are
    }
    assertThat(dump).contains("import: 1 running", "customers.csv on");
    // @end
  }

  @Test
  void mapFailsFastBehindASlowHead() {
    Queue<String> stopped = new ConcurrentLinkedQueue<>();
    try (var pool = Tandem.newThreadPool(2, cf -> cf.withGrace(Duration.ofSeconds(5)))) {
      // @start region="fail-fast"
      var pages =
          pool.map(
              List.of("/slow", "/broken"),
              path -> {
                if (path.equals("/broken")) {
                  return fetch(path);
                }
                try {
                  return fetchFromDeadServer();
                } catch (InterruptedException e) {
                  stopped.add(path);
                  throw e;
                }
              });

      assertThatThrownBy(pages::toList)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("404 /broken");
      assertThat(stopped).containsExactly("/slow"); // interrupted and waited for
      // @end
    }
  }

  @Test
  void closingTheStreamCancelsTheRest() {
    String winner;
    // @start region="close-stream"
    try (var net = Tandem.newVirtualThreadExecutor();
        var mirrors =
            net.map(List.of("/hangs", "/fast"), path -> fetchOrHang(path), cf -> cf.unordered())) {
      winner = mirrors.findFirst().orElseThrow(); // leaving the block cancels the slower one
    }
    // @end
    assertThat(winner).isEqualTo("<html>/fast</html>");
  }

  @Test
  void closeHasALimitIfYouGiveItOne() {
    // @start region="close-timeout"
    try (var pool = Tandem.newThreadPool(2, cf -> cf.withCloseTimeout(Duration.ofMillis(100)))) {
      pool.execute(() -> fetchFromDeadServer());
    } // 100 ms later the task is interrupted, and the block is left
    // @end
  }
}
