package dev.tandem.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The executable jar in a JVM of its own, seen from outside.
record Service(Process process, Path log, int port, HttpClient client) implements AutoCloseable {
  static final Path JAR = Path.of(System.getProperty("application.jar", "application.jar"));
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  /// Starts it as an operator does, and waits until it takes requests.
  static Service start(Path home, List<String> how, String... settings) throws IOException {
    Path log = home.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--sun-misc-unsafe-memory-access=deny");
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts in half the time
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(home.resolve("tmp")));
    command.addAll(how);
    command.addAll(List.of("--server.port=0", "--server.address=127.0.0.1"));
    command.addAll(List.of(settings));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    try {
      await()
          .atMost(Duration.ofSeconds(150))
          .until(() -> !process.isAlive() || PORT.matcher(Files.readString(log)).find());
      Matcher port = PORT.matcher(Files.readString(log));
      assertThat(port.find()).as(() -> read(log)).isTrue();
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      return new Service(process, log, Integer.parseInt(port.group(1)), client);
    } catch (Throwable e) {
      process.destroyForcibly();
      throw e;
    }
  }

  CompletableFuture<HttpResponse<byte[]>> thumbnail(byte[] image) {
    HttpRequest request = request("/thumbnails").POST(BodyPublishers.ofByteArray(image)).build();
    return client.sendAsync(request, BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path) {
    try {
      return client.send(request(path).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(printed(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  /// {@return the value of a meter; 0 if there is none yet}
  double meter(String name, String... tags) {
    StringBuilder path = new StringBuilder("/actuator/metrics/" + name);
    for (int i = 0; i < tags.length; i++) {
      path.append(i == 0 ? '?' : '&').append("tag=").append(tags[i]);
    }
    HttpResponse<byte[]> answer = get(path.toString());
    return answer.statusCode() == 404 ? 0 : json(answer).at("/measurements/0/value").doubleValue();
  }

  static JsonNode json(HttpResponse<byte[]> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get("/actuator/health/readiness").statusCode() == 200);
  }

  String printed() {
    return read(log);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
