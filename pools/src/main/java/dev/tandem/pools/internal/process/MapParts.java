package dev.tandem.pools.internal.process;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The parts of a map of which not all has been taken, in order; the one that is being filled is
/// the last.
final class MapParts<I, R extends @Nullable Object> {
  private final ReentrantLock lock;
  private final LinkedHashSet<MapPart<I, R>> parts = new LinkedHashSet<>();

  /// @param lock guards them, and more
  MapParts(ReentrantLock lock) {
    this.lock = lock;
  }

  void add(MapPart<I, R> part) {
    lock.lock();
    try {
      parts.add(part);
    } finally {
      lock.unlock();
    }
  }

  void remove(MapPart<I, R> part) {
    lock.lock();
    try {
      parts.remove(part);
    } finally {
      lock.unlock();
    }
  }

  @Nullable MapPart<I, R> oldest() {
    lock.lock();
    try {
      return parts.isEmpty() ? null : parts.getFirst();
    } finally {
      lock.unlock();
    }
  }

  List<MapPart<I, R>> all() {
    lock.lock();
    try {
      return List.copyOf(parts);
    } finally {
      lock.unlock();
    }
  }
}
