package dev.tandem.core.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one thread that watches the deadlines of all tasks and scopes. It never runs code of a user:
/// it interrupts, and hands everything else over.
public final class TaskTimer {
  private static final ScheduledThreadPoolExecutor TIMER = newTimer();

  /// As many threads as there are actions at a time: they may block, and must not wait for each
  /// other. Quick ones share a few threads.
  private static final ThreadPoolExecutor HANDS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          daemons("tandem-timeout", Thread.NORM_PRIORITY));

  private TaskTimer() {}

  private static ScheduledThreadPoolExecutor newTimer() {
    var timer = new ScheduledThreadPoolExecutor(1, daemons("tandem-timer", 8));
    timer.setRemoveOnCancelPolicy(true); // most tasks end in time: keep nothing of them
    return timer;
  }

  private static ThreadFactory daemons(String name, int priority) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .priority(priority)
        .inheritInheritableThreadLocals(false)
        .factory();
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

  /// Runs an action that may call users' code or take its time, on a platform thread: virtual
  /// threads that compute can hold all carriers, which is when timeouts matter. On the timer only
  /// if no thread can be had.
  public static void handOver(Runnable action) {
    handOver(ClassLoader.getSystemClassLoader(), action);
  }

  /// Like [#handOver(Runnable)], with the context class loader of whom the action is for. The
  /// threads serve all users, one after the other, so nothing of it stays on them.
  public static void handOver(@Nullable ClassLoader loader, Runnable action) {
    Runnable inLoader = () -> ContextLoader.run(loader, action);
    try {
      HANDS.execute(inLoader);
    } catch (Throwable e) {
      inLoader.run();
    }
  }
}
