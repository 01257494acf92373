package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The back-off between attempts to start workers that do not get ready, and the verdict on a pool
/// that has none: when the trouble does not pass, the pool breaks.
///
/// There are two kinds of trouble. A worker that ends by itself while it starts, or is refused, has
/// a reason that the next one will have, too: the flags, the class path, the initializer. In a pool
/// that never had a worker, a few such are enough. A worker that the system does not start, for
/// want of memory, threads or files, or that is killed from outside while it starts, says nothing
/// about the next: such trouble passes, and so does each kind in a pool whose workers were ready
/// before. It breaks a pool only if it lasts, so that what waits there does not wait for ever.
///
/// The delays and the patience are the constants below.
///
/// Thread: supervisor, but for [#because].
final class RespawnBackoff {
  private static final Logger log = LoggerFactory.getLogger(RespawnBackoff.class);

  /// So many workers in a row that did not start are enough to break a pool.
  private static final int TRIES = 3;

  /// The delay after the second failure in a row; it doubles with each.
  private static final long FIRST_DELAY = TimeUnit.MILLISECONDS.toNanos(100);

  /// The longest delay: of trouble that the next worker will have, too, and of trouble that passes.
  private static final long LAST_DELAY = TimeUnit.SECONDS.toNanos(10);

  private static final long LAST_DELAY_IF_IT_PASSES = TimeUnit.SECONDS.toNanos(1);

  /// The time that a pool that has worked waits for trouble to pass.
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// The time that a new pool waits for the system to start its first worker.
  private static final long FIRST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String pool;
  private final RareWarning warning = new RareWarning(log);
  private final Map<Worker, Throwable> reasons = new ConcurrentHashMap<>();
  private boolean everReady;
  private int inARow; // attempts without a worker that works
  private int failed; // attempts without a worker that is ready
  private int lasting; // those of them whose reason the next will have, too
  private boolean someKilled;
  private long since; // the first failure
  private long notBefore = System.nanoTime();
  private String last = "";
  private @Nullable Throwable lastCause;

  RespawnBackoff(String pool) {
    this.pool = pool;
  }

  /// Takes the reason for which a worker is about to die; the first counts. Thread: any.
  void because(Worker worker, Throwable reason) {
    reasons.putIfAbsent(worker, reason);
  }

  /// Takes note that a worker is ready: whatever happens later, the pool is set up right.
  void ready() {
    everReady = true;
    failed = 0;
    lasting = 0;
    someKilled = false;
  }

  /// Ends the back-off: a worker works, or has lived for a while.
  void over() {
    ready();
    inARow = 0;
  }

  /// Counts a worker that is gone and was never ready.
  void failedToStart(Worker worker, @Nullable WorkerCrashedException crash) {
    Throwable reason = reasons.remove(worker);
    List<String> what = new ArrayList<>();
    if (reason != null) {
      what.add(describe(reason));
    }
    if (crash != null) {
      what.add(describe(crash));
    }
    boolean killed = reason == null && crash != null && crash.kind() == Kind.KILLED;
    someKilled |= killed;
    failed(
        String.join(System.lineSeparator(), what),
        reason == null ? crash : reason,
        killed || everReady);
  }

  /// Forgets the reason of a worker that is gone and was ready.
  void forget(Worker worker) {
    reasons.remove(worker);
  }

  private static String describe(Throwable reason) {
    boolean speaks =
        reason instanceof PoolStartException || reason instanceof WorkerCrashedException;
    return speaks ? String.valueOf(reason.getMessage()) : reason.toString();
  }

  /// Counts a worker that the system has not started.
  void notSpawned(Throwable e) {
    failed("a worker could not be started: " + e, e, true);
  }

  /// Delays the next attempt, after the death of a worker that was ready and had not answered
  /// anything.
  void diedSoon() {
    pause(LAST_DELAY);
  }

  private void pause(long longest) {
    inARow++;
    long delay = inARow == 1 ? 0 : Math.min(longest, FIRST_DELAY << Math.min(inARow - 2, 20));
    notBefore = System.nanoTime() + delay;
  }

  private void failed(String what, @Nullable Throwable cause, boolean passes) {
    if (failed++ == 0) {
      since = System.nanoTime();
    }
    lasting += passes ? 0 : 1;
    last = what;
    lastCause = cause;
    pause(passes ? LAST_DELAY_IF_IT_PASSES : LAST_DELAY);
    String text = pool + ": a worker did not start: " + what;
    if (failed <= TRIES) {
      log.warn("{}", text);
    } else {
      warning.warn(text);
    }
  }

  /// {@return why the last worker that did not start has not}
  String lastFailure() {
    return last;
  }

  /// {@return the time to wait before the next attempt, in nanoseconds}
  long delayNanos() {
    return inARow == 0 ? 0 : Math.max(0, notBefore - System.nanoTime());
  }

  /// {@return why the pool is broken, or null if it is not}
  ///
  /// @param works whether some worker works
  @Nullable PoolStartException verdict(boolean works) {
    if (failed < TRIES || works || (lasting < TRIES && !hasLasted())) {
      return null;
    }
    return new PoolStartException(
        "%s is broken: %s workers in a row did not start. The last: %s"
            .formatted(pool, failed, last),
        lastCause);
  }

  private boolean hasLasted() {
    long patience = everReady || someKilled ? PATIENCE_NANOS : FIRST_PATIENCE_NANOS;
    return System.nanoTime() - since > patience;
  }
}
