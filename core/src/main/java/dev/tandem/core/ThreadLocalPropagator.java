package dev.tandem.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Carries one [ThreadLocal] and puts back what the task's thread had there.
record ThreadLocalPropagator<V extends @Nullable Object>(SerializableCallable<ThreadLocal<V>> key)
    implements ContextPropagator {
  @Override
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
    ThreadLocal<V> found = ContextKeys.find(key, "ThreadLocal");
    V captured = found.get();
    return () -> {
      V previous = found.get();
      found.set(captured);
      try {
        return body.call();
      } finally {
        found.set(previous);
      }
    };
  }
}
