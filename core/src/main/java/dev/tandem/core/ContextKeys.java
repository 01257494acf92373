package dev.tandem.core;

import static java.util.Objects.requireNonNull;

/// Finds the key of a propagator.
final class ContextKeys {
  private ContextKeys() {}

  static <K> K find(SerializableCallable<K> key, String kind) {
    try {
      return requireNonNull(key.call(), () -> "key: gave null (expected: a " + kind + ")");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("key: could not find the " + kind + ": " + e, e);
    }
  }
}
