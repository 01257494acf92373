package dev.tandem.examples;

import static com.google.common.base.Preconditions.checkState;

import dev.tandem.Tandem;
import dev.tandem.examples.site.Slow;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/// Many threads count together. `count++` reads, adds and writes; two threads that do so at the
/// same time write the same number, and one count is lost. A [LongAdder] or a lock loses none.
final class Counters {
  private static final int WORKERS = 4;

  private long plain;
  private long guarded;
  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder adder = new LongAdder();

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // the mistake is what is shown
  private void unsafeIncrement() {
    plain++;
  }

  private void lockedIncrement() {
    lock.lock();
    try {
      guarded++;
    } finally {
      lock.unlock();
    }
  }

  /// {@return what is left of `4 * each` increments without protection: any number up to that}
  static long unsafe(int each) throws ExecutionException, InterruptedException {
    var counters = new Counters();
    together(each, counters::unsafeIncrement);
    return counters.plain; // the pool is closed: this thread sees what its threads wrote last
  }

  /// {@return `4 * each`}
  static long locked(int each) throws ExecutionException, InterruptedException {
    var counters = new Counters();
    together(each, counters::lockedIncrement);
    return counters.guarded;
  }

  /// {@return `4 * each`}
  static long adder(int each) throws ExecutionException, InterruptedException {
    var counters = new Counters();
    together(each, counters.adder::increment);
    return counters.adder.sum();
  }

  private static void together(int each, Runnable increment)
      throws ExecutionException, InterruptedException {
    var start = new CyclicBarrier(WORKERS); // all at once, or there is no race to see
    try (var pool = Tandem.newThreadPool(WORKERS)) {
      pool.forEach(
          IntStream.range(0, WORKERS)::iterator,
          _ -> {
            start.await();
            for (int i = 0; i < each; i++) {
              increment.run();
            }
          });
    }
  }

  /// Counts visits, each of which takes 2 ms to serve.
  static long visitsSequential(int visits) throws InterruptedException {
    long count = 0;
    for (int i = 0; i < visits; i++) {
      Slow.io(2);
      count++;
    }
    return count;
  }

  /// The same, ten visits at a time, counted safely.
  static long visitsConcurrent(int visits) throws ExecutionException, InterruptedException {
    var count = new LongAdder();
    try (var pool = Tandem.newThreadPool(10)) {
      pool.forEach(
          IntStream.range(0, visits)::iterator,
          _ -> {
            Slow.io(2);
            count.increment();
          });
    }
    return count.sum();
  }

  /// {@return what the unsafe counter lost, in words}
  static String race() throws ExecutionException, InterruptedException {
    int each = 1_000_000;
    long all = WORKERS * (long) each;
    checkState(adder(each) == all, "the safe counter lost counts");
    return "unsafe count++ lost %,d of %,d".formatted(all - unsafe(each), all);
  }

  static void main() throws Exception {
    int each = 1_000_000;
    Timed.print("unsafe", () -> "%,d of %,d".formatted(unsafe(each), WORKERS * each));
    Timed.print("lock", () -> "%,d of %,d".formatted(locked(each), WORKERS * each));
    Timed.print("LongAdder", () -> "%,d of %,d".formatted(adder(each), WORKERS * each));
  }
}
