package dev.tandem.pools.internal.executor;

import dev.tandem.core.MapProgress;
import dev.tandem.core.internal.ProgressSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;

/// The counts of a map's consumer. Thread: consumer.
final class MapTally {
  private final TaskCounters counters;
  private final boolean countsForExecutor;
  private final OptionalLong total;
  private long startNanos;
  private long pulled;
  private long succeeded;
  private long failed;
  private long succeededTold;
  private long failedTold;

  /// @param countsForExecutor false if each input is a task that counts itself
  MapTally(TaskCounters counters, boolean countsForExecutor, Iterable<?> inputs) {
    this.counters = counters;
    this.countsForExecutor = countsForExecutor;
    this.total =
        inputs instanceof Collection<?> known
            ? OptionalLong.of(known.size())
            : OptionalLong.empty();
  }

  void start() {
    startNanos = System.nanoTime();
  }

  void pull() {
    pulled++;
  }

  long pulled() {
    return pulled;
  }

  /// {@return how many inputs were pulled whose results were not taken}
  long ahead() {
    return pulled - succeeded - failed;
  }

  void take(boolean failure) {
    if (failure) {
      failed++;
    } else {
      succeeded++;
    }
  }

  /// Tells the executor's counters what is new. Called when the consumer waits or ends, because one
  /// step of a shared counter per cheap input would show. What has not been taken is not counted: a
  /// stream may be dropped half-way, and then nothing is queued.
  void flush() {
    tell(0);
  }

  /// Tells the executor's counters of a map that ends early.
  ///
  /// @param failures how many failures ended it
  void stop(long failures) {
    failed += failures;
    tell(Math.max(0, ahead()));
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

  MapProgress progress() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    return new ProgressSnapshot(succeeded, failed, ahead(), total, elapsed);
  }
}
