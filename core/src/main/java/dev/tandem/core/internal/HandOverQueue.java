package dev.tandem.core.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An executor for actions that are short as a rule and may block: it runs them one after the other
/// on a thread of [TaskTimer], and beside each other as soon as one of them stalls.
public final class HandOverQueue implements Executor {
  /*
   * One thread runs the actions in order, which is cheap for a hundred thousand short ones. But an
   * action may block, even until an action behind it has run. So if an action waits and none has
   * begun for some milliseconds, helper threads are started: as many as have stalled already, so
   * that n actions that block delay the next by some milliseconds times the logarithm of n.
   * Correctness does not depend on when helpers start.
   *
   * No action is stranded. The submitter adds the action, then reads `running`; a worker thread
   * that finds the queue empty counts itself out, then reads the queue again. A thread that could
   * not be started is counted out, and the watch tries again.
   *
   * A step that must not fail allocates nothing: `worker` and `looker` are made once.
   */
  private static final Logger LOG = LoggerFactory.getLogger(HandOverQueue.class);
  private static final long STALL_NANOS = 10_000_000;
  private static final int MOST_HELPERS = 64; // for one look

  private final String what;
  private final @Nullable ClassLoader loader;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicBoolean watched = new AtomicBoolean();
  private final Runnable worker = this::work;
  private final Runnable looker = this::look;
  private volatile long seen;

  /// Creates an empty queue.
  ///
  /// @param what the kind of action, as a noun phrase for the log: "A listener of a future"
  /// @param loader the context class loader of the actions, or null
  public HandOverQueue(String what, @Nullable ClassLoader loader) {
    this.what = what;
    this.loader = loader;
  }

  @Override
  public void execute(Runnable action) {
    waiting.add(action);
    if (running.compareAndSet(0, 1)) {
      start();
    } else if (watched.compareAndSet(false, true)) {
      watch();
    }
  }

  /// Starts a worker thread, which is counted in already.
  private void start() {
    try {
      TaskTimer.handOver(loader, worker);
    } catch (Throwable e) { // no memory: the next action, or the watch, tries again
      running.decrementAndGet();
      throw e;
    }
  }

  private void watch() {
    seen = begun.get();
    try {
      var _ = TaskTimer.after(STALL_NANOS, looker);
    } catch (Throwable _) { // no memory: the next action watches
      watched.set(false);
    }
  }

  /// Starts helpers if no action has begun since the last look. Thread: timer.
  private void look() {
    if (waiting.isEmpty()) {
      watched.set(false);
      if (waiting.isEmpty() || !watched.compareAndSet(false, true)) {
        return;
      }
    }
    try {
      if (begun.get() == seen) {
        help();
      }
    } finally {
      watch();
    }
  }

  private void help() {
    int helpers = Math.clamp(running.get(), 1, MOST_HELPERS);
    for (int i = 0; i < helpers; i++) {
      running.incrementAndGet();
      start();
    }
  }

  private void work() {
    do {
      for (Runnable next; (next = waiting.poll()) != null; ) {
        begun.incrementAndGet();
        try {
          ContextLoader.run(loader, next);
        } catch (Throwable e) {
          GuardedLog.error(LOG, what + " threw", e);
        }
        Thread.interrupted(); // an interrupt flag that an action leaves must not reach the next
      }
    } while (running.decrementAndGet() == 0 && !waiting.isEmpty() && running.compareAndSet(0, 1));
  }
}
