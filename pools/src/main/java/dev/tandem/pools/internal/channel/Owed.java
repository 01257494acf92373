package dev.tandem.pools.internal.channel;

import dev.tandem.core.internal.TaskTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a change of a hub's account has to be followed by, outside of the lock: workers are told,
/// and what may take time is done.
///
/// What fails, for want of stack or memory, is tried again by the timer, beside all else: no
/// operation on the channel may come, since its threads may wait for just this. After [#MOST_TRIES]
/// it is given up: a worker that cannot be told is ended, as its threads would wait for ever.
final class Owed {
  static final int MOST_TRIES = 10;
  private static final Duration AGAIN = Duration.ofMillis(100);
  private static final Logger log = LoggerFactory.getLogger(Owed.class);

  private final Object lock;
  private final long channel;
  private final Deque<Peer> toRing = new ArrayDeque<>(); // @GuardedBy("lock")
  private final Deque<Runnable> later = new ArrayDeque<>(); // @GuardedBy("lock")
  private final Deque<Debt> failed = new ArrayDeque<>(); // @GuardedBy("lock")
  private boolean isTimed; // the timer tries what has failed; @GuardedBy("lock")

  /// A worker that must be told, or an action.
  private static final class Debt {
    final @Nullable Peer peer;
    final @Nullable Runnable action;
    int failures = 1;

    Debt(@Nullable Peer peer, @Nullable Runnable action) {
      this.peer = peer;
      this.action = action;
    }
  }

  /// @param lock that of the hub
  /// @param channel the number of the channel
  Owed(Object lock, long channel) {
    this.lock = lock;
    this.channel = channel;
  }

  /// A worker must be told. Under the lock.
  void ring(Peer peer) {
    toRing.addLast(peer);
  }

  /// Something must be done. Under the lock.
  void later(Runnable action) {
    later.addLast(action);
  }

  /// {@return whether something is owed that no timer does} Under the lock.
  boolean isSome() {
    return !toRing.isEmpty() || !later.isEmpty() || (!failed.isEmpty() && !isTimed);
  }

  /// {@return whether something has failed, and is not given up}
  boolean isTryingAgain() {
    synchronized (lock) {
      return isTimed || !failed.isEmpty();
    }
  }

  /// Does all of it. Not under the lock.
  void pay() {
    while (true) {
      Peer peer;
      Runnable action;
      synchronized (lock) {
        peer = toRing.pollFirst();
        action = peer == null ? later.pollFirst() : null;
      }
      if (peer == null && action == null) {
        break;
      }
      try {
        pay(peer, action);
      } catch (Throwable e) {
        if (!keep(peer, action)) {
          break;
        }
      }
    }
    tryAgainLater();
  }

  private void pay(@Nullable Peer peer, @Nullable Runnable action) {
    if (peer != null) {
      peer.ring(channel);
    }
    if (action != null) {
      action.run();
    }
  }

  /// Keeps what has failed for the timer.
  ///
  /// @return false if there is no memory even for that: then the next operation does it
  private boolean keep(@Nullable Peer peer, @Nullable Runnable action) {
    synchronized (lock) {
      try {
        failed.addLast(new Debt(peer, action));
        return true;
      } catch (Throwable e) {
        if (peer != null) {
          toRing.addLast(peer); // there is room: it was there
        }
        if (action != null) {
          later.addLast(action);
        }
        return false;
      }
    }
  }

  private void tryAgainLater() {
    synchronized (lock) {
      if (failed.isEmpty() || isTimed) {
        return;
      }
      isTimed = true;
    }
    try {
      var _ = TaskTimer.after(AGAIN, () -> TaskTimer.handOver(this::tryAgain));
    } catch (Throwable e) { // the next operation asks for the timer
      synchronized (lock) {
        isTimed = false;
      }
    }
  }

  /// Tries once what has failed. Thread: a hand of the timer.
  private void tryAgain() {
    try {
      int count;
      synchronized (lock) {
        count = failed.size();
      }
      for (int i = 0; i < count; i++) {
        Debt debt;
        synchronized (lock) {
          debt = failed.pollFirst();
        }
        if (debt != null) {
          tryAgain(debt);
        }
      }
    } finally {
      synchronized (lock) {
        isTimed = false;
      }
    }
    pay(); // what that has brought about; the rest is for the timer
  }

  private void tryAgain(Debt debt) {
    boolean over = false;
    try {
      pay(debt.peer, debt.action);
      over = true;
    } catch (Throwable e) {
      debt.failures++;
      over = debt.failures >= MOST_TRIES && giveUp(debt, e);
    } finally {
      if (!over) {
        synchronized (lock) {
          failed.addLast(debt);
        }
      }
    }
  }

  /// {@return whether that was reported}
  private boolean giveUp(Debt debt, Throwable why) {
    try {
      log.error("channel {}: given up after {} failures", channel, MOST_TRIES, why);
      Peer peer = debt.peer;
      if (peer != null) {
        peer.lose("it cannot be told what has changed in channel " + channel + ": " + why);
      }
      return true;
    } catch (Throwable e) {
      return false;
    }
  }
}
