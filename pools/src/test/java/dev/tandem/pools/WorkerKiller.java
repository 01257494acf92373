package dev.tandem.pools;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Kills workers of a pool at random, until it is ended: one whenever their tasks have taken some
/// more steps, few or many, and so at each point of a step. A worker takes longer to start than to
/// take hundreds. If tasks stand still, it kills all the same, after ten seconds or more.
final class WorkerKiller {
  private final ProcessPool pool;
  private final SharedLong steps;
  private final Random random;
  private final AtomicInteger kills = new AtomicInteger();
  private final Thread thread;

  /// @param steps how many steps tasks have taken, which they count
  WorkerKiller(ProcessPool pool, SharedLong steps, long seed) {
    this.pool = pool;
    this.steps = steps;
    this.random = new Random(seed);
    this.thread = Thread.ofPlatform().name("killer").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        long until = steps.get() + 1 + random.nextInt(random.nextInt(4) == 0 ? 10 : 2_000);
        for (int i = 0; i < 20_000 && steps.get() < until; i++) {
          TimeUnit.MICROSECONDS.sleep(500);
        }
        List<Long> ready = Workers.pids(pool);
        if (!ready.isEmpty()) {
          Workers.kill(ready.get(random.nextInt(ready.size())));
          kills.incrementAndGet();
        }
      }
    } catch (InterruptedException _) {
      // the storm is over
    }
  }

  /// {@return how many it has killed}
  int kills() {
    return kills.get();
  }

  /// Ends it, and waits for that.
  void end() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
