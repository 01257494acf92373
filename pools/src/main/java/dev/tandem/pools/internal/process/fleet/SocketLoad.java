package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.wire.StatusPage;
import java.util.concurrent.atomic.AtomicInteger;

/// The approximate number of bytes in a worker's connection: a send would wait if there were more
/// than the kernel buffers.
final class SocketLoad {
  private static final int MOST = 96 << 10;

  /// What the kernel needs for a piece of a stream beside its bytes.
  private static final int PIECE = 1024;

  private static final int MASK = StatusPage.SLOTS - 1;

  private final AtomicInteger sum = new AtomicInteger();
  private final int[] costs = new int[StatusPage.SLOTS];

  boolean isFull() {
    return sum.get() >= MOST;
  }

  boolean hasRoomFor(Message message) {
    return message.length() <= MOST - PIECE - sum.get();
  }

  /// {@return whether a message never goes beside others}
  static boolean isLarge(Message message) {
    return message.hasBlobs() || message.length() > MOST / 2;
  }

  /// Counts a task that is sent.
  ///
  /// @param first whether it begins a piece of the stream
  void add(int task, Message message, boolean first) {
    int cost = Math.min(message.length(), MOST) + (first ? PIECE : 0); // more is one too many
    costs[task & MASK] = cost;
    sum.addAndGet(cost);
  }

  /// Takes a task out of the count, before its number's place is used again.
  void remove(int task) {
    sum.addAndGet(-costs[task & MASK]);
  }
}
