package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// A web application of Spring Boot, whose requests use a pool, is told to stop as a service
/// manager does it: by SIGTERM to all of its processes. What it had accepted is done first.
@EnabledOnOs({OS.LINUX, OS.MAC})
class SpringBootStopTest {
  private static final int WORKERS = 2;

  /// Requests that are answered with the result of their task.
  private static final int REQUESTS = 32;

  /// Requests that are answered at once, and whose tasks come after all the others.
  private static final int NOTES = 8;

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void whatWasAcceptedIsDoneWhenTheApplicationStops() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Application application = Application.start(directory, client)) {
      List<CompletableFuture<HttpResponse<String>>> answers =
          IntStream.range(0, REQUESTS).mapToObj(n -> application.send("/square/" + n)).toList();
      application.awaitAccepted(REQUESTS);
      for (int n = 0; n < NOTES; n++) {
        assertThat(application.ask("/note/" + n)).isEqualTo("later");
      }
      List<Long> workers = application.awaitBusyWorkers();
      assertThat(answers).noneMatch(CompletableFuture::isDone);
      assertThat(application.files()).isNotEmpty();

      for (long worker : workers) {
        terminate(worker); // a service manager does not say in which order
      }
      terminate(application.process.pid());

      assertThat(application.process.waitFor(60, TimeUnit.SECONDS))
          .as(application::printed)
          .isTrue();
      assertThat(application.process.exitValue()).as(application::printed).isEqualTo(143);
      for (int n = 0; n < REQUESTS; n++) {
        HttpResponse<String> answer = answers.get(n).get(10, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).as(application::printed).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Integer.toString(n * n));
      }
      for (int n = 0; n < NOTES; n++) {
        assertThat(application.home.resolve("note" + n)).as(application::printed).exists();
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(workers).noneMatch(SpringBootStopTest::isAlive));
      assertThat(application.files()).isEmpty();
    }
  }

  private static void terminate(long pid) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-s", "TERM", "--", Long.toString(pid)).inheritIO().start();
    assertThat(kill.waitFor()).as("kill %s", pid).isZero();
  }

  /// {@return whether the process runs; one that has ended and waits for its parent to notice does
  /// not}
  private static boolean isAlive(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
    } catch (IOException _) {
      boolean alive = ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
      return alive && !Files.exists(Path.of("/proc/self/stat"));
    }
  }

  /// The application, seen from outside.
  private record Application(Process process, Path home, Path log, int port, HttpClient client)
      implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("(?m)^port (\\d+)$");

    static Application start(Path home, HttpClient client) throws IOException {
      Path log = home.resolve("log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--sun-misc-unsafe-memory-access=deny",
                  "-Djava.io.tmpdir=" + Files.createDirectory(home.resolve("tmp")),
                  "-Dhome=" + home,
                  "-cp",
                  ChildJvm.classPath(),
                  Service.class.getName(),
                  "--spring.main.banner-mode=off",
                  "--server.address=127.0.0.1",
                  "--server.port=0",
                  "--server.shutdown=graceful",
                  "--spring.lifecycle.timeout-per-shutdown-phase=50s")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      Process process = builder.start();
      try {
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> !process.isAlive() || PORT.matcher(Files.readString(log)).find());
        Matcher port = PORT.matcher(Files.readString(log));
        assertThat(port.find()).as(() -> Sources.read(log)).isTrue();
        return new Application(process, home, log, Integer.parseInt(port.group(1)), client);
      } catch (Throwable e) {
        process.destroyForcibly();
        throw e;
      }
    }

    CompletableFuture<HttpResponse<String>> send(String path) {
      return client.sendAsync(request(path), BodyHandlers.ofString());
    }

    String ask(String path) throws IOException, InterruptedException {
      return client.send(request(path), BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String path) {
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    }

    /// Waits until the tasks of so many requests have been submitted.
    void awaitAccepted(int count) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> ask("/accepted").equals(Integer.toString(count)));
    }

    List<Long> awaitBusyWorkers() {
      List<Long> pids = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> {
            pids.clear();
            ask("/workers").lines().map(Long::valueOf).forEach(pids::add);
            return pids.size() == WORKERS;
          });
      return pids;
    }

    /// {@return the files of its pool}
    List<Path> files() throws IOException {
      List<Path> found = new ArrayList<>();
      for (Path base : List.of(home.resolve("tmp"), Path.of("/dev/shm"))) {
        if (Files.isDirectory(base)) {
          try (Stream<Path> files = Files.list(base)) {
            String name = "tandem-" + process.pid() + "-";
            files
                .filter(file -> file.getFileName().toString().startsWith(name))
                .forEach(found::add);
          }
        }
      }
      return found;
    }

    String printed() {
      return Sources.read(log);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /// What runs in a JVM of its own.
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Requests.class)
  static class Service {
    public static void main(String[] args) {
      var context = SpringApplication.run(Service.class, args);
      System.out.println("port " + context.getEnvironment().getProperty("local.server.port"));
    }

    @Bean(destroyMethod = "close")
    ProcessPool pool() {
      return Tandem.newProcessPool(WORKERS);
    }
  }

  /// What a request does. No task ends before the application has begun to stop.
  @RestController
  static class Requests {
    private final ProcessPool pool;
    private final String home = System.getProperty("home");
    private final AtomicInteger accepted = new AtomicInteger();

    Requests(ProcessPool pool) {
      this.pool = pool;
    }

    @GetMapping("/square/{n}")
    String square(@PathVariable int n) throws Exception {
      String file = stopping().toString();
      var result = pool.submit(() -> squareOnceStopping(n, file));
      accepted.incrementAndGet();
      return result.get().toString();
    }

    @GetMapping("/note/{n}")
    String note(@PathVariable int n) {
      String file = stopping().toString();
      String note = Path.of(home, "note" + n).toString();
      pool.execute(() -> {
        squareOnceStopping(n, file);
        Files.createFile(Path.of(note));
      });
      return "later";
    }

    @GetMapping("/accepted")
    String accepted() {
      return accepted.toString();
    }

    @GetMapping("/workers")
    String workers() {
      return String.join(
          "\n",
          pool.workers().stream()
              .filter(worker -> worker.state() == WorkerInfo.State.BUSY)
              .map(worker -> Long.toString(worker.pid()))
              .toList());
    }

    @EventListener(ContextClosedEvent.class)
    void stops() throws IOException {
      Files.createFile(stopping());
    }

    private Path stopping() {
      return Path.of(home, "stopping");
    }

    private static int squareOnceStopping(int n, String stopping) throws InterruptedException {
      while (!Files.exists(Path.of(stopping))) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      TimeUnit.MILLISECONDS.sleep(300);
      return n * n;
    }
  }
}
