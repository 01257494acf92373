package dev.tandem.cluster;

import dev.tandem.cluster.internal.MemberSnapshot;
import java.util.UUID;

/// A member of the cluster as a [ClusterExecutor] saw it at some moment. Immutable.
public sealed interface ClusterMember permits MemberSnapshot {
  /// {@return the number that Hazelcast knows it by}
  UUID id();

  /// {@return its address, as `host:port`}
  String address();

  /// {@return how many tasks it runs at the same time, as it has announced}
  int slots();

  /// {@return how many tasks and parts of maps of this executor it has}
  int inFlight();

  /// {@return whether it takes no more tasks, because it is about to leave}
  boolean draining();
}
