package dev.tandem.benchmarks.executors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Fetches 100 pages, each of which its server takes 50 ms over, ten at a time. Nothing can do it
/// in less than 500 ms. The server is in this JVM and its time is part of what is measured.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 5)
// one kept-alive connection for each fetch that runs; the JDK keeps 5
@Fork(value = 1, jvmArgsAppend = "-Dhttp.maxConnections=10")
@State(Scope.Thread)
public class Pages {
  static final int PAGES = 100;
  static final int CONCURRENCY = 10;
  static final int PAGE_MILLIS = 50;

  private final TaskExecutor pool = Tandem.newThreadPool(CONCURRENCY);
  private final ExecutorService serverThreads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private List<URL> pages;

  @Setup
  public void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(serverThreads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Thread.sleep(PAGE_MILLIS);
            byte[] page = exchange.getRequestURI().getPath().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    String base = "http://localhost:" + server.getAddress().getPort() + "/";
    pages = IntStream.range(0, PAGES).mapToObj(i -> toUrl(base + i)).toList();
  }

  @TearDown
  public void close() {
    pool.close();
    server.stop(0);
    serverThreads.close();
  }

  @Benchmark
  public int ours() {
    try (var bodies = pool.map(pages, Pages::fetch, cf -> cf.withConcurrency(CONCURRENCY))) {
      return bodies.mapToInt(String::length).sum();
    }
  }

  // static, because the function of a map is serializable and this object is not
  private static String fetch(URL page) throws IOException {
    try (var in = page.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static URL toUrl(String address) {
    try {
      return URI.create(address).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
