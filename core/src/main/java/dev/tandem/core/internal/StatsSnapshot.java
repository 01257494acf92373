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
    long queued)
    implements ExecutorStats {
  @Override
  public long completed() {
    return succeeded + failed + cancelled;
  }

  @Override
  public String toString() {
    return "ExecutorStats[name=%s, submitted=%d, succeeded=%d, failed=%d, cancelled=%d, running=%d, queued=%d]"
        .formatted(name, submitted, succeeded, failed, cancelled, running, queued);
  }
}
