package dev.tandem.cluster.internal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The knowledge of a thread that it runs a task for a cluster executor: on which member, and for
/// which of its Hazelcast executors. A task that waits for another on the same threads could wait
/// for ever.
///
/// @param member the number of the member
/// @param executor the name of the Hazelcast executor
record Inside(UUID member, String executor) {
  private static final ThreadLocal<@Nullable Inside> current = new ThreadLocal<>();

  static @Nullable Inside current() {
    return current.get();
  }

  /// Marks the current thread, or takes the mark away.
  static void set(@Nullable Inside inside) {
    if (inside == null) {
      current.remove();
    } else {
      current.set(inside);
    }
  }
}
