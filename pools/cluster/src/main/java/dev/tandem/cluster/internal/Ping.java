package dev.tandem.cluster.internal;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.IExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The question whether a member can be reached.
final class Ping {
  /*
   * A connection breaks before the cluster agrees that its member is gone. Meanwhile that member has
   * room, for all it lost, and would lose what is sent to it: each retry of a task, and one task
   * that waits after the other. And a client knows a member that joins before all those do that
   * forward its messages. A ping that is lost costs nothing.
   */

  /// How long after a loss a member is asked again.
  static final long PAUSE_NANOS = 500_000_000;

  /// On no thread of Hazelcast's, which may not send, and of no caller, which may be interrupted.
  private static final Executor APART =
      step -> Thread.ofVirtual().name("tandem-cluster-ping").start(step);

  private Ping() {}

  /// Asks a member.
  ///
  /// @param then gets null when the member has answered, and else why it has not
  static void send(
      IExecutorService control, Member member, Consumer<? super @Nullable Throwable> then) {
    APART.execute(() -> {
      CompletableFuture<?> answer;
      try {
        answer = (CompletableFuture<?>) control.submitToMember(new PingCall(), member);
      } catch (RuntimeException e) {
        answer = CompletableFuture.failedFuture(e);
      }
      var _ =
          answer.whenCompleteAsync(
              (_, e) -> then.accept(e == null ? null : MemberFailure.unwrapped(e)), APART);
    });
  }
}
