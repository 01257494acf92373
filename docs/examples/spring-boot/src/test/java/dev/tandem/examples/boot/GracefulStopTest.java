package dev.tandem.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.awt.Color;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The executable jar is told to stop while requests wait for its workers, and for another service.
@EnabledOnOs({OS.LINUX, OS.MAC})
class GracefulStopTest {
  private static final int UPLOADS = 16;
  private static final int FETCHES = 8;

  @TempDir Path home;

  @Test
  @Timeout(300)
  void everyRequestThatWasTakenIsAnswered() throws Exception {
    byte[] image = Pictures.jpeg(400, 200, Color.RED);
    CountDownLatch answer = new CountDownLatch(1);
    HttpServer store = store(image, answer);
    List<ProcessHandle> workers = List.of();
    try (Service service =
        Service.start(
            home,
            List.of("-jar", Service.JAR.toString()),
            "--thumbnails.store=http://127.0.0.1:" + store.getAddress().getPort() + "/")) {
      service.awaitReady();
      workers = service.process().children().toList();
      assertThat(workers).hasSize(3); // with the spare
      signal("STOP", workers); // so no upload is done before the stop has begun
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int n = 0; n < UPLOADS; n++) {
        answers.add(service.thumbnail(image));
      }
      for (int n = 0; n < FETCHES; n++) {
        URI uri = URI.create("http://127.0.0.1:" + service.port() + "/thumbnails/" + n + ".jpg");
        answers.add(
            service
                .client()
                .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()));
      }
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              service.meter("tandem.executor.submitted", "executor:images") == UPLOADS
                  && service.meter("tandem.executor.running", "executor:calls") == FETCHES);

      signal("TERM", List.of(service.process().toHandle()));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> service.printed().contains("Commencing graceful shutdown"));
      assertThat(answers).noneMatch(CompletableFuture::isDone);
      signal("CONT", workers);
      answer.countDown();

      for (CompletableFuture<HttpResponse<byte[]>> each : answers) {
        HttpResponse<byte[]> one = each.get(30, TimeUnit.SECONDS);
        assertThat(one.statusCode()).as(service::printed).isEqualTo(200);
        assertThat(Pictures.decode(one.body()).getWidth()).isEqualTo(128);
      }
      assertThat(service.process().waitFor(40, TimeUnit.SECONDS)).as(service::printed).isTrue();
      assertThat(service.process().exitValue()).as(service::printed).isEqualTo(143);
      assertThat(workers).noneMatch(ProcessHandle::isAlive);
      assertThat(service.printed())
          .contains("Graceful shutdown complete")
          .doesNotContain("WARN", "ERROR")
          .containsPattern("bytes became \\d+"); // the last notes, too
    } finally {
      store.stop(0);
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static HttpServer store(byte[] image, CountDownLatch answer) throws IOException {
    HttpServer store =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    store.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer.await();
            exchange.sendResponseHeaders(200, image.length);
            exchange.getResponseBody().write(image);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    store.start();
    return store;
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", "-s", name, "--"));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
