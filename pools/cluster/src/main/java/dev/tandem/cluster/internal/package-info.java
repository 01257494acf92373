/// The two sides of a cluster executor. The caller's:
/// [dev.tandem.cluster.internal.ClusterTaskExecutor] makes tasks and parts of maps, each an
/// [dev.tandem.cluster.internal.Errand] that the [dev.tandem.cluster.internal.Dispatcher] sends to
/// a member with room. The member's: [dev.tandem.cluster.internal.MemberHost] runs what a
/// [dev.tandem.cluster.internal.RemoteCall] brings. Between them travel bytes alone
/// ([dev.tandem.cluster.internal.Envelope]).
@NullMarked
package dev.tandem.cluster.internal;

import org.jspecify.annotations.NullMarked;
