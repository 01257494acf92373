package dev.tandem.cluster.internal;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.tandem.core.internal.TaskTimer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The bodies that run on a member, so that callers and timeouts can interrupt them.
final class RunningBodies {
  /*
   * A request to stop a body may come before the body begins. It writes `unwanted`, then looks among
   * those that run; a body that begins enters itself there, then looks into `unwanted`: one sees the
   * other.
   *
   * An interrupt must not reach what the thread does after the body. Both happen under the body's
   * monitor: an interrupt finds that it has ended, or the end finds the interrupt and takes the flag
   * away.
   */
  private static final int MOST_UNWANTED = 100_000;
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  private final Map<Key, Running> running = new ConcurrentHashMap<>();
  private final Cache<Key, Boolean> unwanted =
      CacheBuilder.newBuilder()
          .maximumSize(MOST_UNWANTED)
          .expireAfterWrite(FORGOTTEN_AFTER)
          .build();

  /// The attempt of a caller.
  record Key(UUID caller, long attempt) {}

  /// Why a body was interrupted.
  enum Reason {
    UNWANTED,
    TIMED_OUT
  }

  /// {@return the body that the current thread is about to run; null if its caller does not want it
  /// any more}
  ///
  /// @param timeoutNanos how long it may run; 0 for ever
  @Nullable Running begin(Key key, long timeoutNanos) {
    Running body = new Running(key);
    running.put(key, body);
    if (unwanted.getIfPresent(key) != null) {
      var _ = body.end(); // stop() may have found it meanwhile, and must not interrupt what follows
      return null;
    }
    if (timeoutNanos > 0) {
      body.timer = TaskTimer.after(timeoutNanos, () -> body.interrupt(Reason.TIMED_OUT));
    }
    return body;
  }

  /// Interrupts a body, or keeps it from beginning.
  void stop(Key key) {
    unwanted.put(key, true);
    Running body = running.get(key);
    if (body != null) {
      body.interrupt(Reason.UNWANTED);
    }
  }

  /// A body on its thread.
  final class Running {
    private final Key key;
    private final Thread thread = Thread.currentThread();
    private @Nullable Future<?> timer; // Thread: the body's
    private boolean ended; // @GuardedBy("this")
    private @Nullable Reason reason; // @GuardedBy("this")

    private Running(Key key) {
      this.key = key;
    }

    private synchronized void interrupt(Reason why) {
      if (!ended && reason == null) {
        reason = why;
        thread.interrupt();
      }
    }

    synchronized boolean isStopped() {
      return reason != null;
    }

    /// Notes that the body has ended. Thread: the body's.
    ///
    /// @return why it was interrupted; null if it was not
    @Nullable Reason end() {
      if (timer != null) {
        timer.cancel(false);
      }
      running.remove(key);
      unwanted.invalidate(key);
      synchronized (this) {
        ended = true;
        Thread.interrupted(); // also a flag that the body has set itself
        return reason;
      }
    }
  }
}
