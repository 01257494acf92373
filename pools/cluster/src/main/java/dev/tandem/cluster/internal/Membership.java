package dev.tandem.cluster.internal;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.cluster.ClusterMember;
import dev.tandem.cluster.ClusterMemberListener;
import dev.tandem.pools.internal.executor.Admission;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the membership. Hazelcast tells the first members and all later changes in order.
final class Membership implements InitialMembershipListener {
  /*
   * Of one change Hazelcast tells only half. When a split network is whole again, the members of one
   * side merge into the cluster of the other: each forgets all members, has another number from then
   * on, and is told of those that it finds there, but not of itself, and not that those that it had
   * are gone, which come again with other numbers. So after a merge this compares with the list.
   */
  private static final Logger log = LoggerFactory.getLogger(ClusterExecutor.class);

  private final HazelcastInstance hazelcast;
  private final ClusterOptions options;
  private final Dispatcher dispatcher;
  private final @Nullable Admission admission;
  private final Executor callbacks;

  /// @param admission the bounded queue, if there is one
  /// @param callbacks tells listeners
  Membership(
      HazelcastInstance hazelcast,
      ClusterOptions options,
      Dispatcher dispatcher,
      @Nullable Admission admission,
      Executor callbacks) {
    this.hazelcast = hazelcast;
    this.options = options;
    this.dispatcher = dispatcher;
    this.admission = admission;
    this.callbacks = callbacks;
  }

  @Override
  public void init(InitialMembershipEvent event) {
    // of these two sets of the same members, only the cluster's is in the order of their joining
    event.getCluster().getMembers().stream()
        .filter(event.getMembers()::contains)
        .forEach(this::joined);
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    joined(event.getMember());
  }

  /// Synchronized: that the member cannot be used is told later.
  private synchronized void joined(Member member) {
    int slots = slots(member);
    MemberState state = new MemberState(member, slots, this::unusable);
    ClusterMember first = state.snapshot();
    if (slots > 0 && dispatcher.joined(state)) {
      resizeQueue();
      tell(l -> l.joined(first));
    }
  }

  private synchronized void unusable(ClusterMember member) {
    log.warn(
        "Member {} gets no tasks: tandem-cluster is not on it (expected: on every member, or 0 as"
            + " its attribute {})",
        member.address(),
        NodeOptions.SLOTS);
    gone(member);
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    left(event.getMember().getUuid());
  }

  /// This JVM's member has merged into another cluster.
  void merged() {
    hazelcast.getCluster().getMembers().forEach(this::joined);
    // in this order: of those that are known, one that is not in a later list has left
    List<UUID> known = dispatcher.ids();
    Set<UUID> there =
        hazelcast.getCluster().getMembers().stream()
            .map(Member::getUuid)
            .collect(Collectors.toSet());
    known.stream().filter(id -> !there.contains(id)).forEach(this::left);
  }

  private void left(UUID member) {
    gone(dispatcher.left(member));
  }

  private void gone(@Nullable ClusterMember member) {
    resizeQueue();
    if (member != null) {
      tell(l -> l.left(member));
    }
  }

  /// Synchronized: the last thread that comes here sees the last number of slots.
  private synchronized void resizeQueue() {
    if (admission != null) {
      admission.resize(Math.min(dispatcher.slots(), options.maxInFlight()));
    }
  }

  private void tell(Consumer<ClusterMemberListener> event) {
    for (ClusterMemberListener listener : options.memberListeners()) {
      callbacks.execute(() -> event.accept(listener));
    }
  }

  private int slots(Member member) {
    String announced = member.getAttribute(NodeOptions.SLOTS);
    if (announced != null) {
      try {
        return Math.max(0, Integer.parseInt(announced));
      } catch (NumberFormatException _) {
        log.warn("Member {} announces \"{}\" slots (expected: a number)", member, announced);
      }
    }
    if (options.slots() > 0) {
      return options.slots();
    }
    if (hazelcast.getLocalEndpoint() instanceof Member) {
      var config = hazelcast.getConfig().findExecutorConfig(options.hazelcastExecutor());
      return config.getPoolSize();
    }
    return ExecutorConfig.DEFAULT_POOL_SIZE;
  }
}
