package dev.tandem.pools.internal.process.fleet;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/// A warning that may come again and again: it is logged once in ten seconds, with how often it has
/// come since. Never throws: a failure to report must not replace what is reported.
final class RareWarning {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Logger log;
  private final AtomicLong nextAt = new AtomicLong(System.nanoTime());
  private final AtomicLong heldBack = new AtomicLong();

  RareWarning(Logger log) {
    this.log = log;
  }

  /// Logs a warning, or counts it.
  void warn(String message, Throwable... cause) {
    long now = System.nanoTime();
    long due = nextAt.get();
    if (now - due < 0 || !nextAt.compareAndSet(due, now + PAUSE_NANOS)) {
      heldBack.incrementAndGet();
      return;
    }
    try {
      long more = heldBack.getAndSet(0);
      String text = more == 0 ? message : message + " (and " + more + " times before)";
      if (cause.length == 0) {
        log.warn(text);
      } else {
        log.warn(text, cause[0]);
      }
    } catch (Throwable _) {
      // no memory for it, or an appender that fails
    }
  }
}
