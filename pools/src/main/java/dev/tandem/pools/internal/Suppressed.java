package dev.tandem.pools.internal;

import org.jspecify.annotations.Nullable;

/// Hangs later failures on the wrapper of the first. Never on the first itself: it is the task's
/// own, may be shared, may be thrown twice, and may be the very same object as a later one.
final class Suppressed {
  private Suppressed() {}

  static void add(Throwable wrapper, @Nullable Throwable later) {
    if (later != null && later != wrapper && later != wrapper.getCause()) {
      wrapper.addSuppressed(later);
    }
  }
}
