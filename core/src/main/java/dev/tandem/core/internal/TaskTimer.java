package dev.tandem.core.internal;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that watches the deadlines of all tasks and scopes. It never runs users' code,
/// and `Thread.interrupt` counts as users' code: threads can override it, and it closes the channel
/// in which the thread waits. Such actions are handed over to other threads.
public final class TaskTimer {
  /*
   * Each action that is handed over has a thread to itself, because it may block and must not delay
   * another. When the JVM can start no more threads, which is when timeouts matter most since they
   * end the tasks that hold the threads, the action goes to the backlog. One hand is started with
   * this class and never ends, so even then a thread works the backlog off; every few milliseconds,
   * as long as there is a backlog, the timer asks for one more hand.
   */
  private static final Logger LOG = LoggerFactory.getLogger(TaskTimer.class);
  private static final long RETRY_NANOS = 5_000_000;
  private static final Queue<Runnable> BACKLOG = new ConcurrentLinkedQueue<>();
  private static final AtomicBoolean RETRYING = new AtomicBoolean();
  private static final Runnable RETRY = TaskTimer::retry;
  private static final Runnable WORK_OFF = TaskTimer::workOff;
  private static final ScheduledThreadPoolExecutor TIMER = newTimer();
  private static final ThreadPoolExecutor HANDS = newHands();

  private TaskTimer() {}

  private static ScheduledThreadPoolExecutor newTimer() {
    var timer = new ScheduledThreadPoolExecutor(1, daemons("tandem-timer", 8));
    timer.setRemoveOnCancelPolicy(true); // most tasks end in time: their timers must not pile up
    return timer;
  }

  private static ThreadPoolExecutor newHands() {
    var hands =
        new ThreadPoolExecutor(
            1,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("tandem-timeout", Thread.NORM_PRIORITY));
    try {
      hands.prestartCoreThread();
    } catch (Throwable _) {
      // no thread can be started yet: the next hand-over tries again
    }
    return hands;
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

  /// Runs an action after a time, on the timer. A time of more than `Long.MAX_VALUE` nanoseconds,
  /// some 292 years, is shortened to that.
  public static Future<?> after(Duration time, Runnable action) {
    return TIMER.schedule(action, TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
  }

  /// Runs an action that may call users' code or block, on a platform thread: virtual threads that
  /// compute can hold all carriers, which is when timeouts matter. If no thread can be started, the
  /// action waits until one can.
  public static void handOver(Runnable action) {
    handOver(ClassLoader.getSystemClassLoader(), action);
  }

  /// Like [#handOver(Runnable)], with a context class loader for the action. The hands serve all
  /// users in turn, so the loader is taken away afterwards.
  public static void handOver(@Nullable ClassLoader loader, Runnable action) {
    Runnable inLoader = () -> ContextLoader.run(loader, action);
    if (!BACKLOG.isEmpty() || !offer(inLoader)) {
      BACKLOG.add(inLoader);
      retryLater();
    }
  }

  @CanIgnoreReturnValue
  private static boolean offer(Runnable action) {
    try {
      HANDS.execute(action);
      return true;
    } catch (Throwable _) { // no thread, or no memory
      return false;
    }
  }

  private static void retryLater() {
    if (!RETRYING.compareAndSet(false, true)) {
      return; // the timer clears the flag, then looks at the backlog again
    }
    try {
      var _ = TIMER.schedule(RETRY, RETRY_NANOS, TimeUnit.NANOSECONDS);
    } catch (Throwable _) { // not even the timer's thread can be started: the last resort
      RETRYING.set(false);
      workOff();
    }
  }

  /// Asks for a hand that works the backlog off. Thread: timer.
  private static void retry() {
    RETRYING.set(false);
    if (!BACKLOG.isEmpty()) {
      offer(WORK_OFF);
      retryLater();
    }
  }

  private static void workOff() {
    for (Runnable next; (next = BACKLOG.poll()) != null; ) {
      try {
        next.run();
      } catch (Throwable e) {
        GuardedLog.error(LOG, "An action after a timeout threw", e);
      }
      Thread.interrupted(); // an interrupt flag that an action leaves must not reach the next
    }
  }
}
