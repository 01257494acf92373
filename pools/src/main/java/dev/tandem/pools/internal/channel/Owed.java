package dev.tandem.pools.internal.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What a change of a hub's account has to be followed by, outside of the lock: workers are told,
/// and what may take time is done.
///
/// What fails, for want of stack or memory, stays owed: the next operation on the channel does it.
final class Owed {
  private final Object lock;
  private final long channel;
  private final Deque<Peer> toRing = new ArrayDeque<>(); // @GuardedBy("lock")
  private final Deque<Runnable> later = new ArrayDeque<>(); // @GuardedBy("lock")

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

  /// {@return whether something is owed} Under the lock.
  boolean isSome() {
    return !toRing.isEmpty() || !later.isEmpty();
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
      try {
        if (peer != null) {
          peer.ring(channel);
        } else if (action != null) {
          action.run();
        } else {
          return;
        }
      } catch (Throwable e) {
        putBack(peer, action);
        return;
      }
    }
  }

  private void putBack(@Nullable Peer peer, @Nullable Runnable action) {
    synchronized (lock) {
      if (peer != null) {
        toRing.addFirst(peer);
      }
      if (action != null) {
        later.addFirst(action);
      }
    }
  }
}
