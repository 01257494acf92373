package dev.tandem.pools.internal.channel;

import dev.tandem.pools.RemoteOwnerLostException;
import org.jspecify.annotations.Nullable;

/// The lanes of a worker in one channel, from their opening until they are given up: when the
/// channel is closed, and a thread finds that, or the pool tells the end.
final class WorkerLanes {
  private final Object lock; // that of the steps
  private final WorkerSteps.Pool pool;
  private final WorkerSteps steps;

  // @GuardedBy("lock"), all of them
  @Nullable Lane up;
  @Nullable RecordWriter writer;
  @Nullable Lane down;
  @Nullable RecordReader reader;
  boolean closed;
  boolean foundEnd;
  private int opening; // threads that are opening a lane
  private boolean left; // at the end: no lane is opened any more
  private boolean asked;
  private @Nullable Throwable cause;

  WorkerLanes(Object lock, WorkerSteps.Pool pool, WorkerSteps steps) {
    this.lock = lock;
    this.pool = pool;
    this.steps = steps;
  }

  /// A thread is going to open a lane. Until [#endOpening()], no other thread gives up those that
  /// there are: the pool would free the new one, too, while it is on its way.
  ///
  /// @return false if that is of no use any more
  boolean startOpening() {
    synchronized (lock) {
      if (!left) {
        opening++;
        pool.listen(true);
      }
      return !left;
    }
  }

  /// The thread has opened the lane, or failed to.
  void endOpening() {
    synchronized (lock) {
      opening--;
      pool.listen(opening > 0 || up != null || down != null);
    }
    leaveIfOver();
  }

  void open(Lane lane, RecordWriter with) {
    synchronized (lock) {
      up = lane;
      writer = with;
    }
  }

  void open(Lane lane, RecordReader with) {
    synchronized (lock) {
      down = lane;
      reader = with;
    }
  }

  /// The pool cannot be reached any more.
  void lost(String why) {
    synchronized (lock) {
      up = null;
      down = null;
      asked = true;
      cause = new RemoteOwnerLostException("the pool cannot be reached any more: " + why);
    }
    steps.wakeAll();
  }

  /// Asked when the channel was found closed. Then the lanes can go, unless there is something to
  /// take.
  @Nullable Throwable closeCause() {
    boolean ask;
    boolean leave;
    boolean all;
    synchronized (lock) {
      closed = true;
      ask = !asked;
      all = foundEnd;
      leave = opening == 0 && (all ? up != null || down != null : up != null && down == null);
      if (leave) {
        up = null;
        down = null;
        left = all;
        pool.listen(false);
      }
    }
    Throwable why = ask ? pool.closeCause() : null;
    if (leave) {
      pool.leave(all);
    }
    synchronized (lock) {
      if (ask && !asked) {
        asked = true;
        cause = why;
      }
      return cause;
    }
  }

  /// Gives up lanes that are of no use any more, on a thread of its own, as that asks the pool.
  /// Thread: the one that reads what the pool answers.
  void leaveSoonIfOver() {
    if (isOver()) {
      try {
        var _ = Thread.ofVirtual().name("tandem-channel-end").start(new Leaving());
      } catch (Throwable _) {
        // no memory: the next operation does it
      }
    }
  }

  /// Gives up lanes that are of no use any more, although no thread here may ever find that out.
  private final class Leaving implements Runnable {

    @Override
    public void run() {
      try {
        leaveIfOver();
      } catch (RuntimeException _) {
        // the pool cannot be reached
      }
    }
  }

  private void leaveIfOver() {
    if (isOver()) {
      var _ = closeCause();
    }
  }

  private boolean isOver() {
    synchronized (lock) {
      foundEnd |= down != null && down.quota.isClosed() && !down.quota.isLeft();
      return opening == 0
          && (foundEnd
              ? up != null || down != null
              : down == null && up != null && up.quota.isClosed());
    }
  }
}
