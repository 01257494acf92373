package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One sending of an errand to one member.
final class Attempt {
  /*
   * A canceller sets `unwanted`, then reads `future`; the sender writes `future`, then reads
   * `unwanted`. Both are volatile: one of the two asks the member to stop it, or both do, which does
   * no harm.
   */
  final Errand errand;
  final MemberState member;

  /// Unique among those of this caller.
  final long number;

  private volatile @Nullable CompletableFuture<byte[]> future;
  private volatile boolean unwanted;

  Attempt(Errand errand, MemberState member, long number) {
    this.errand = errand;
    this.member = member;
    this.number = number;
  }

  /// Keeps what Hazelcast has returned.
  ///
  /// @return whether the member is to be asked to stop it
  boolean sent(CompletableFuture<byte[]> hazelcast) {
    future = hazelcast;
    return unwanted;
  }

  /// Notes that its outcome is not wanted any more.
  ///
  /// @return whether the member is to be asked to stop it
  boolean unwanted() {
    unwanted = true;
    return future != null;
  }

  boolean isUnwanted() {
    return unwanted;
  }

  boolean isAnswered() {
    CompletableFuture<byte[]> there = future;
    return there != null && there.isDone();
  }

  /// {@return what Hazelcast has returned, which is done}
  CompletableFuture<byte[]> answer() {
    return requireNonNull(future);
  }
}
