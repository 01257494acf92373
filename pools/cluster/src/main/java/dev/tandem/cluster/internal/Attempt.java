package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.internal.GuardedLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One sending of an errand to one member.
final class Attempt {
  /*
   * A canceller decides the errand, then reads `future`; the sender writes `future`, then looks
   * whether the errand is still this attempt's. All are volatile: one of the two cancels it there,
   * or both do, which does no harm.
   */
  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  final Errand errand;
  final MemberState member;
  private volatile @Nullable CompletableFuture<byte[]> future;

  Attempt(Errand errand, MemberState member) {
    this.errand = errand;
    this.member = member;
  }

  /// Keeps what Hazelcast has returned.
  void sent(CompletableFuture<byte[]> hazelcast) {
    future = hazelcast;
    if (errand.attempt() != this) {
      cancel();
    }
  }

  boolean isAnswered() {
    CompletableFuture<byte[]> there = future;
    return there != null && there.isDone();
  }

  /// {@return what Hazelcast has returned, which is done}
  CompletableFuture<byte[]> answer() {
    return requireNonNull(future);
  }

  /// Interrupts the thread on the member, if the attempt was sent.
  void cancel() {
    Future<?> there = future;
    if (there != null && !there.isDone()) {
      // Hazelcast waits for the member's answer
      Thread.ofVirtual().name("tandem-cluster-cancel").start(() -> cancel(there));
    }
  }

  private static void cancel(Future<?> there) {
    try {
      there.cancel(true);
    } catch (RuntimeException e) { // the member is gone, or the instance
      log.debug("A task on a member could not be cancelled: {}", GuardedLog.text(e));
    }
  }
}
