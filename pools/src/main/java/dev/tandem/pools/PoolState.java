package dev.tandem.pools;

import dev.tandem.pools.internal.process.fleet.PoolHealth;
import org.jspecify.annotations.Nullable;

/// How a [ProcessPool] is at about one moment: for a health check, or a readiness probe.
///
/// Immutable; equal if all values are. Only Tandem makes it, so that later versions may tell more.
public sealed interface PoolState permits PoolHealth {
  /// {@return how it is}
  Status status();

  /// {@return how many workers take tasks, spares included}
  int readyWorkers();

  /// {@return how many workers the pool was made with}
  int workers();

  /// {@return what has happened, for a person: why workers are missing, or why there will be none;
  /// null if no worker is missing, or nothing has gone wrong}
  @Nullable String reason();

  /// How a pool is.
  enum Status {
    /// Its first workers start: not all of them have been ready yet. Tasks wait, or run in those
    /// that are.
    STARTING,
    /// All workers take tasks.
    READY,
    /// It has had all workers, and now some are missing: they were lost, killed with their tasks,
    /// or had run as many tasks as they may, and their replacements start.
    DEGRADED,
    /// Workers cannot be started; see [PoolStartException]. It stays so.
    BROKEN,
    /// It was shut down. It stays so.
    CLOSED
  }
}
