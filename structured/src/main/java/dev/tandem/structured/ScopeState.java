package dev.tandem.structured;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What the threads of a scope agree on: how many subtasks there are, how many have not completed,
/// whether it was cancelled, whether its deadline has passed, whether the owner waits.
///
/// Every race here is between two parties of which each writes one field and then reads the
/// other's. All of them are volatile, so at least one sees the other:
///
/// - *completing against joining*: a subtask counts itself out, then reads `waiting`; the owner
///   writes `waiting`, then reads `counts`, then parks. No wake-up is lost.
/// - *cancelling against joining*: the same with `cancellation` in place of `counts`.
/// - *forking against cancelling*: see [ScopeForks#fork]. The subtask is added, then `cancellation`
///   is read; the canceller writes that, then walks the subtasks.
/// - *forking against the deadline*: a fork counts itself in, then reads `expiredBy`; the timer
///   writes `expiredBy`, then reads `counts`. Work that had completed is not cut off, work that had
///   not is.
/// - *forking against closing*: the same with `closing`. Only a thread whose subtask has completed
///   can be late for that, when its factory runs more after the body; what it forks never runs.
///
/// Only the owner waits, so an owner that leaves (interrupted, or for a look around) cannot use up
/// the wake-up of another thread. A waker that is late may take back the `waiting` of the owner's
/// next wait; it unparks the owner after that, which then looks again and writes `waiting` again.
final class ScopeState {
  private static final long FORK = (1L << 32) + 1; // one more in all, one more unfinished

  /// A platform thread spins for some microseconds before it parks: being woken takes it longer
  /// than that.
  private static final int SPINS = 1_000;

  /// A round that ends only when the wait does.
  static final long FOREVER = Long.MAX_VALUE;

  private static final VarHandle COUNTS;
  private static final VarHandle CANCELLATION;
  private static final VarHandle WAITING;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      COUNTS = lookup.findVarHandle(ScopeState.class, "counts", long.class);
      WAITING = lookup.findVarHandle(ScopeState.class, "waiting", boolean.class);
      CANCELLATION = lookup.findVarHandle(ScopeState.class, "cancellation", CancelReason.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Thread owner;

  /// All that were forked (upper half; wraps around) and the unfinished (lower half).
  private volatile long counts;

  private volatile boolean cutOff;
  private volatile @Nullable CancelReason cancellation;
  private volatile @Nullable ScopeNode expiredBy;
  private volatile @Nullable CancelReason outside;
  private volatile boolean joined;
  private volatile boolean closing;
  private volatile boolean waiting;

  /// The number of unfinished subtasks that the owner waits for. Written before `waiting`.
  private int awaited;

  ScopeState(Thread owner) {
    this.owner = owner;
  }

  /// Counts a subtask in.
  ///
  /// @return its number, from 1
  int fork() {
    return (int) ((long) COUNTS.getAndAdd(this, FORK) >>> 32) + 1;
  }

  /// Counts a subtask out: it has completed, or it never will.
  void finished() {
    int left = (int) ((long) COUNTS.getAndAdd(this, -1L)) - 1;
    if (waiting && (left <= awaited || cancellation != null)) {
      wake();
    }
  }

  int forked() {
    return (int) (counts >>> 32);
  }

  int unfinished() {
    return (int) counts;
  }

  /// Says that a subtask is about to be cancelled before it completed. Said before it is done, so
  /// that whoever sees it done sees this; if the subtask completes at this very moment it was said
  /// in vain, which only means that the cancellation came first.
  void cutOff() {
    cutOff = true;
  }

  boolean hasCutOff() {
    return cutOff;
  }

  /// Sets the reason for cancelling, if there is none yet.
  boolean cancel(CancelReason reason) {
    return cancellation == null && CANCELLATION.compareAndSet(this, null, reason);
  }

  @Nullable CancelReason cancellation() {
    return cancellation;
  }

  /// Says that a deadline has passed.
  ///
  /// @param origin the scope whose deadline it was
  /// @return whether there is unfinished work
  boolean expire(ScopeNode origin) {
    expiredBy = origin;
    return unfinished() > 0;
  }

  /// The scope whose deadline has passed; null if none has.
  @Nullable ScopeNode expiredBy() {
    return expiredBy;
  }

  /// Says that a scope around this one was cancelled, whatever happened here before.
  void cancelledOutside(CancelReason around) {
    outside = around;
  }

  /// How a scope around this one was cancelled; null if none was.
  @Nullable CancelReason outside() {
    return outside;
  }

  /// Says that the owner has joined.
  void joined() {
    joined = true;
  }

  boolean isJoined() {
    return joined;
  }

  /// Says that the owner leaves.
  ///
  /// @return whether there is unfinished work
  boolean close() {
    closing = true;
    return unfinished() > 0;
  }

  boolean isClosing() {
    return closing;
  }

  /// Wakes the owner, if it waits; once for many who do it at the same time.
  void wake() {
    if (waiting && (boolean) WAITING.getAndSet(this, false)) {
      LockSupport.unpark(owner);
    }
  }

  /// Waits until so few subtasks are unfinished or the scope is cancelled. Called by the owner.
  ///
  /// @param roundNanos how long to wait at most before the owner has a look around
  /// @return whether it is so
  boolean await(Object blocker, int atMost, long roundNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the owner was interrupted before it waited");
    }
    if (passTime(atMost)) {
      return true;
    }
    awaited = atMost;
    while (true) {
      waiting = true; // again in each round: a waker takes it back
      if (isSettled(atMost)) {
        waiting = false;
        return true;
      }
      park(blocker, roundNanos);
      if (Thread.interrupted()) {
        waiting = false;
        throw new InterruptedException("the owner was interrupted while it waited");
      }
      if (roundNanos != FOREVER) {
        waiting = false;
        return isSettled(atMost);
      }
    }
  }

  private static void park(Object blocker, long nanos) {
    if (nanos == FOREVER) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  /// Waits a little without parking, which costs more.
  private boolean passTime(int atMost) {
    for (int i = owner.isVirtual() ? 0 : SPINS; i > 0 && !isSettled(atMost); i--) {
      Thread.onSpinWait();
    }
    if (owner.isVirtual() && !isSettled(atMost)) {
      Thread.yield(); // subtasks that are ready run first: often all that it waits for
    }
    return isSettled(atMost);
  }

  private boolean isSettled(int atMost) {
    return unfinished() <= atMost || cancellation != null;
  }
}
