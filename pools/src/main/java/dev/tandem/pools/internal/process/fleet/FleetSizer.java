package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo.State;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps as many workers as there should be: has new ones spawned, chooses those that work, and
/// lets those leave that have done enough.
final class FleetSizer {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  /// How many JVMs start at the same time: each takes more than one processor for that, and the
  /// first task waits for the first of them.
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /// A worker that dies before it has answered anything counts as trouble for so long.
  private static final long PROBATION_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Fleet fleet;
  private final FleetOptions options;

  FleetSizer(Fleet fleet) {
    this.fleet = fleet;
    this.options = fleet.options;
  }

  // ---- any thread

  /// {@return whether as many work as should} One more is a spare.
  boolean isComplete() {
    long active = fleet.workers().stream().filter(worker -> worker.feed.isActive()).count();
    return active >= options.size().workers();
  }

  /// Takes note that a worker has answered all that has come. Thread: its reader.
  void answered(Worker worker) {
    if (worker.feed.tasksDone() > 0 && worker.age.isFirstAnswer()) {
      fleet.supervisor.post(() -> {
        prove(worker);
        fleet.events.answeredFirst(worker.info());
      });
    }
    if (worker.needsAttention()) {
      fleet.supervisor.lookAround();
    }
  }

  /// Has the replacement of a worker started, which has run nearly as much as it may.
  void recycleSoon(Worker worker) {
    if (worker.age.startAgeing()) {
      fleet.supervisor.lookAround();
    }
  }

  /// Replaces a worker, which must run nothing more.
  void recycleNow(Worker worker) {
    fleet.supervisor.post(() -> {
      var _ = worker.age.startAgeing();
      fleet.dispatcher.wearOut(worker);
      fleet.round();
    });
  }

  // ---- Thread: supervisor

  /// Makes one round.
  ///
  /// @return why there will never be enough workers, or null
  @Nullable PoolStartException round() {
    fleet.workers().forEach(this::retire);
    List<Worker> staying = fleet.workers().stream().filter(Worker::isStaying).toList();
    int missing = options.size().workers() + options.size().spares() - staying.size();
    PoolStartException verdict = fleet.backoff.verdict(staying.stream().anyMatch(Worker::isReady));
    if (verdict != null) {
      return verdict;
    }
    promote();
    long delay = fleet.backoff.delayNanos();
    if (missing > 0 && delay > 0) {
      fleet.supervisor.postAfter(delay, fleet.supervisor::lookAround);
      return null;
    }
    long starting =
        fleet.workers().stream()
            .filter(worker -> worker.phase.is(State.HANDSHAKE) && !worker.trainee)
            .count();
    for (long i = starting; missing > 0 && i < AT_ONCE; i++, missing--) {
      fleet.spawner.spawn(false);
    }
    return null;
  }

  /// Chooses those that work: no suspects if there are others; those that do already; then the
  /// oldest.
  private void promote() {
    List<Worker> chosen =
        fleet.workers().stream()
            .filter(Worker::isReady)
            .filter(worker -> worker.feed.tasksLeft() > 0)
            .sorted(
                Comparator.comparing((Worker worker) -> worker.phase.is(State.SUSPECT))
                    .thenComparing((Worker worker) -> !worker.feed.isActive())
                    .thenComparingInt(worker -> worker.number))
            .limit(options.size().workers())
            .toList();
    if (!fleet.state.isEnding()) {
      fleet.workers().forEach(worker -> worker.feed.setActive(chosen.contains(worker)));
      fleet.dispatcher.setActive(chosen);
    }
  }

  /// Lets a worker leave that has done enough: if it may not run any more, or if it is old or large
  /// and another is ready.
  private void retire(Worker worker) {
    if (worker.isReady()) {
      worker.age.look(options.recycling(), worker.pid());
      boolean replaceable =
          fleet.workers().stream()
              .anyMatch(other -> other.isStaying() && other.isReady() && !other.feed.isActive());
      if (worker.feed.tasksLeft() <= 0 || (worker.age.isWornOut() && replaceable)) {
        worker.phase.drain();
      }
    }
    letGoIfDrained(worker);
  }

  /// Tells a worker to leave if it should and has nothing to do.
  void letGoIfDrained(Worker worker) {
    if (worker.phase.is(State.DRAINING) && worker.feed.isQuiet()) {
      letGo(worker);
    }
  }

  /// Tells a worker to leave that has nothing to do.
  void letGo(Worker worker) {
    if (worker.sendExitOnce()) {
      fleet.supervisor.postAfter(
          LEAVE_NANOS,
          () -> {
            if (fleet.has(worker)) {
              log.warn(
                  "{}: worker {} (pid {}) does not exit; it is killed",
                  options.name(),
                  worker.number,
                  worker.pid());
              worker.kill(Kind.KILLED, "it did not exit");
            }
          });
    }
  }

  /// Takes note that a worker is ready.
  void ready(Worker worker) {
    fleet.backoff.ready();
    fleet.round();
    fleet.supervisor.postAfter(PROBATION_NANOS, () -> prove(worker));
    if (options.recycling().age() != null) {
      fleet.supervisor.postAfter(
          options.recycling().age(),
          () -> fleet.supervisor.postAfter(WorkerAge.LOOK_NANOS, fleet.supervisor::lookAround));
    }
  }

  /// Takes note that a worker works, or has lived for a while.
  private void prove(Worker worker) {
    if (worker.phase.isStaying() && worker.age.prove()) {
      fleet.backoff.over();
    }
  }

  /// Takes note that a worker is gone that had not been told to leave, or had been while it
  /// started.
  void lost(Worker worker, @Nullable WorkerCrashedException crash) {
    if (!worker.phase.wasReady()) {
      fleet.backoff.failedToStart(worker, crash);
      return;
    }
    fleet.backoff.forget(worker);
    if (crash != null) {
      log.warn("{}", crash.getMessage());
      if (worker.age.isUnproved() && crash.kind() != Kind.KILLED) {
        fleet.backoff.diedSoon();
      }
    }
  }

  /// Gives up a worker that is not ready in time.
  void startTimedOut(Worker worker) {
    if (fleet.has(worker) && worker.phase.isStarting()) {
      fleet.backoff.because(
          worker,
          new PoolStartException(
              "it was not ready after %s (see withStartTimeout)"
                  .formatted(options.limits().start()),
              null));
      worker.kill(Kind.UNRESPONSIVE, "it was not ready in time");
    }
  }
}
