package dev.tandem.examples.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// A web site on 127.0.0.1, in this JVM, that answers as slowly as one far away: each request takes
/// 50 ms. It has pages that link to each other, JSON endpoints, one endpoint that is down, one that
/// does not answer, and files.
public final class LoopbackSite implements AutoCloseable {
  /// How long each answer takes.
  public static final int LATENCY_MILLIS = 50;

  /// How many bytes each file has.
  public static final int FILE_BYTES = 256 * 1024;

  private static final int LINKS_PER_PAGE = 5;
  private static final int FILE_PARTS = 8;

  static {
    // Without it the server's answer can wait 40 ms for the client's acknowledgement of its header
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final AtomicInteger underWay = new AtomicInteger();
  private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private LoopbackSite(HttpServer server) {
    this.server = server;
  }

  /// {@return a site that is up}
  ///
  /// @throws IOException if no port can be opened
  public static LoopbackSite start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var site = new LoopbackSite(HttpServer.create(address, 1_000));
    site.serve("/page/", site::page);
    site.serve("/stuck/", exchange -> Slow.io(60_000));
    site.serve("/file/", LoopbackSite::file);
    site.json(
        "/api/users",
        200,
        List.of(Map.of("id", 1, "name", "Ada"), Map.of("id", 2, "name", "Alan")));
    site.json(
        "/api/posts",
        200,
        List.of(
            Map.of("user", 1, "title", "On engines"),
            Map.of("user", 2, "title", "On machines"),
            Map.of("user", 1, "title", "On notes")));
    site.json("/api/prices", 200, Map.of("tea", 3.5, "cake", 4.25));
    site.json("/api/stock", 503, Map.of("message", "the stock database is down"));
    site.server.setExecutor(site.handlers);
    site.server.start();
    return site;
  }

  /// {@return the address of a path of this site}
  ///
  /// @param path the path, such as `/api/users`
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /// {@return the addresses of pages 1 to `count`} Any number is a page.
  ///
  /// @param count how many
  public List<URI> pages(int count) {
    return numbered("/page/", count);
  }

  /// {@return the address of a page that takes longer than the others}
  ///
  /// @param number its number
  /// @param millis how much longer
  public URI slowPage(int number, int millis) {
    return at("/page/" + number + "?" + millis);
  }

  /// {@return the addresses of files 1 to `count`} Any number is a file.
  ///
  /// @param count how many
  public List<URI> files(int count) {
    return numbered("/file/", count);
  }

  /// {@return what file `number` holds}
  ///
  /// @param number its number
  public static byte[] fileContent(int number) {
    byte[] content = new byte[FILE_BYTES];
    new Random(number).nextBytes(content);
    return content;
  }

  /// {@return how many requests have arrived and are not answered}
  int underWay() {
    return underWay.get();
  }

  @Override
  public void close() {
    server.stop(0);
    handlers.shutdownNow(); // also ends what is stuck
    handlers.close();
  }

  private List<URI> numbered(String path, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> at(path + n)).toList();
  }

  private void page(HttpExchange exchange) throws IOException, InterruptedException {
    String extraMillis = exchange.getRequestURI().getQuery();
    Slow.io(extraMillis == null ? 0 : Long.parseLong(extraMillis));
    int number = number(exchange);
    var html = new StringBuilder("<!doctype html><title>Page %d</title>".formatted(number));
    html.append(
        "<h1>Page %d</h1><p>Price: <b class=price>%d</b></p><ul>".formatted(number, number));
    for (URI link : pages(LINKS_PER_PAGE)) {
      html.append("<li><a href='%s'>%s</a>".formatted(link, link.getPath()));
    }
    answer(exchange, 200, "text/html", html.toString());
  }

  /// Sends a file in parts, as a line of limited speed would.
  private static void file(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] content = fileContent(number(exchange));
    exchange.sendResponseHeaders(200, content.length);
    int part = content.length / FILE_PARTS;
    for (int i = 0; i < FILE_PARTS; i++) {
      Slow.io(10);
      exchange.getResponseBody().write(content, i * part, part);
    }
  }

  private void json(String path, int status, Object document) {
    String text = new Gson().toJson(document);
    serve(path, exchange -> answer(exchange, status, "application/json", text));
  }

  private static int number(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private void serve(String path, Answer answer) {
    HttpHandler handler =
        exchange -> {
          underWay.incrementAndGet();
          try (exchange) {
            Slow.io(LATENCY_MILLIS);
            answer.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the site was closed");
          } finally {
            underWay.decrementAndGet();
          }
        };
    server.createContext(path, handler);
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }
}
