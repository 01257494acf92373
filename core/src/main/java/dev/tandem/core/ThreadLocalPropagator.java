package dev.tandem.core;

import dev.tandem.core.internal.InheritedContext;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Carries one [ThreadLocal] and puts back what the task's thread had there.
///
/// @param <V> the type of the value
/// @param key finds the variable
record ThreadLocalPropagator<V extends @Nullable Object>(SerializableCallable<ThreadLocal<V>> key)
    implements ContextPropagator, InheritedContext.Sendable, Serializable {
  private static final String KIND = "ThreadLocal";

  @Override
  public boolean isSendable(Predicate<Callable<?>> canBeSent) {
    return InheritedContext.isSendable(ContextKeys.find(key, KIND).get(), canBeSent);
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

  /// Two are equal if they find the same key, whatever code finds it.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ThreadLocalPropagator<?> that
            && ContextKeys.find(key, KIND) == ContextKeys.find(that.key, KIND));
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(ContextKeys.find(key, KIND));
  }
}
