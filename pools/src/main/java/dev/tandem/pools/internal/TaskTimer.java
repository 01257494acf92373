package dev.tandem.pools.internal;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The one thread that watches the deadlines of all tasks. It never runs code of a user: it
/// interrupts, and hands everything else over.
final class TaskTimer {
  private static final ScheduledThreadPoolExecutor TIMER = newTimer();

  private TaskTimer() {}

  private static ScheduledThreadPoolExecutor newTimer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .daemon()
                .name("tandem-timer")
                .priority(8)
                .inheritInheritableThreadLocals(false)
                .factory());
    timer.setRemoveOnCancelPolicy(true); // most tasks end in time: keep nothing of them
    return timer;
  }

  static Future<?> after(long nanos, Runnable action) {
    return TIMER.schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  /// Runs an action that may call users' code; on the timer only if no thread can be had.
  static void handOver(Runnable action) {
    try {
      Thread.ofVirtual().name("tandem-timeout").inheritInheritableThreadLocals(false).start(action);
    } catch (Throwable e) {
      action.run();
    }
  }
}
