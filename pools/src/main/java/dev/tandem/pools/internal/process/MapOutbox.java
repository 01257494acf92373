package dev.tandem.pools.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tandem.core.internal.TaskTimer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What a map in worker processes has pulled and not sent: the part that is being filled, and the
/// parts that are filled and may not be sent yet.
final class MapOutbox<I, R extends @Nullable Object> {
  /*
   * An iterator may block while it is asked for the next input, with a part half full. So a part that
   * is being filled is sent by an alarm, some milliseconds after its first input. The consumer and
   * the alarm's thread exclude each other by the lock.
   *
   * While parts wait to be sent, nothing is filled. So parts are made in the order of their inputs.
   */
  private static final long FILL_NANOS = 2_000_000;

  private final ProcessMap<I, R> map;
  private final boolean usesAlarm;
  private final ReentrantLock lock = new ReentrantLock();

  /// Written under the lock.
  private volatile @Nullable MapPart<I, R> filling;

  /// Written under the lock.
  private final Deque<MapPart<I, R>> waiting = new ConcurrentLinkedDeque<>();

  /// @param usesAlarm whether the source of the inputs may block
  MapOutbox(ProcessMap<I, R> map, boolean usesAlarm) {
    this.map = map;
    this.usesAlarm = usesAlarm;
  }

  /// {@return whether no part waits to be sent}
  boolean hasRoom() {
    return waiting.isEmpty();
  }

  /// {@return whether a part waits to be sent, and may be by now}
  boolean maySend() {
    return !waiting.isEmpty() && map.maySend();
  }

  /// Adds an input to the part that is being filled.
  ///
  /// @return whether that is full, and was sent
  boolean add(I input) {
    lock.lock();
    try {
      MapPart<I, R> part = filling;
      if (part == null) {
        part = begin();
      }
      part.add(input);
      if (!part.isFull()) {
        return false;
      }
      sendAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private MapPart<I, R> begin() {
    int size = map.partSize();
    MapPart<I, R> part = new MapPart<>(map, size);
    filling = part;
    map.add(part);
    if (usesAlarm && size > 1) {
      var _ = TaskTimer.after(FILL_NANOS, () -> ring(part));
    }
    return part;
  }

  /// Thread: timer.
  private void ring(MapPart<I, R> part) {
    if (filling == part) {
      TaskTimer.handOver(map.executor.host.loader, () -> sendIfFilling(part));
    }
  }

  private void sendIfFilling(MapPart<I, R> part) {
    lock.lock();
    try {
      if (filling == part) {
        sendAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Sends what may be sent, also what is not full.
  void send() {
    lock.lock();
    try {
      sendAll();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void sendAll() {
    MapPart<I, R> filled = filling;
    if (filled != null) {
      filling = null;
      waiting.addLast(filled);
    }
    while (!map.isStopped() && maySend()) {
      MapPart<I, R> rest = waiting.removeFirst().send();
      if (rest != null) { // it was too much for one message
        map.add(rest);
        waiting.addFirst(rest);
      }
    }
  }

  /// Drops everything, for a map that is stopped. The thread that has the lock may be in code of
  /// the application (an input that writes itself, a listener) for as long as that likes, so a
  /// closer does not wait for it: it sends nothing more, because it sees that the map is stopped.
  void clear() {
    if (lock.tryLock()) {
      try {
        filling = null;
        waiting.clear();
      } finally {
        lock.unlock();
      }
    }
  }
}
