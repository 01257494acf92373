package dev.tandem.pools.internal.executor;

import dev.tandem.core.MapProgress;
import dev.tandem.core.internal.ProgressSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;

/// What the consumer of a map counts. Used by the consumer's thread alone.
public final class MapTally {
  private final TaskCounters counters;
  private final boolean countsForExecutor;
  private final OptionalLong total;
  private long startNanos;
  private long succeeded;
  private long failed;
  private long succeededTold;
  private long failedTold;

  /// @param countsForExecutor false if each input is a task that counts itself
  public MapTally(TaskCounters counters, boolean countsForExecutor, Iterable<?> inputs) {
    this.counters = counters;
    this.countsForExecutor = countsForExecutor;
    this.total =
        inputs instanceof Collection<?> known
            ? OptionalLong.of(known.size())
            : OptionalLong.empty();
  }

  public void start() {
    startNanos = System.nanoTime();
  }

  public void taken(boolean failure) {
    if (failure) {
      failed++;
    } else {
      succeeded++;
    }
  }

  /// Tells the executor's counters what is new. Done when the consumer waits or ends, because one
  /// shared counter step per cheap input would show. What has not been taken is not counted: a
  /// stream may be dropped half-way, and then nothing is queued.
  public void flush() {
    tell(0);
  }

  /// The map ended early.
  public void stopped(long pulled, long failures) {
    failed += failures;
    tell(Math.max(0, pulled - succeeded - failed));
  }

  private void tell(long cancelled) {
    if (countsForExecutor) {
      long newSucceeded = succeeded - succeededTold;
      long newFailed = failed - failedTold;
      counters.add(newSucceeded + newFailed + cancelled, newSucceeded, newFailed, cancelled);
      succeededTold = succeeded;
      failedTold = failed;
    }
  }

  public MapProgress progress(long pulled) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    return new ProgressSnapshot(succeeded, failed, pulled - succeeded - failed, total, elapsed);
  }
}
