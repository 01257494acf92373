package dev.tandem.cluster.internal;

import dev.tandem.core.internal.Handles;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One message to any member, and what becomes of it: a task, or a part of a map.
abstract class Errand {
  /*
   *   WAITING --assign--> an Attempt --decide--> DECIDED
   *      ^                     |
   *      +------ again --------+        decideNow: WAITING or an Attempt --> DECIDED
   *
   * Many threads want to end it: the one that takes the member's answer, one that sees the member
   * leave, a canceller, the timer. Each compares and sets; the one that reaches DECIDED publishes
   * the outcome, and no other does. A member that is lost is followed by the next attempt only if
   * the state is still that attempt: so a retry never outlives a cancel.
   *
   * It is gone when no member has it any more. That is later than the decision, if a canceller or
   * the timer has decided: the member answers when the body has ended.
   */
  private static final Object WAITING = new Object();
  private static final Object DECIDED = new Object();
  private static final VarHandle STATE = Handles.of(MethodHandles.lookup(), "state", Object.class);

  private volatile Object state = WAITING;

  private final int retries;

  /// How often it was lost. Thread: the one that has taken the attempt, of each there is one.
  private int losses;

  private volatile @Nullable Attempt last;

  /// @param retries how often it is sent again when its member is lost
  Errand(int retries) {
    this.retries = retries;
  }

  // ---- what a subclass does

  /// {@return the message}
  abstract byte[] request(Attempt attempt);

  /// {@return whether it may wait on a member until others have ended there}
  abstract boolean mayWaitThere();

  /// An attempt is about to be sent. Thread: any, which runs no code of users.
  abstract void begun(Attempt attempt);

  /// {@return whether a thread waits for the answer and takes it now} Called when it is there.
  boolean isHelped() {
    return false;
  }

  /// The member has replied. Called once at most, after the decision.
  abstract void answered(Attempt attempt, byte[] reply);

  /// It cannot be sent, or its outcome is unknown. Called once at most, after the decision.
  ///
  /// @param failure its own, shared with no other
  abstract void failed(Throwable failure);

  /// No member has it any more, and none gets it. Called once, after the decision; what has the
  /// outcome may still be publishing it.
  abstract void gone();

  // ---- transitions

  final boolean isDecided() {
    return state == DECIDED;
  }

  /// {@return the attempt that is under way and may have the outcome; null if there is none}
  final @Nullable Attempt attempt() {
    return state instanceof Attempt attempt ? attempt : null;
  }

  /// {@return the last attempt, also after the decision; null if it was never sent}
  final @Nullable Attempt last() {
    return last;
  }

  /// {@return whether it waited, and now is this attempt's}
  final boolean assign(Attempt attempt) {
    last = attempt; // before a canceller can find it under way
    return STATE.compareAndSet(this, WAITING, attempt);
  }

  /// {@return whether the outcome is this attempt's to publish}
  final boolean decide(Attempt attempt) {
    return STATE.compareAndSet(this, attempt, DECIDED);
  }

  /// {@return whether it waits again after an attempt that the member has refused before it began}
  final boolean takeBack(Attempt attempt) {
    return STATE.compareAndSet(this, attempt, WAITING);
  }

  /// {@return whether it waits again after an attempt whose member is lost}
  final boolean retry(Attempt attempt) {
    return state == attempt && losses++ < retries && STATE.compareAndSet(this, attempt, WAITING);
  }

  /// Decides it, whatever it was.
  ///
  /// @return what the caller has to do
  final Before decideNow() {
    Object before = STATE.getAndSet(this, DECIDED);
    if (before == DECIDED) {
      return Before.DECIDED;
    }
    return before == WAITING ? Before.WAITING : Before.UNDER_WAY;
  }

  /// What an errand was before it was decided.
  enum Before {
    /// No member has it: the caller publishes the outcome, and then it is gone.
    WAITING,
    /// A member has it: the caller publishes the outcome; it is gone when the attempt ends.
    UNDER_WAY,
    /// The outcome is another thread's.
    DECIDED
  }
}
