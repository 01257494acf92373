package dev.tandem.examples;

import dev.tandem.core.ContextPropagator;
import dev.tandem.core.SerializableCallable;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

// @start region="adapter"
/** Carries OpenTelemetry's context: whole to threads, and as a trace id and a span id elsewhere. */
enum OpenTelemetryContext implements ContextPropagator {
  INSTANCE;

  @Override
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
    return new InContext<>(Context.current(), body);
  }

  /** Only the headers are sent to a worker process. */
  private static final class InContext<T extends @Nullable Object>
      implements SerializableCallable<T> {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Context here;
    private final Map<String, String> headers = new HashMap<>();
    private final Callable<T> body;

    InContext(Context here, Callable<T> body) {
      this.here = here;
      this.body = body;
      format().inject(here, headers, Map::put);
    }

    private static TextMapPropagator format() {
      return W3CTraceContextPropagator.getInstance();
    }

    @Override
    public T call() throws Exception {
      Context context =
          here != null ? here : format().extract(Context.root(), headers, Headers.INSTANCE);
      return context.wrap(body).call();
    }
  }

  private enum Headers implements TextMapGetter<Map<String, String>> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String key) {
      return headers == null ? null : headers.get(key);
    }
  }
} // @end
