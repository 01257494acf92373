package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The values of a [WorkerInfo].
public record WorkerSnapshot(
    int number,
    long pid,
    State state,
    boolean spare,
    Duration age,
    long tasks,
    @Nullable String task)
    implements WorkerInfo {
  @Override
  public String toString() {
    return "WorkerInfo[number=%s, pid=%s, state=%s, spare=%s, age=%s, tasks=%s, task=%s]"
        .formatted(number, pid, state, spare, age, tasks, task);
  }
}
