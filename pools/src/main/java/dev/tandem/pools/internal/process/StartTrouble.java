package dev.tandem.pools.internal.process;

import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts workers that die before they are ready: the next try comes later each time, and after
/// some in a row, with none that works, the pool breaks.
final class StartTrouble {
  private static final Logger log = LoggerFactory.getLogger(StartTrouble.class);
  private static final int TRIES = 3;
  private static final long FIRST_DELAY = 100_000_000;
  private static final long LAST_DELAY = 10_000_000_000L;

  private final String pool;
  private final Map<Worker, Throwable> reasons = new ConcurrentHashMap<>();
  private int inARow;
  private int failed;
  private long notBefore = System.nanoTime();
  private String last = "";
  private @Nullable Throwable lastCause;

  StartTrouble(String pool) {
    this.pool = pool;
  }

  /// Why a worker is about to die. Called by any thread.
  void because(Worker worker, Throwable reason) {
    reasons.putIfAbsent(worker, reason);
  }

  // ---- the supervisor

  /// A worker is ready.
  void over() {
    inARow = 0;
    failed = 0;
  }

  /// A worker is gone that was never ready.
  void failedToStart(Worker worker, @Nullable WorkerCrashedException crash) {
    Throwable reason = reasons.remove(worker);
    List<String> what = new ArrayList<>();
    if (reason != null) {
      what.add(describe(reason));
    }
    if (crash != null) {
      what.add(describe(crash));
    }
    failed(String.join(System.lineSeparator(), what), reason == null ? crash : reason);
  }

  private static String describe(Throwable reason) {
    boolean ours = reason instanceof PoolStartException || reason instanceof WorkerCrashedException;
    return ours ? String.valueOf(reason.getMessage()) : reason.toString();
  }

  /// A worker is gone that was ready, and had not answered anything: the next one can wait.
  void diedSoon() {
    pause();
  }

  private void pause() {
    inARow++;
    long delay = inARow == 1 ? 0 : Math.min(LAST_DELAY, FIRST_DELAY << Math.min(inARow - 2, 20));
    notBefore = System.nanoTime() + delay;
  }

  void failed(String what, @Nullable Throwable cause) {
    failed++;
    last = what;
    lastCause = cause;
    pause();
    log.warn("{}: a worker did not start: {}", pool, what);
  }

  /// {@return how long to wait before the next try}
  long delayNanos() {
    return inARow == 0 ? 0 : Math.max(0, notBefore - System.nanoTime());
  }

  /// {@return why the pool is broken, or null if it is not}
  ///
  /// @param works whether some worker works
  @Nullable PoolStartException verdict(boolean works) {
    if (failed < TRIES || works) {
      return null;
    }
    return new PoolStartException(
        "%s is broken: %d workers in a row did not start. The last: %s"
            .formatted(pool, failed, last),
        lastCause);
  }
}
