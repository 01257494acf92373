package dev.tandem.core.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one thread that watches the deadlines of all tasks and scopes. It never runs code of a user:
/// it interrupts, and hands everything else over.
public final class TaskTimer {
  private static final ScheduledThreadPoolExecutor TIMER = newTimer();
  private static volatile @Nullable Thread thread;

  private TaskTimer() {}

  private static ScheduledThreadPoolExecutor newTimer() {
    ThreadFactory threads =
        Thread.ofPlatform()
            .daemon()
            .name("tandem-timer")
            .priority(8)
            .inheritInheritableThreadLocals(false)
            .factory();
    var timer =
        new ScheduledThreadPoolExecutor(
            1,
            runnable -> {
              Thread made = threads.newThread(runnable);
              thread = made;
              return made;
            });
    timer.setRemoveOnCancelPolicy(true); // most tasks end in time: keep nothing of them
    return timer;
  }

  /// Runs an action after a time, on the timer.
  public static Future<?> after(long nanos, Runnable action) {
    return TIMER.schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  /// Runs an action after a time, on the timer. A time too long for a long of nanoseconds, some 292
  /// years, is shortened to that.
  public static Future<?> after(Duration time, Runnable action) {
    return TIMER.schedule(action, TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
  }

  /// Whether the current thread is the timer.
  public static boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /// Runs an action that may call users' code; on the timer only if no thread can be had.
  public static void handOver(Runnable action) {
    try {
      Thread.ofVirtual().name("tandem-timeout").inheritInheritableThreadLocals(false).start(action);
    } catch (Throwable e) {
      action.run();
    }
  }
}
