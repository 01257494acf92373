package dev.tandem.pools.internal.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/// Finds out whether the heap of this JVM has room for a message before it is read. A worker exits
/// when an allocation fails, so it must not try.
final class HeapRoom {
  /*
   * A large array lies in one part of the heap: the old generation, mostly. So the largest room of
   * any part counts, after a collection. It is an estimate: where it is too good, the worker is
   * lost, and the task that it has claimed with it; no other.
   */
  private static final long SMALL = 1 << 20;

  private HeapRoom() {}

  /// {@return why so many bytes cannot be received, to follow "has"; null if they can}
  static @Nullable String lacking(long bytes) {
    Runtime runtime = Runtime.getRuntime();
    long most = runtime.maxMemory();
    long free = most - (runtime.totalMemory() - runtime.freeMemory());
    if (bytes < SMALL || bytes < free / 8) {
      return null; // nothing to worry about, and nothing to pay for
    }
    long needed = bytes + bytes / 64 + SMALL;
    if (needed <= largestRoom(most)) {
      return null;
    }
    System.gc();
    long room = largestRoom(most);
    return needed <= room
        ? null
        : "%s bytes, and its heap of %s bytes has room for %s (see withMaxHeap)"
            .formatted(bytes, most, Math.max(0, room - room / 64 - SMALL));
  }

  private static long largestRoom(long most) {
    long largest = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getUsage() : null;
      if (usage != null) {
        long size = usage.getMax() < 0 ? most : usage.getMax();
        largest = Math.max(largest, size - usage.getUsed());
      }
    }
    return largest;
  }
}
