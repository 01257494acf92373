package dev.tandem.examples.boot;

import dev.tandem.pools.PoolState;
import dev.tandem.pools.ProcessPool;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Health of a process pool, for the group `readiness`: a pool that can take no task now is out of
/// service, one whose workers cannot be started is down. One that has lost workers, and has others,
/// is up: it answers, a little later.
///
/// It does not belong into the group `liveness`: the pool replaces its workers by itself, and a
/// restart of the service would only take the others with it.
// @start region="health"
final class ProcessPoolHealth implements HealthIndicator {
  private final ProcessPool pool;

  ProcessPoolHealth(ProcessPool pool) {
    this.pool = pool;
  }

  @Override
  public Health health() {
    PoolState state = pool.state();
    Health.Builder health =
        switch (state.status()) {
          case READY -> Health.up();
          case DEGRADED -> state.readyWorkers() > 0 ? Health.up() : Health.outOfService();
          case STARTING, CLOSED -> Health.outOfService();
          case BROKEN -> Health.down();
        };
    health
        .withDetail("state", state.status())
        .withDetail("readyWorkers", state.readyWorkers())
        .withDetail("workers", state.workers());
    if (state.reason() != null) {
      health.withDetail("reason", state.reason());
    }
    return health.build();
  }
} // @end
