package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.ClusterMember;
import dev.tandem.core.internal.TaskTimer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The sender of errands: each to a member with room, in the order of their submission; what finds
/// no room waits here.
final class Dispatcher {
  /*
   * One thread at a time sends (`wakeUps`): a thread that has added an errand, or made room for one,
   * counts itself in; the first of them sends until it has served all that came meanwhile.
   * So a call back from inside of Hazelcast never begins a second, nested round.
   *
   * The lock guards what waits and what each member has. It is never held while Hazelcast, a
   * listener or an errand is called.
   * Nothing is sent to a member that has not answered a ping since it came, or lost something: `Ping`.
   * A member without Tandem would fail each task at once, and so always have the most room: it gets
   * tasks only while there was no other, so that they fail with the reason instead of waiting.
   */
  private final Transport transport;
  private final int maxInFlight;
  private final Object lock = new Object();
  private final Deque<Errand> waiting = new ArrayDeque<>(); // @GuardedBy("lock")
  private int dead; // decided ones that may be in `waiting`. @GuardedBy("lock")
  private final Map<UUID, MemberState> members = new LinkedHashMap<>(); // @GuardedBy("lock")
  private boolean worked; // a member with Tandem has answered. @GuardedBy("lock")
  private int inFlight; // @GuardedBy("lock")
  private long numbers; // of attempts. @GuardedBy("lock")
  private @Nullable String ended; // why nothing can be sent any more. @GuardedBy("lock")
  private final AtomicInteger wakeUps = new AtomicInteger();

  /// @param caller the number of the encoder that writes the messages
  Dispatcher(HazelcastInstance hazelcast, UUID caller, ClusterOptions options) {
    this.transport = new Transport(hazelcast, caller, options.hazelcastExecutor());
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

  /// Sends nothing any more.
  ///
  /// @param reason what an errand is refused with that would wait again from now on
  /// @return those that wait
  List<Errand> drain(String reason) {
    synchronized (lock) {
      ended = reason;
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
        try {
          transport.send(next, this);
        } catch (Throwable e) { // no memory for a thread; the others must go on
          notSent(next, e);
        }
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
    MemberState without = null;
    boolean others = worked;
    int most = 0;
    for (MemberState member : members.values()) {
      int room = member.room(waits);
      if (!member.runsTasks) {
        without = room > 0 ? member : without;
        continue;
      }
      others = true;
      if (room > most) {
        most = room;
        best = member;
      }
    }
    return others ? best : without;
  }

  /// Has the member interrupt what it runs for an attempt, or not begin it.
  void stop(Attempt attempt) {
    if (attempt.unwanted()) {
      transport.stop(attempt);
    }
  }

  // ---- the end of an attempt

  /// Takes an attempt that was not sent.
  void notSent(Attempt attempt, Throwable reason) {
    take(attempt, null, reason);
    send();
  }

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

  /// Adds a member.
  ///
  /// @return whether it was not known
  boolean joined(MemberState member) {
    synchronized (lock) {
      if (members.putIfAbsent(member.member.getUuid(), member) != null) {
        return false;
      }
    }
    ping(member);
    return true;
  }

  private void ping(MemberState member) {
    synchronized (lock) {
      if (members.get(member.member.getUuid()) != member) {
        return; // it has left
      }
    }
    transport.ping(member, e -> pinged(member, e));
  }

  private void pinged(MemberState member, @Nullable Throwable e) {
    if (e != null && MemberFailure.isLoss(e)) {
      pingLater(member);
      return;
    }
    boolean found = e != null && MemberFailure.missingClass(e) != null;
    ClusterMember as;
    synchronized (lock) {
      found &= member.runsTasks && members.containsValue(member); // else it was told before
      member.runsTasks &= !found;
      worked |= e == null;
      member.reached = true;
      as = member.snapshot();
    }
    if (found) {
      member.unusable.accept(as);
    }
    send();
  }

  private void pingLater(MemberState member) {
    var _ = TaskTimer.after(Ping.PAUSE_NANOS, () -> ping(member));
  }

  /// Ends what a member had.
  ///
  /// @return the member as it was; null if it was not known, or could not be used
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
    return gone.runsTasks ? last : null;
  }

  private void lostWithMember(Attempt attempt) {
    if (!lost(attempt, null)) {
      attempt.errand.gone();
    }
  }

  List<ClusterMember> members() {
    synchronized (lock) {
      return members.values().stream()
          .filter(m -> m.runsTasks)
          .<ClusterMember>map(MemberState::snapshot)
          .toList();
    }
  }

  /// {@return the numbers of all members, also of those without Tandem}
  List<UUID> ids() {
    synchronized (lock) {
      return List.copyOf(members.keySet());
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
      return members.values().stream()
          .filter(m -> m.runsTasks && !m.draining)
          .mapToInt(m -> m.slots)
          .sum();
    }
  }

  /// Fails all there is: nothing can be sent any more.
  void end(String reason) {
    List<Errand> all;
    List<UUID> gone;
    synchronized (lock) {
      all = drain(reason);
      gone = List.copyOf(members.keySet());
    }
    all.forEach(errand -> refuse(errand, reason));
    gone.forEach(this::left);
  }
}
