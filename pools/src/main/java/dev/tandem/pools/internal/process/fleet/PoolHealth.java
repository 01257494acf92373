package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.PoolState;
import org.jspecify.annotations.Nullable;

/// The values of a [PoolState].
public record PoolHealth(Status status, int readyWorkers, int workers, @Nullable String reason)
    implements PoolState {
  @Override
  public String toString() {
    return "PoolState[status=%s, readyWorkers=%s, workers=%s, reason=%s]"
        .formatted(status, readyWorkers, workers, reason);
  }
}
