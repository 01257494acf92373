package dev.tandem.cluster.internal;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.core.internal.GuardedLog;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a caller sends through Hazelcast: attempts, requests to stop them, pings.
final class Transport {
  private static final Logger log = LoggerFactory.getLogger(ClusterExecutor.class);

  private final UUID caller;
  private final IExecutorService tasks;
  private final IExecutorService control;

  /// @param caller the number of the encoder that writes the messages
  /// @param executor the name of Hazelcast's executor that runs the tasks
  Transport(HazelcastInstance hazelcast, UUID caller, String executor) {
    this.caller = caller;
    this.tasks = hazelcast.getExecutorService(executor);
    this.control = hazelcast.getExecutorService(NodeOptions.CONTROL);
  }

  /*
   * Hazelcast runs an operation for the local member on the thread that submits it, and loses it if
   * that thread is interrupted meanwhile: no answer ever comes. So there a thread submits that no
   * user can know; and elsewhere the flag is put aside.
   */
  void send(Attempt attempt, Dispatcher dispatcher) {
    if (attempt.member.member.localMember()) {
      Thread.ofVirtual().name("tandem-cluster-send").start(() -> submit(attempt, dispatcher));
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      submit(attempt, dispatcher);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void submit(Attempt attempt, Dispatcher dispatcher) {
    if (attempt.isUnwanted()) {
      dispatcher.notSent(attempt, new CancellationException()); // which is decided already
      return;
    }
    CompletableFuture<byte[]> future;
    try {
      attempt.errand.begun(attempt);
      // of a member and of a client: what Hazelcast returns is one
      future =
          (CompletableFuture<byte[]>)
              tasks.submitToMember(
                  new RemoteCall(attempt.errand.request(attempt)), attempt.member.member);
    } catch (Throwable e) { // it was not sent
      dispatcher.notSent(attempt, e);
      return;
    }
    if (attempt.sent(future)) {
      stop(attempt);
    }
    // on the thread that brings the answer, which must not run code of users
    var _ =
        future.whenCompleteAsync(
            (_, _) -> {
              if (!attempt.errand.isHelped()) {
                dispatcher.handOver(attempt);
              }
            },
            Runnable::run);
  }

  /// Asks the member to stop an attempt. On a thread that no user can interrupt: see [#send].
  void stop(Attempt attempt) {
    Thread.ofVirtual().name("tandem-cluster-stop").start(() -> submitStop(attempt));
  }

  private void submitStop(Attempt attempt) {
    try {
      var _ = control.submitToMember(new StopCall(caller, attempt.number), attempt.member.member);
    } catch (RuntimeException e) { // the member is gone, or the instance: what it had ends, too
      log.debug("A task on a member could not be stopped: {}", GuardedLog.text(e));
    }
  }

  /// Asks a member whether it can be reached.
  ///
  /// @param then gets null when the member has answered, and else why it has not
  void ping(MemberState member, Consumer<? super @Nullable Throwable> then) {
    Ping.send(control, member.member, then);
  }
}
