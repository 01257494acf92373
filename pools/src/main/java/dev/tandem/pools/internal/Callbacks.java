package dev.tandem.pools.internal;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.TaskTimer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what users want to be told, apart from the threads that read answers.
final class Callbacks implements Executor {
  /*
   * One thread runs them one after the other, which is cheap for a hundred thousand short ones. But
   * one of them may wait for another that is behind it. So if something waits and nothing has begun
   * for some milliseconds, another thread helps; it is no question of correctness when.
   *
   * Nothing is stranded: a callback is added, then `running` is looked at; a thread that finds
   * nothing more counts itself out, then looks again.
   */
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);
  private static final long STALL_NANOS = 10_000_000;

  private final ClassLoader loader;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicBoolean watched = new AtomicBoolean();

  /// @param loader the context class loader of callbacks
  Callbacks(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public void execute(Runnable callback) {
    waiting.add(callback);
    if (running.compareAndSet(0, 1)) {
      TaskTimer.handOver(loader, this::run);
    } else if (watched.compareAndSet(false, true)) {
      watch();
    }
  }

  private void watch() {
    long seen = begun.get();
    var _ = TaskTimer.after(STALL_NANOS, () -> look(seen));
  }

  private void look(long seen) {
    if (waiting.isEmpty()) {
      watched.set(false);
      if (waiting.isEmpty() || !watched.compareAndSet(false, true)) {
        return;
      }
    }
    if (begun.get() == seen) {
      running.incrementAndGet();
      TaskTimer.handOver(loader, this::run);
    }
    watch();
  }

  private void run() {
    do {
      for (Runnable next; (next = waiting.poll()) != null; ) {
        begun.incrementAndGet();
        try {
          ContextLoader.run(loader, next);
        } catch (Throwable e) {
          log.error("A listener of a future threw", e);
        }
      }
    } while (running.decrementAndGet() == 0 && !waiting.isEmpty() && running.compareAndSet(0, 1));
  }
}
