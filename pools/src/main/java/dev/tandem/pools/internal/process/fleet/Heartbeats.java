package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.WorkerCrashedException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Notices workers that are not heard of any more. Thread: supervisor.
final class Heartbeats {
  /*
   * Time is counted in ticks of this JVM. If one of them is late, this JVM was stopped or starved,
   * and so may the workers have been: then all start again.
   */
  private static final int TICKS = 8;

  /// Longer than a worker gives itself.
  private static final long EXIT_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final Fleet fleet;
  private final long tickNanos;
  private final Map<Worker, Seen> seen = new HashMap<>();
  private final Map<Worker, Long> exitSeen = new HashMap<>();
  private long lastTick = System.nanoTime();

  private record Seen(long heartbeat, int ticksAgo) {}

  Heartbeats(Fleet fleet) {
    this.fleet = fleet;
    this.tickNanos = TimeUnit.NANOSECONDS.convert(fleet.options.limits().heartbeat()) / TICKS;
  }

  void start() {
    fleet.supervisor.postAfter(tickNanos, this::tick);
  }

  private void tick() {
    if (fleet.isEnded()) {
      return;
    }
    long now = System.nanoTime();
    boolean late = now - lastTick > 2 * tickNanos;
    lastTick = now;
    seen.keySet().retainAll(fleet.workers());
    exitSeen.keySet().retainAll(fleet.workers());
    for (Worker worker : fleet.workers()) {
      WorkerProcess process = worker.process();
      if (process != null) {
        process.ensureKilled();
      }
      if (worker.page().isExitMarked()) {
        limitExit(worker, now);
      }
      if (worker.phase.wasReady()) {
        look(worker, late);
      }
    }
    fleet.supervisor.postAfter(tickNanos, this::tick);
  }

  /// Kills a worker that has said that it exits, and should have ended by itself: see ExitMark.
  private void limitExit(Worker worker, long now) {
    Long since = exitSeen.putIfAbsent(worker, now);
    if (since != null && now - since > EXIT_LIMIT_NANOS) {
      worker.kill(Kind.EXITED, "its exit did not end");
    }
  }

  private void look(Worker worker, boolean late) {
    long heartbeat = worker.page().heartbeat();
    Seen before = seen.get(worker);
    int ticks =
        late || before == null || before.heartbeat() != heartbeat ? 0 : before.ticksAgo() + 1;
    seen.put(worker, new Seen(heartbeat, ticks));
    if (ticks == 0) {
      if (worker.phase.trust()) {
        fleet.supervisor.lookAround();
      }
    } else if (ticks > TICKS) {
      worker.kill(
          Kind.UNRESPONSIVE, "it was not heard of for " + fleet.options.limits().heartbeat());
    } else if (ticks > TICKS / 2 && worker.phase.suspect()) {
      fleet.dispatcher.withdrawAll(worker);
      fleet.supervisor.lookAround();
      fleet.events.suspected(worker.info());
    }
  }
}
