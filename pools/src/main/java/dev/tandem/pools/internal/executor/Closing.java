package dev.tandem.pools.internal.executor;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.TaskLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ways to close an executor and to wait for its end. None of them waits for ever for a task,
/// listener or callback in which it is called.
final class Closing {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  private final AbstractTaskExecutor executor;
  private final TaskHost host;
  private final @Nullable Duration limit;

  /// @param limit how long `close()` waits before it stops what runs; null for ever
  Closing(AbstractTaskExecutor executor, @Nullable Duration limit) {
    this.executor = executor;
    this.host = executor.host;
    this.limit = limit;
  }

  /// Closes the executor as `close()` does.
  ///
  /// @param withoutLimit waits for as long as it takes
  void close(Runnable withoutLimit) {
    if (limit != null) {
      warnOf(close(limit));
      return;
    }
    if (host.isCurrentThreadInside()) {
      warnInside("close(): it is shut down, and not waited for");
      executor.shutdown();
    } else {
      withoutLimit.run();
    }
    host.unread.forEach(UnreadFailure::logIfUnread);
  }

  private void warnOf(List<TaskInfo> survivors) {
    if (!survivors.isEmpty()) {
      log.warn(
          "{} closed, but these tasks ignore their interrupt and are still running: {}",
          host.name,
          survivors.stream().map(TaskInfo::name).toList());
    }
  }

  /// Closes the executor as `close(wait)` does.
  List<TaskInfo> close(Duration wait) {
    TaskLimits.notNegative("wait", wait);
    executor.shutdown();
    boolean interrupted = false;
    boolean terminated = false;
    try {
      long nanos = TimeUnit.NANOSECONDS.convert(wait);
      terminated = executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (!terminated) {
      executor.shutdownNow();
      long nanos = host.isCurrentThreadInside() ? host.graceNanos : executor.stopNanos();
      terminated = awaitUninterruptibly(nanos, interrupted);
    } else if (interrupted) {
      Thread.currentThread().interrupt();
    }
    host.unread.forEach(UnreadFailure::logIfUnread);
    return terminated ? List.of() : List.copyOf(executor.survivors());
  }

  private boolean awaitUninterruptibly(long nanos, boolean wasInterrupted) {
    boolean interrupted = wasInterrupted;
    long end = System.nanoTime() + nanos;
    try {
      while (true) {
        try {
          return executor.awaitEnd(end - System.nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Waits as `awaitTermination` does.
  boolean await(long timeout, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(timeout);
    if (nanos > 0 && host.isCurrentThreadInside() && !executor.isTerminated()) {
      warnInside("awaitTermination: it can only run into its timeout of " + timeout + " " + unit);
    }
    return executor.awaitEnd(nanos);
  }

  private void warnInside(String what) {
    String message =
        "%s cannot end before one of its own tasks, listeners or callbacks goes on, which called %s"
            .formatted(host.name, what);
    GuardedLog.warn(log, message, new IllegalStateException("called here"));
  }
}
