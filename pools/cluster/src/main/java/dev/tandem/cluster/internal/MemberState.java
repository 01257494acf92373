package dev.tandem.cluster.internal;

import com.hazelcast.cluster.Member;
import dev.tandem.cluster.ClusterMember;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A member as the dispatcher knows it. @GuardedBy the dispatcher's lock.
final class MemberState {
  final Member member;
  final String address;
  final int slots;
  final Set<Attempt> inFlight = new LinkedHashSet<>();
  boolean draining;
  boolean reached; // it has answered, and lost nothing since
  boolean runsTasks = true; // unless it was found to lack Tandem
  final Consumer<ClusterMember> unusable; // told when that is found

  MemberState(Member member, int slots, Consumer<ClusterMember> unusable) {
    this.member = member;
    this.unusable = unusable;
    this.address = member.getAddress().getHost() + ":" + member.getAddress().getPort();
    this.slots = slots;
  }

  /// {@return how many more messages it can have; 0 or less if none}
  ///
  /// @param waits whether the message may wait there: then as many may as run, so that the member
  ///   is not idle while an answer and the next message are on their way
  int room(boolean waits) {
    return draining || !reached ? 0 : (waits ? 2 * slots : slots) - inFlight.size();
  }

  List<Attempt> attempts() {
    return List.copyOf(inFlight);
  }

  MemberSnapshot snapshot() {
    return new MemberSnapshot(member.getUuid(), address, slots, inFlight.size(), draining);
  }
}
