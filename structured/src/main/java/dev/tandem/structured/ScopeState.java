package dev.tandem.structured;

import dev.tandem.core.internal.Handles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The shared state of a scope's threads: the numbers of forked and of unfinished subtasks, the
/// cancellation, the deadline, and whether the owner waits.
///
/// Every race here is between two threads of which each writes one field and then reads the
/// other's. All these fields are volatile, so at least one thread sees the other's write:
///
/// - *completing against joining*: a subtask counts itself out, then reads `waiting`; the owner
///   writes `waiting`, then reads `counts`, then parks. No wake-up is lost.
/// - *cancelling against joining*: the same with `cancellation` in place of `counts`.
/// - *forking against cancelling*: see [ScopeForks#fork]. The forking thread adds the subtask, then
///   reads `cancellation`; the canceller writes `cancellation`, then walks the subtasks.
/// - *forking against the deadline*: the forking thread counts the subtask in, then reads
///   `expiredBy`; the timer writes `expiredBy`, then reads `counts`. A scope whose subtasks had all
///   completed at the deadline is not cut off, any other is.
/// - *forking against closing*: the same with `closing`. Only a thread whose subtask has completed
///   can fork this late, when its factory runs more code after the body; the late subtask never
///   runs.
///
/// Only the owner waits, so an owner that stops waiting (on an interrupt, or at the end of a round)
/// cannot use up the wake-up of another thread. A late waker may reset the `waiting` of the owner's
/// next wait; it unparks the owner after that, and the owner then checks again and sets `waiting`
/// again.
final class ScopeState {
  private static final long FORK = (1L << 32) + 1; // one more forked, one more unfinished

  /// A platform thread spins for some microseconds before it parks: a wake-up takes longer than
  /// that.
  private static final int SPINS = 1_000;

  /// The length of a round without a bound.
  static final long FOREVER = Long.MAX_VALUE;

  private static final VarHandle COUNTS = Handles.of(MethodHandles.lookup(), "counts", long.class);
  private static final VarHandle CANCELLATION =
      Handles.of(MethodHandles.lookup(), "cancellation", CancelReason.class);
  private static final VarHandle WAITING =
      Handles.of(MethodHandles.lookup(), "waiting", boolean.class);

  private final Thread owner;

  /// The number of forked subtasks (upper half; wraps around) and of unfinished ones (lower half).
  private volatile long counts;

  private volatile boolean cutOff;
  private volatile @Nullable CancelReason cancellation;
  private volatile @Nullable ScopeNode expiredBy;
  private volatile @Nullable CancelReason outside;
  private volatile boolean joined;
  private volatile boolean closing;
  private volatile boolean waiting;

  /// The number of unfinished subtasks at which the owner's wait ends. Written before `waiting`.
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

  /// Counts a subtask out, which has completed or will never run.
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

  /// Records that a subtask is cut off. Called before the subtask's state changes, so that a thread
  /// that sees the subtask cancelled sees this, too. If the subtask completes at this very moment,
  /// the record stands without a cut subtask, which only means that the cancellation came first.
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

  /// Records that a deadline has passed.
  ///
  /// @param origin the scope that set the deadline
  /// @return whether there are unfinished subtasks
  boolean expire(ScopeNode origin) {
    expiredBy = origin;
    return unfinished() > 0;
  }

  /// The scope that set the deadline that has passed; null if none has.
  @Nullable ScopeNode expiredBy() {
    return expiredBy;
  }

  /// Records that an enclosing scope was cancelled, also if this scope was cancelled before.
  void cancelledOutside(CancelReason around) {
    outside = around;
  }

  /// The reason why an enclosing scope was cancelled; null if none was.
  @Nullable CancelReason outside() {
    return outside;
  }

  /// Records that the owner has joined.
  void joined() {
    joined = true;
  }

  boolean isJoined() {
    return joined;
  }

  /// Records that the owner leaves.
  ///
  /// @return whether there are unfinished subtasks
  boolean close() {
    closing = true;
    return unfinished() > 0;
  }

  boolean isClosing() {
    return closing;
  }

  /// Wakes the owner, if it waits. Of several concurrent callers one unparks it.
  void wake() {
    if (waiting && (boolean) WAITING.getAndSet(this, false)) {
      LockSupport.unpark(owner);
    }
  }

  /// Waits until at most `atMost` subtasks are unfinished or the scope is cancelled. Thread: owner.
  ///
  /// @param roundNanos the longest wait in nanoseconds, or [#FOREVER]
  /// @return whether that condition holds
  boolean await(Object blocker, int atMost, long roundNanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the owner was interrupted before it waited");
    }
    if (passTime(atMost)) {
      return true;
    }
    awaited = atMost;
    while (true) {
      waiting = true; // in each round, because a waker resets it
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

  /// Waits a short time without parking, which would cost more.
  private boolean passTime(int atMost) {
    for (int i = owner.isVirtual() ? 0 : SPINS; i > 0 && !isSettled(atMost); i--) {
      Thread.onSpinWait();
    }
    if (owner.isVirtual() && !isSettled(atMost)) {
      Thread.yield(); // subtasks that are ready run first: often all that the owner waits for
    }
    return isSettled(atMost);
  }

  private boolean isSettled(int atMost) {
    return unfinished() <= atMost || cancellation != null;
  }
}
