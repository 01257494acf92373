package dev.tandem.cluster.internal;

import dev.tandem.cluster.ClusterMember;
import java.util.UUID;

/// The values of a [ClusterMember].
public record MemberSnapshot(UUID id, String address, int slots, int inFlight, boolean draining)
    implements ClusterMember {}
