package dev.tandem.cluster.internal;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// An errand under way on the only member of a cluster. It counts what it is told.
final class StressErrand extends Errand {
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  private final Dispatcher dispatcher =
      new Dispatcher(StressCluster.HAZELCAST, new UUID(3, 3), ClusterOptions.of(cf -> cf));
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger outcomes = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();

  StressErrand(int retries) {
    super(retries);
    dispatcher.joined(new MemberState(StressCluster.member(FIRST), 1, _ -> {}));
    dispatcher.add(this);
    var _ = StressCluster.sent(this);
  }

  // ---- the actors

  /// The reply has come, and a thread takes it.
  void answer() {
    Attempt attempt = last();
    attempt.answer().complete(Reply.of(Wire.OUTCOME));
    dispatcher.take(attempt);
  }

  /// The member has left.
  void lose() {
    dispatcher.left(StressCluster.member(FIRST).getUuid());
  }

  /// Does what `ClusterRun.cancel` does.
  void cancel() {
    Before before = decideNow();
    if (before == Before.DECIDED) {
      return;
    }
    outcomes.incrementAndGet();
    if (before == Before.WAITING) {
      gone();
      dispatcher.decidedHere();
    }
  }

  // ---- afterwards

  /// Lets another member come, and answer what it is sent.
  ///
  /// @return how often it was sent, how many outcomes it had, how often it was gone
  String told() {
    if (!isDecided()) { // it waits
      dispatcher.joined(new MemberState(StressCluster.member(SECOND), 1, _ -> {}));
      while (attempt() == null) {
        Thread.yield();
      }
      var _ = StressCluster.sent(this);
      answer();
    }
    return "%d, %d, %d".formatted(sent.get(), outcomes.get(), gone.get());
  }

  // ---- what the dispatcher tells

  @Override
  byte[] request(Attempt attempt) {
    return new byte[0];
  }

  @Override
  boolean mayWaitThere() {
    return false;
  }

  @Override
  void begun(Attempt attempt) {
    sent.incrementAndGet();
  }

  /// So an answer is taken by the actor only.
  @Override
  boolean isHelped() {
    return true;
  }

  @Override
  void answered(Attempt attempt, byte[] reply) {
    outcomes.incrementAndGet();
  }

  @Override
  void failed(Throwable failure) {
    outcomes.incrementAndGet();
  }

  @Override
  void gone() {
    gone.incrementAndGet();
  }
}
