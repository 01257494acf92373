package dev.tandem.core;

import dev.tandem.core.internal.InheritedContext;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Carries one [ScopedValue]. Scoped values bind only around a call, which is why propagators wrap.
///
/// @param <V> the type of the value
/// @param key finds the scoped value
record ScopedValuePropagator<V extends @Nullable Object>(SerializableCallable<ScopedValue<V>> key)
    implements ContextPropagator, InheritedContext.Sendable, Serializable {
  private static final String KIND = "ScopedValue";

  @Override
  public boolean isSendable() {
    ScopedValue<V> found = ContextKeys.find(key, KIND);
    return !found.isBound() || found.get() == null || found.get() instanceof Serializable;
  }

  @Override
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
    ScopedValue<V> found = ContextKeys.find(key, KIND);
    if (!found.isBound()) {
      return body;
    }
    V value = found.get();
    SerializableCallable<ScopedValue<V>> there = key; // in a worker, the key finds another object
    return (SerializableCallable<T>)
        () -> ScopedValue.where(ContextKeys.find(there, KIND), value).call(body::call);
  }
}
