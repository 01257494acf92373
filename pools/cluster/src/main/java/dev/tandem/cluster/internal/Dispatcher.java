package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.cluster.ClusterMember;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.TaskTimer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sender of errands: each to a member with room, in the order of their submission; what finds
/// no room waits here.
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(ClusterExecutor.class);

  /*
   * One thread at a time sends (`wakeUps`): whoever has added an errand, or made room for one,
   * counts itself in; the thread that was first sends until it has served all who came meanwhile.
   * So a call back from inside of Hazelcast never begins a second, nested round.
   *
   * The lock guards what waits and what each member has. It is never held while Hazelcast, a
   * listener or an errand is called.
   * Nothing is sent to a member that has not answered a ping since it came, or lost something: `Ping`.
   */
  private final UUID caller;
  private final IExecutorService hazelcast;
  private final IExecutorService control;
  private final int maxInFlight;
  private final Object lock = new Object();
  private final Deque<Errand> waiting = new ArrayDeque<>(); // @GuardedBy("lock")
  private int dead; // decided ones that may be in `waiting`. @GuardedBy("lock")
  private final Map<UUID, MemberState> members = new LinkedHashMap<>(); // @GuardedBy("lock")
  private int inFlight; // @GuardedBy("lock")
  private long numbers; // of attempts. @GuardedBy("lock")
  private @Nullable String ended; // why nothing can be sent any more. @GuardedBy("lock")
  private final AtomicInteger wakeUps = new AtomicInteger();

  /// @param caller the number of the encoder that writes the messages
  Dispatcher(HazelcastInstance hazelcast, UUID caller, ClusterOptions options) {
    this.caller = caller;
    this.hazelcast = hazelcast.getExecutorService(options.hazelcastExecutor());
    this.control = hazelcast.getExecutorService(NodeOptions.CONTROL);
    this.maxInFlight = options.maxInFlight();
  }

  // ---- errands

  void add(Errand errand) {
    String reason;
    synchronized (lock) {
      reason = ended;
      if (reason == null) {
        waiting.add(errand);
      }
    }
    if (reason != null) {
      refuse(errand, reason);
    }
    send();
  }

  /// Adds an errand that was under way before all others.
  private void addAgain(Errand errand) {
    String reason;
    synchronized (lock) {
      reason = ended;
      if (reason == null) {
        waiting.addFirst(errand);
      }
    }
    if (reason != null) {
      refuse(errand, reason);
    }
  }

  private static void refuse(Errand errand, String reason) {
    if (errand.decideNow() == Errand.Before.WAITING) {
      errand.failed(new RejectedExecutionException(reason));
      errand.gone();
    }
  }

  /// Notes that an errand was decided while it waited.
  void decidedHere() {
    synchronized (lock) {
      if (++dead > 64 && dead > waiting.size() / 2) {
        waiting.removeIf(Errand::isDecided);
        dead = 0;
      }
    }
    send(); // the first that waits may need less room than the one that was cancelled
  }

  /// {@return those that wait, which are not sent any more}
  List<Errand> drain() {
    synchronized (lock) {
      List<Errand> all = new ArrayList<>(waiting);
      waiting.clear();
      dead = 0;
      return all;
    }
  }

  /// {@return those that are under way}
  List<Errand> underWay() {
    synchronized (lock) {
      List<Errand> all = new ArrayList<>(inFlight);
      members.values().forEach(m -> m.inFlight.forEach(attempt -> all.add(attempt.errand)));
      return all;
    }
  }

  // ---- sending

  private void send() {
    if (wakeUps.getAndIncrement() != 0) {
      return;
    }
    int served = 1;
    do {
      for (Attempt next; (next = nextAttempt()) != null; ) {
        send(next);
      }
      served = wakeUps.addAndGet(-served);
    } while (served != 0);
  }

  private @Nullable Attempt nextAttempt() {
    synchronized (lock) {
      while (inFlight < maxInFlight) {
        Errand head = waiting.peek();
        if (head == null) {
          return null;
        }
        MemberState member = head.isDecided() ? null : roomiest(head.mayWaitThere());
        if (member == null && !head.isDecided()) {
          return null;
        }
        waiting.poll();
        if (member != null) {
          Attempt attempt = new Attempt(head, member, ++numbers);
          if (head.assign(attempt)) {
            member.inFlight.add(attempt);
            inFlight++;
            return attempt;
          }
        }
      }
      return null;
    }
  }

  private @Nullable MemberState roomiest(boolean waits) {
    MemberState best = null;
    int most = 0;
    for (MemberState member : members.values()) {
      int room = member.room(waits);
      if (room > most) {
        most = room;
        best = member;
      }
    }
    return best;
  }

  /*
   * Hazelcast runs an operation for the local member on the thread that submits it, and loses it if
   * that thread is interrupted meanwhile: no answer ever comes. So there a thread submits that no
   * user can know; and elsewhere the flag is put aside.
   */
  private void send(Attempt attempt) {
    if (attempt.member.member.localMember()) {
      Thread.ofVirtual().name("tandem-cluster-send").start(() -> submit(attempt));
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      submit(attempt);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void submit(Attempt attempt) {
    if (attempt.isUnwanted()) {
      take(attempt, null, new CancellationException()); // which is decided already
      send();
      return;
    }
    CompletableFuture<byte[]> future;
    try {
      attempt.errand.begun(attempt);
      // of a member and of a client: what Hazelcast returns is one
      future =
          (CompletableFuture<byte[]>)
              hazelcast.submitToMember(
                  new RemoteCall(attempt.errand.request(attempt)), attempt.member.member);
    } catch (Throwable e) { // it was not sent
      take(attempt, null, e);
      send();
      return;
    }
    if (attempt.sent(future)) {
      askToStop(attempt);
    }
    // on the thread that brings the answer, which must not run code of users
    var _ =
        future.whenCompleteAsync(
            (_, _) -> {
              if (!attempt.errand.isHelped()) {
                handOver(attempt);
              }
            },
            Runnable::run);
  }

  /// Has the member interrupt what it runs for an attempt, or not begin it.
  void stop(Attempt attempt) {
    if (attempt.unwanted()) {
      askToStop(attempt);
    }
  }

  /// On a thread that no user can interrupt: see [#send(Attempt)].
  private void askToStop(Attempt attempt) {
    Thread.ofVirtual().name("tandem-cluster-stop").start(() -> submitStop(attempt));
  }

  private void submitStop(Attempt attempt) {
    try {
      var _ = control.submitToMember(new StopCall(caller, attempt.number), attempt.member.member);
    } catch (RuntimeException e) { // the member is gone, or the instance: what it had ends, too
      log.debug("A task on a member could not be stopped: {}", GuardedLog.text(e));
    }
  }

  // ---- the end of an attempt

  /// Has an answer taken by a thread of its own: to decode it may run code of users.
  void handOver(Attempt attempt) {
    Thread.ofVirtual().name("tandem-cluster-answer").start(() -> take(attempt));
  }

  /// Takes what has come back of an attempt, unless another thread does.
  void take(Attempt attempt) {
    byte[] reply = null;
    Throwable failure = null;
    try {
      reply = attempt.answer().join(); // done; unlike get, it looks at no interrupt
    } catch (Throwable e) { // as it is, or wrapped
      failure = e;
    }
    take(attempt, reply, failure);
    send();
  }

  private void take(Attempt attempt, byte @Nullable [] reply, @Nullable Throwable thrown) {
    Throwable failure = reply == null ? MemberFailure.unwrapped(thrown) : null;
    boolean draining = reply != null && Envelope.kind(reply) == Wire.DRAINING;
    boolean lost = failure != null && MemberFailure.isLoss(failure);
    boolean pings;
    synchronized (lock) {
      if (!attempt.member.inFlight.remove(attempt)) {
        return; // another thread does, or the member has left
      }
      inFlight--;
      attempt.member.draining |= draining;
      pings = lost && attempt.member.reached;
      attempt.member.reached = !lost;
    }
    if (pings) {
      pingLater(attempt.member);
    }
    Errand errand = attempt.errand;
    if (draining) {
      if (errand.takeBack(attempt)) {
        addAgain(errand);
        return;
      }
    } else if (lost) {
      if (lost(attempt, failure)) {
        return;
      }
    } else if (errand.decide(attempt)) {
      if (failure == null) {
        errand.answered(attempt, requireNonNull(reply));
      } else {
        errand.failed(MemberFailure.of(failure, attempt.member.address));
      }
    }
    errand.gone();
  }

  /// {@return whether the errand waits again}
  private boolean lost(Attempt attempt, @Nullable Throwable cause) {
    Errand errand = attempt.errand;
    if (errand.retry(attempt)) {
      addAgain(errand);
      return true;
    }
    if (errand.decide(attempt)) {
      errand.failed(MemberFailure.lost(attempt.member.address, cause));
    }
    return false;
  }

  // ---- members

  void joined(Member member, int slots) {
    MemberState state = new MemberState(member, slots);
    synchronized (lock) {
      if (members.putIfAbsent(member.getUuid(), state) != null) {
        return;
      }
    }
    ping(state);
  }

  private void ping(MemberState member) {
    synchronized (lock) {
      if (members.get(member.member.getUuid()) != member) {
        return; // it has left
      }
    }
    Ping.send(control, member.member, e -> pinged(member, e));
  }

  private void pinged(MemberState member, @Nullable Throwable e) {
    if (e != null && MemberFailure.isLoss(e)) {
      pingLater(member);
      return;
    }
    synchronized (lock) {
      member.reached = true; // if it cannot read even that, tasks tell why
    }
    send();
  }

  private void pingLater(MemberState member) {
    var _ = TaskTimer.after(Ping.PAUSE_NANOS, () -> ping(member));
  }

  /// Ends what a member had.
  ///
  /// @return the member as it was; null if it was not known
  @Nullable ClusterMember left(UUID member) {
    MemberState gone;
    List<Attempt> had;
    ClusterMember last;
    synchronized (lock) {
      gone = members.remove(member);
      if (gone == null) {
        return null;
      }
      last = gone.snapshot();
      had = gone.attempts();
      gone.inFlight.clear();
      inFlight -= had.size();
    }
    had.forEach(this::lostWithMember);
    send();
    return last;
  }

  private void lostWithMember(Attempt attempt) {
    if (!lost(attempt, null)) {
      attempt.errand.gone();
    }
  }

  List<ClusterMember> members() {
    synchronized (lock) {
      return members.values().stream().<ClusterMember>map(MemberState::snapshot).toList();
    }
  }

  /// {@return whether a member is one of this cluster's}
  boolean knows(UUID member) {
    synchronized (lock) {
      return members.containsKey(member);
    }
  }

  /// {@return how many tasks can run at the same time}
  int slots() {
    synchronized (lock) {
      return members.values().stream().filter(m -> !m.draining).mapToInt(m -> m.slots).sum();
    }
  }

  /// Fails all there is: nothing can be sent any more.
  void end(String reason) {
    List<Errand> all;
    List<UUID> gone;
    synchronized (lock) {
      ended = reason;
      all = drain();
      gone = List.copyOf(members.keySet());
    }
    all.forEach(errand -> refuse(errand, reason));
    gone.forEach(this::left);
  }
}
