package dev.tandem.cluster;

import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.internal.ClusterOptions;
import dev.tandem.cluster.internal.ClusterTaskExecutor;
import dev.tandem.core.ExecutorConfig;
import dev.tandem.core.TaskExecutor;
import java.util.List;
import java.util.function.UnaryOperator;

/// A [TaskExecutor] whose tasks run on the members of a Hazelcast cluster.
///
/// {@snippet file="ClusterSnippetsTest.java" region="map"}
///
/// **What can be sent** is what a [ProcessPool][dev.tandem.pools.ProcessPool] can send, under the
/// same rules; a body that cannot be sent fails its own future at once. Tasks and results travel as
/// bytes of Tandem's own, and each side decodes only classes that its filter accepts. No code
/// travels: each member needs the application's jars; without them a task fails with a
/// [ClassUnavailableException]. A member without `tandem-cluster` gets no tasks where there is
/// another.
///
/// **Where a task runs.** Tandem chooses a member with a free slot, the one with the most room. A
/// member has as many slots as it announces ([ClusterNode]: one per processor), else as many as its
/// Hazelcast executor has threads. What finds no room waits here, in the order of submission, so a
/// member that joins gets its share of it. A task counts as started when it is sent.
///
/// **At most once.** A task whose member is lost fails with a [MemberLostException]: whether it has
/// run is unknown. [Task#withRetries][dev.tandem.core.Task#withRetries(int)] and
/// [Config#withRetries(int)] send it to another member instead, so it may run more than once.
/// Exactly once is never promised.
///
/// **Cancellation and timeouts** interrupt the thread on the member, which a body may ignore. A
/// cancelled future is done at once; that of a task which has timed out when the body has ended, or
/// when the grace period is over. A timeout counts from the start of the body on its member.
/// [TaskListener#ended][dev.tandem.core.TaskListener#ended(dev.tandem.core.TaskInfo)] tells when no
/// member has the task any more. On a member that runs tasks in processes (`--processes`) the
/// process is killed.
///
/// **Waiting inside.** A task on a member that waits for another task of a cluster executor on the
/// same members could wait for ever, and is refused with an [IllegalStateException].
///
/// **The end.** `close()` ends this executor, never the cluster or its Hazelcast executor. As on
/// threads it waits for all that members still run, unless [ExecutorConfig#withCloseTimeout] bounds
/// it; what ignores an interrupt then runs on, on its member.
///
/// **Trust.** Hazelcast's free edition has neither TLS nor authentication: each program that
/// reaches a member's port can run code on it. Use it in a trusted network, over a VPN or a mesh
/// only.
///
/// Thread-safe. Submitting blocks only with a bounded queue ([ExecutorConfig#withQueue]).
public sealed interface ClusterExecutor extends TaskExecutor permits ClusterTaskExecutor {
  /// {@return an executor over the members of a cluster}
  ///
  /// @param hazelcast a member or a client, which stays the caller's to shut down
  /// @throws NullPointerException if `hazelcast` is null
  /// @throws com.hazelcast.core.HazelcastInstanceNotActiveException if it was shut down
  static ClusterExecutor on(HazelcastInstance hazelcast) {
    return on(hazelcast, cf -> cf);
  }

  /// {@return an executor over the members of a cluster}
  ///
  /// @param hazelcast a member or a client, which stays the caller's to shut down
  /// @param cf changes the configuration
  /// @throws NullPointerException if `hazelcast` or `cf` is null, or `cf` returns null
  /// @throws com.hazelcast.core.HazelcastInstanceNotActiveException if it was shut down
  static ClusterExecutor on(HazelcastInstance hazelcast, UnaryOperator<Config> cf) {
    return ClusterTaskExecutor.on(hazelcast, cf);
  }

  /// {@return an executor over a cluster of which this JVM becomes a member} Closing the executor
  /// shuts the member down, and waits for that.
  ///
  /// @param hazelcast changes the configuration of the member, which begins as
  ///   [ClusterNode#config()]
  /// @param cf changes the configuration of the executor
  /// @throws NullPointerException if an argument is null, or returns null
  static ClusterExecutor embedded(
      UnaryOperator<com.hazelcast.config.Config> hazelcast, UnaryOperator<Config> cf) {
    return ClusterTaskExecutor.embedded(hazelcast, cf);
  }

  /// {@return the members that can be used now, in the order in which they joined}
  List<ClusterMember> members();

  /// The configuration of a cluster executor. Immutable; each method returns a changed copy.
  sealed interface Config extends ExecutorConfig<Config> permits ClusterOptions {
    /// {@return a copy that uses this executor of Hazelcast's on the members} `dev.tandem` unless
    /// set. A member's configuration of that name says how many threads it has.
    ///
    /// @param name the name
    /// @throws NullPointerException if `name` is null
    /// @throws IllegalArgumentException if `name` is blank
    Config withHazelcastExecutor(String name);

    /// {@return a copy with this number of slots for each member that announces none} Unless set,
    /// as many as threads are configured for the Hazelcast executor where this JVM is a member, and
    /// Hazelcast's default of 16 where it is a client.
    ///
    /// @param slots the number; from 1 to 2<sup>16</sup>
    /// @throws IllegalArgumentException if `slots` is out of range
    Config withSlots(int slots);

    /// {@return a copy with this limit on what was sent and is not answered, over all members}
    /// 4,096 unless set. What is beyond it waits here.
    ///
    /// @param messages the limit on tasks and parts of maps; from 1 to 2<sup>20</sup>
    /// @throws IllegalArgumentException if `messages` is out of range
    Config withMaxInFlight(int messages);

    /// {@return a copy that sends a task, or a part of a map, again when its member is lost} It may
    /// then run more than once. 0 unless set; a task with [retries of its
    /// own][dev.tandem.core.Task#withRetries(int)], 0 included, uses those.
    ///
    /// @param retries how often at most; 0 or more
    /// @throws IllegalArgumentException if `retries` is negative
    Config withRetries(int retries);

    /// {@return a copy that also accepts these classes, in results here}
    ///
    /// @param pattern a class (`org.acme.Point`), a package (`org.acme.*`), or a package with all
    ///   below it (`org.acme.**`)
    /// @throws NullPointerException if `pattern` is null
    /// @throws IllegalArgumentException if it is none of these
    Config withAllowed(String pattern);

    /// {@return a copy that tells this listener of members, beside those set before}
    ///
    /// @param listener the listener
    /// @throws NullPointerException if `listener` is null
    Config withMemberListener(ClusterMemberListener listener);
  }
}
