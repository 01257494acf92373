package dev.tandem.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.Tandem;
import dev.tandem.core.ExecutorStats;
import dev.tandem.core.Task;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelStats;
import dev.tandem.structured.TaskScope;
import dev.tandem.testing.CapturedLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The snippets of looking-inside.md about dumps, counts and logs. */
class LookingInsideSnippetsTest {
  @Test
  void everythingThatIsAlive() throws Exception {
    Duration atOnce = Duration.ofMillis(10);
    CountDownLatch answer = new CountDownLatch(1);
    try (var files = Tandem.newThreadPool(1, cf -> cf.withName("import").withCloseTimeout(atOnce));
        var images = Tandem.newProcessPool(1, cf -> cf.withName("images"));
        var checkout = TaskScope.open(cf -> cf.withName("checkout"))) {
      files.submit(Task.of("customers.csv", Remote::fetchFromDeadServer));
      files.submit(Task.of("orders.csv", () -> 1));
      images.submit(Task.of("resize", () -> Words.matchesForEver()));
      checkout.fork("price", () -> answer.await());
      await()
          .atMost(Duration.ofSeconds(30)) // a worker has to start
          .untilAsserted(() ->
              assertThat(Tandem.dump())
                  .contains("images: 1 running, 0 queued")
                  .contains("BUSY, 0 tasks done, started PT")
                  .contains("running resize, for PT")
                  .contains("import: 1 running, 1 queued, 0 succeeded, 0 failed, 0 cancelled")
                  .contains("customers.csv on Thread[#")
                  .contains("at dev.tandem.examples.Remote.fetchFromDeadServer(Remote.java:")
                  .contains("scope checkout, owned by ")
                  .contains("Subtask[checkout/price-1, running], for PT"));
      // @start region="dump"
      System.out.println(Tandem.dump());
      // @end
      images.killWorkers();
      answer.countDown();
      checkout.join();
    }
  }

  @Test
  void aPageForTheOperators() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    // @start region="endpoint"
    HttpServer admin = HttpServer.create(address, 0);
    admin.createContext(
        "/tandem",
        exchange -> {
          byte[] text = Tandem.dump().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
    admin.start();
    // @end
    try (var client = HttpClient.newHttpClient();
        var _ = Tandem.newThreadPool(1, cf -> cf.withName("shown"))) {
      var uri = URI.create("http://localhost:" + admin.getAddress().getPort() + "/tandem");
      var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .contains("shown: 0 running");
    } finally {
      admin.stop(0);
    }
  }

  @Test
  void countsOfAnExecutor() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    // @start region="stats"
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withName("import"))) {
      var first = pool.submit(() -> go.await());
      var second = pool.submit(() -> 2);
      pool.submit(() -> 3).cancel(true);
      await().until(() -> pool.stats().running() == 1);

      ExecutorStats now = pool.stats();
      assertThat(now.submitted()).isEqualTo(3);
      assertThat(now.queued()).isEqualTo(1); // second
      assertThat(now.cancelled()).isEqualTo(1);

      go.countDown();
      first.get();
      second.get();
      assertThat(pool.stats().succeeded()).isEqualTo(2);
    }
    // @end
  }

  @Test
  void countsOfAChannel() throws Exception {
    // @start region="channel-stats"
    Channel<String> lines = Tandem.newChannel(100, cf -> cf.withName("lines"));
    lines.put("a");
    lines.put("b");
    lines.take();

    ChannelStats now = lines.stats();
    assertThat(now.size()).isEqualTo(1); // its depth, of now.capacity() = 100
    assertThat(now.puts()).isEqualTo(2);
    assertThat(now.takes()).isEqualTo(1);
    assertThat(now.putParks()).isZero(); // no producer had to wait for room
    // @end
  }

  @Test
  void aNamedTaskLogsItsName() throws Exception {
    try (var log = CapturedLog.ofAll();
        var pool = Tandem.newThreadPool(1)) {
      // @start region="mdc"
      var logger = LoggerFactory.getLogger("shop");
      pool.submit(Task.of("nightly-import", () -> logger.info("42 rows"))).get();
      // the record has task=nightly-import in its MDC
      // @end
      assertThat(log.from("shop"))
          .singleElement()
          .satisfies(
              record -> assertThat(record.context()).containsEntry("task", "nightly-import"));
      assertThat(pool.submit(() -> MDC.get("task")).get()).isNull();
    }
  }
}
