package dev.tandem.cluster.internal;

import com.hazelcast.cluster.Cluster;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The knowledge of a thread that it runs a task for a cluster executor: on which member, and for
/// which of its Hazelcast executors. A task that waits for another on the same threads could wait
/// for ever.
///
/// @param cluster what knows the member
/// @param executor the name of the Hazelcast executor
record Inside(Cluster cluster, String executor) {
  private static final ThreadLocal<@Nullable Inside> current = new ThreadLocal<>();

  /// {@return the number of the member} It gets another when it merges into another cluster, also
  /// while the task runs.
  UUID member() {
    return cluster.getLocalMember().getUuid();
  }

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
