package dev.tandem.core;

import dev.tandem.core.internal.InheritedContext;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Carries one [ThreadLocal] and puts back what the task's thread had there.
///
/// @param <V> the type of the value
/// @param key finds the variable
record ThreadLocalPropagator<V extends @Nullable Object>(SerializableCallable<ThreadLocal<V>> key)
    implements ContextPropagator, InheritedContext.Sendable, Serializable {
  private static final String KIND = "ThreadLocal";

  @Override
  public boolean isSendable() {
    V value = ContextKeys.find(key, KIND).get();
    return value == null || value instanceof Serializable;
  }

  @Override
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
    ThreadLocal<V> found = ContextKeys.find(key, KIND);
    V captured = found.get();
    SerializableCallable<ThreadLocal<V>> there = key; // in a worker, the key finds another object
    return (SerializableCallable<T>)
        () -> {
          ThreadLocal<V> variable = ContextKeys.find(there, KIND);
          V previous = variable.get();
          variable.set(captured);
          try {
            return body.call();
          } finally {
            variable.set(previous);
          }
        };
  }
}
