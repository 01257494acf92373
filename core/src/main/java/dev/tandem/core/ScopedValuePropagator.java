package dev.tandem.core;

import dev.tandem.core.internal.InheritedContext;
import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Carries one [ScopedValue]. Scoped values bind only around a call, which is why propagators wrap.
///
/// @param <V> the type of the value
/// @param key finds the scoped value
record ScopedValuePropagator<V extends @Nullable Object>(SerializableCallable<ScopedValue<V>> key)
    implements ContextPropagator, InheritedContext.Sendable, Serializable {
  private static final String KIND = "ScopedValue";

  @Override
  public boolean isSendable(Predicate<Callable<?>> canBeSent) {
    ScopedValue<V> found = ContextKeys.find(key, KIND);
    return !found.isBound() || InheritedContext.isSendable(found.get(), canBeSent);
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

  /// Two are equal if they find the same key, whatever code finds it.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ScopedValuePropagator<?> that
            && ContextKeys.find(key, KIND) == ContextKeys.find(that.key, KIND));
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(ContextKeys.find(key, KIND));
  }
}
