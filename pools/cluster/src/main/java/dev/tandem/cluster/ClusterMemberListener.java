package dev.tandem.cluster;

/// A listener for the members that a [ClusterExecutor] can use. It is told one event after the
/// other, on a thread of Tandem's; what it throws is logged.
public interface ClusterMemberListener {
  /// A member can be used from now on.
  ///
  /// @param member the member
  default void joined(ClusterMember member) {}

  /// A member is gone, or was found to lack `tandem-cluster`; the tasks that it had were told
  /// before, or are being told.
  ///
  /// @param member the member as it was last
  default void left(ClusterMember member) {}
}
