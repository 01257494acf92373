package dev.tandem.pools.internal.thread;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Carries inputs from the consumer of a map to its runners, and results back.
final class MapRing {
  /*
   * Two arrays of the same size, used in a circle. Input i lies in inputs[i % size]. Its result goes
   * to results[i % size] if the map is ordered, else to results[t % size], where t is a ticket drawn
   * when the result is there: so "in order of completion" costs no second queue.
   *
   * The consumer alone writes inputs, `filled` and `taken`; any runner advances `claimed` and
   * `tickets`. At most `limit` (<= size) inputs are between `taken` and `filled`.
   *
   * - A claimed input is the right one. A runner reads inputs[c % size] before it moves `claimed`
   *   from c to c + 1 by compareAndSet. The consumer overwrites that place only with input c + size,
   *   which it pulls only when taken > c; results taken are at most those claimed; so as long as
   *   claimed == c the place still holds input c. (Reading after the step would be wrong when
   *   unordered: the runner may stall there while others carry `taken` far ahead.)
   * - A place for a result is free: result p goes where p - size was, and p < taken + limit.
   * - No wake-up is lost. The consumer writes `awaited`, then looks at the head again, then parks;
   *   deliver() writes the result, then reads `awaited`. All four are volatile, so one of the two
   *   sees the other (Dekker). With plain release and acquire both could miss. Only the consumer
   *   waits, so when it leaves (interrupted, or to run an input itself) there is no other thread
   *   whose wake-up it could use up.
   */
  private static final Object NULL = new Object();
  private static final long NOBODY = -1;

  private final AtomicReferenceArray<@Nullable Object> inputs;
  private final AtomicReferenceArray<@Nullable Object> results;
  private final int mask;
  final int limit;
  private final boolean ordered;

  private final AtomicLong claimed = new AtomicLong();
  private final AtomicLong tickets = new AtomicLong();
  private volatile long filled;
  private volatile long awaited = NOBODY;
  private @Nullable Thread waiter; // published by `awaited`
  private long taken; // Thread: consumer

  MapRing(int limit, boolean ordered) {
    int size = Integer.highestOneBit(Math.max(limit, 1) * 2 - 1);
    this.inputs = new AtomicReferenceArray<>(size);
    this.results = new AtomicReferenceArray<>(size);
    this.mask = size - 1;
    this.limit = limit;
    this.ordered = ordered;
  }

  // ---- the consumer

  boolean isFull() {
    return filled - taken >= limit;
  }

  boolean isEmpty() {
    return filled == taken;
  }

  long filled() {
    return filled;
  }

  void put(Object input) {
    long i = filled;
    inputs.setPlain((int) i & mask, input);
    filled = i + 1; // publishes the input
  }

  boolean isHeadReady() {
    return results.getAcquire((int) taken & mask) != null;
  }

  /// {@return the head result, which must be ready}
  @Nullable Object take() {
    int place = (int) taken & mask;
    Object result = results.getPlain(place);
    results.setPlain(place, null);
    taken++;
    return result == NULL ? null : result;
  }

  void announceWait() {
    waiter = Thread.currentThread();
    awaited = taken;
  }

  /// For the last look before parking: it must not be reordered before [#announceWait()].
  boolean isHeadReadyVolatile() {
    return results.get((int) taken & mask) != null;
  }

  void endWait() {
    awaited = NOBODY;
  }

  /// {@return whether no input that comes before or at the head has been claimed}
  boolean isHeadUnclaimed() {
    return claimed.get() == taken;
  }

  // ---- the runners

  boolean hasUnclaimed() {
    return claimed.get() < filled;
  }

  /// Takes the next inputs, at most as many as `chunk` holds.
  boolean claim(Chunk chunk) {
    while (true) {
      long first = claimed.get();
      int n = (int) Math.min(filled - first, chunk.inputs.length);
      if (n <= 0) {
        return false;
      }
      for (int k = 0; k < n; k++) {
        chunk.inputs[k] = inputs.getPlain((int) (first + k) & mask);
      }
      if (claimed.compareAndSet(first, first + n)) {
        chunk.first = first;
        chunk.size = n;
        if (ordered) { // unordered, the place may hold a later input by now
          for (int k = 0; k < n; k++) {
            inputs.setPlain((int) (first + k) & mask, null);
          }
        }
        return true;
      }
    }
  }

  /// {@return whether the consumer waited for this result, and was woken}
  @CanIgnoreReturnValue
  boolean deliver(long input, @Nullable Object result) {
    long position = ordered ? input : tickets.getAndIncrement();
    results.set((int) position & mask, result == null ? NULL : result);
    if (awaited != position) {
      return false;
    }
    LockSupport.unpark(waiter);
    return true;
  }

  /// The inputs that one runner has claimed and not finished.
  static final class Chunk {
    final @Nullable Object[] inputs;
    long first;
    int size;

    Chunk(int capacity) {
      inputs = new Object[capacity];
    }
  }
}
