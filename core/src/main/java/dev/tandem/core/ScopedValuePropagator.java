package dev.tandem.core;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Carries one [ScopedValue]. Scoped values bind only around a call, which is why propagators wrap.
record ScopedValuePropagator<V extends @Nullable Object>(SerializableCallable<ScopedValue<V>> key)
    implements ContextPropagator {
  @Override
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
    ScopedValue<V> found = ContextKeys.find(key, "ScopedValue");
    if (!found.isBound()) {
      return body;
    }
    V value = found.get();
    return () -> ScopedValue.where(found, value).call(body::call);
  }
}
