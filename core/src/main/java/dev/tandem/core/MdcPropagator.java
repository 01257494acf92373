package dev.tandem.core;

import dev.tandem.core.internal.CarriedContext;
import dev.tandem.core.internal.InheritedContext;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Carries SLF4J's MDC. An empty context is carried too: a task must not see what an earlier one
/// left on its thread.
enum MdcPropagator implements ContextPropagator, InheritedContext.Sendable {
  INSTANCE;

  @Override
  public boolean isSendable(Predicate<Callable<?>> canBeSent) {
    return true; // strings
  }

  @Override
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
    Map<String, String> captured = MDC.getCopyOfContextMap();
    return (SerializableCallable<T>)
        () -> {
          Map<String, String> previous = MDC.getCopyOfContextMap();
          set(captured);
          try {
            return body.call();
          } finally {
            set(previous);
          }
        };
  }

  private static void set(@Nullable Map<String, String> context) {
    CarriedContext.changed(context);
    if (context == null || context.isEmpty()) {
      MDC.clear();
    } else {
      MDC.setContextMap(context);
    }
  }
}
