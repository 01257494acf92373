package dev.tandem.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.Tandem;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ProcessPool;
import dev.tandem.queues.Channel;
import dev.tandem.structured.TaskScope;
import dev.tandem.testing.CapturedLog;
import io.micrometer.context.ContextRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** One trace from a request into the log line of a worker process. */
class TraceTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

  @Test
  void oneTraceGoesFromTheRequestIntoAWorkersLogLine() throws Exception {
    try (CapturedLog log = CapturedLog.ofAll();
        var provider = SdkTracerProvider.builder().build();
        var images = Tandem.newProcessPool(1);
        var requests = Tandem.newVirtualThreadExecutor()) {
      Tracer tracer = provider.get("images");
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(requests);
      server.createContext("/", exchange -> answer(exchange, tracer, images));
      server.start();
      try (var client = HttpClient.newHttpClient()) {
        var uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        var request = HttpRequest.newBuilder(uri).header("traceparent", PARENT).build();

        assertThat(client.send(request, BodyHandlers.ofString()).body())
            .as("the trace that two workers' tasks have seen")
            .isEqualTo(List.of(TRACE, TRACE).toString());
      } finally {
        server.stop(0);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(log.entries())
                  .filteredOn(line -> line.message().startsWith("resizing "))
                  .hasSize(2)
                  .allSatisfy(line -> assertThat(line.context()).containsEntry("trace", TRACE)));
    }
  }

  private static void answer(HttpExchange exchange, Tracer tracer, ProcessPool images)
      throws IOException {
    Context caller =
        W3CTraceContextPropagator.getInstance()
            .extract(Context.root(), exchange, new RequestHeaders());
    Span span = tracer.spanBuilder("thumbnails").setParent(caller).startSpan();
    String text;
    try (var _ = span.makeCurrent()) {
      MDC.put("trace", span.getSpanContext().getTraceId()); // for log lines
      text = thumbnails(List.of("a.jpg", "b.jpg"), images).toString();
    } catch (Exception e) {
      text = e.toString();
    } finally {
      MDC.remove("trace");
      span.end();
    }
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  // @start region="one-trace"
  static List<String> thumbnails(List<String> names, ProcessPool images) throws Exception {
    try (var scope =
        TaskScope.open(
            cf -> // said once, for all that follows
            cf.withContext(ContextPropagator.mdc(), OpenTelemetryContext.INSTANCE))) {
      Channel<String> found = Tandem.newChannel(10);
      scope.fork(found.producer(out -> out.putAll(names)));
      List<String> traces = images.map(found, name -> resize(name)).toList();
      scope.join();
      return traces;
    }
  }

  static String resize(String name) { // in a worker process
    System.out.println("resizing " + name);
    return Span.current().getSpanContext().getTraceId();
  } // @end

  @Test
  void whatIsRegisteredWithMicrometerReachesThreadsAndTheMdcProcesses() throws Exception {
    ContextRegistry registry = ContextRegistry.getInstance();
    registry.registerThreadLocalAccessor("tenant", TENANT);
    try (TaskExecutor threads = Tandem.newThreadPool(2);
        ProcessPool processes = Tandem.newProcessPool(1)) {
      TENANT.set("acme");
      MDC.put("trace", TRACE);
      // @start region="micrometer"
      try (var scope =
          TaskScope.<String>open(
              cf -> cf.withContext(ContextPropagator.mdc(), MicrometerContext.INSTANCE))) {
        var here = scope.fork(() -> threads.submit(() -> TENANT.get()).get());
        var there = scope.forkOn(processes, () -> TENANT.get() + " " + MDC.get("trace"));
        scope.join();
        assertThat(here.get()).isEqualTo("acme");
        assertThat(there.get()).isEqualTo("null " + TRACE); // a snapshot cannot be sent
      }
      // @end
    } finally {
      registry.removeThreadLocalAccessor("tenant");
      TENANT.remove();
      MDC.remove("trace");
    }
  }

  private static final class RequestHeaders implements TextMapGetter<HttpExchange> {
    @Override
    public Iterable<String> keys(HttpExchange exchange) {
      return exchange.getRequestHeaders().keySet();
    }

    @Override
    public @Nullable String get(@Nullable HttpExchange exchange, String key) {
      return exchange == null ? null : exchange.getRequestHeaders().getFirst(key);
    }
  }
}
