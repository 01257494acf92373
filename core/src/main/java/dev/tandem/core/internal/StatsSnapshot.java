package dev.tandem.core.internal;

import dev.tandem.core.ExecutorStats;

/// The values of an [ExecutorStats].
public record StatsSnapshot(
    String name,
    long submitted,
    long succeeded,
    long failed,
    long cancelled,
    long running,
    long queued,
    long sharedBytes)
    implements ExecutorStats {
  /// Creates one of an executor without shared memory.
  public StatsSnapshot(
      String name,
      long submitted,
      long succeeded,
      long failed,
      long cancelled,
      long running,
      long queued) {
    this(name, submitted, succeeded, failed, cancelled, running, queued, 0);
  }

  /// {@return the same with this much shared memory}
  public StatsSnapshot sharing(long bytes) {
    return new StatsSnapshot(name, submitted, succeeded, failed, cancelled, running, queued, bytes);
  }

  @Override
  public long completed() {
    return succeeded + failed + cancelled;
  }

  @Override
  public String toString() {
    return "ExecutorStats[name=%s, submitted=%s, succeeded=%s, failed=%s, cancelled=%s, running=%s, queued=%s, sharedBytes=%s]"
        .formatted(name, submitted, succeeded, failed, cancelled, running, queued, sharedBytes);
  }
}
