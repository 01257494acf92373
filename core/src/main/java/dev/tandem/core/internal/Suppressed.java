package dev.tandem.core.internal;

import org.jspecify.annotations.Nullable;

/// Hangs later failures on the wrapper of the first. Never on the first itself: it is the task's
/// own, may be shared, may be thrown twice, and may be the very same object as a later one.
public final class Suppressed {
  private Suppressed() {}

  /// Hangs a failure on a wrapper, unless it is there already as the wrapper itself or its cause.
  public static void add(Throwable wrapper, @Nullable Throwable later) {
    if (later != null && later != wrapper && later != wrapper.getCause()) {
      wrapper.addSuppressed(later);
    }
  }
}
