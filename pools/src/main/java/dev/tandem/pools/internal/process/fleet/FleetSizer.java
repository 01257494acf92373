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

/// Sees to it that a fleet has as many workers as there should be, and lets those go that have done
/// enough. The supervisor's.
final class FleetSizer {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  /// How many JVMs start at the same time: each takes more than one processor for that, and the
  /// first task waits for the first of them.
  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Fleet fleet;
  private final FleetOptions options;
  private final RespawnBackoff trouble;

  FleetSizer(Fleet fleet, RespawnBackoff trouble) {
    this.fleet = fleet;
    this.options = fleet.options();
    this.trouble = trouble;
  }

  /// One round.
  ///
  /// @return why there will never be enough, or null
  @Nullable PoolStartException round() {
    fleet.workers().values().forEach(this::retire);
    List<Worker> staying = fleet.workers().values().stream().filter(Worker::isStaying).toList();
    int missing = options.size().workers() + options.size().spares() - staying.size();
    PoolStartException verdict = trouble.verdict(staying.stream().anyMatch(Worker::isReady));
    if (verdict != null) {
      return verdict;
    }
    promote();
    long delay = trouble.delayNanos();
    if (missing > 0 && delay > 0) {
      fleet.supervisor().postAfter(delay, fleet::lookAround);
      return null;
    }
    long starting =
        fleet.workers().values().stream()
            .filter(w -> w.phase().is(State.HANDSHAKE) && !w.isTrainee())
            .count();
    for (long i = starting; missing > 0 && i < AT_ONCE; i++, missing--) {
      fleet.spawn(false);
    }
    return null;
  }

  /// Those that work: no suspects if there are others; the ones that do already; then the oldest.
  private void promote() {
    List<Worker> chosen =
        fleet.workers().values().stream()
            .filter(Worker::isReady)
            .filter(worker -> worker.tasksLeft() > 0)
            .sorted(
                Comparator.comparing((Worker worker) -> worker.phase().is(State.SUSPECT))
                    .thenComparing((Worker worker) -> !worker.isActive())
                    .thenComparingInt(Worker::number))
            .limit(options.size().workers())
            .toList();
    if (!fleet.isEnding()) {
      fleet.workers().values().forEach(worker -> worker.setActive(chosen.contains(worker)));
      fleet.dispatcher().setActive(chosen);
    }
  }

  /// Lets a worker go that has done enough: if it may not run any more, or if it is old or large
  /// and another is ready.
  private void retire(Worker worker) {
    if (worker.isReady()) {
      worker.age().look(options, worker.pid());
      boolean replaceable =
          fleet.workers().values().stream()
              .anyMatch(other -> other.isStaying() && other.isReady() && !other.isActive());
      if (worker.tasksLeft() <= 0 || (worker.age().isWornOut() && replaceable)) {
        worker.phase().drain();
      }
    }
    if (worker.phase().is(State.DRAINING) && worker.isQuiet()) {
      letGo(worker);
    }
  }

  /// A worker is gone that had not been told to leave, or had been while it started.
  void lost(Worker worker, boolean wasReady, @Nullable WorkerCrashedException crash) {
    if (wasReady) {
      trouble.forget(worker);
    }
    if (!wasReady) {
      trouble.failedToStart(worker, crash);
    } else if (crash != null) {
      log.warn("{}", crash.getMessage());
      if (worker.age().isUnproved() && crash.kind() != Kind.KILLED) {
        trouble.diedSoon();
      }
    }
  }

  /// Tells a worker to leave that has nothing to do.
  void letGo(Worker worker) {
    if (worker.sendExitOnce()) {
      fleet
          .supervisor()
          .postAfter(
              LEAVE_NANOS,
              () -> {
                if (fleet.workers().containsValue(worker)) {
                  log.warn(
                      "{}: worker {} (pid {}) does not exit; it is killed",
                      options.name(),
                      worker.number(),
                      worker.pid());
                  worker.kill(new WorkerEnd.Kill(Kind.KILLED, "it did not exit"));
                }
              });
    }
  }

  /// {@return whether all that are to work do} One more is a spare.
  boolean isComplete() {
    return fleet.workers().values().stream().filter(Worker::isActive).count() >= options.size().workers();
  }

  /// A little later: a worker is looked at once a second.
  void lookLater() {
    fleet.supervisor().postAfter(TimeUnit.SECONDS.toNanos(1), fleet::lookAround);
  }

  /// It works, or has lived for a while.
  void prove(Worker worker) {
    if (worker.phase().isStaying() && worker.age().prove()) {
      trouble.over();
    }
  }

  /// It is not ready in time.
  void startTimedOut(Worker worker) {
    if (fleet.workers().containsValue(worker) && worker.phase().isStarting()) {
      trouble.because(
          worker,
          new PoolStartException(
              "it was not ready after %s (see withStartTimeout)".formatted(options.limits().start()),
              null));
      worker.kill(new WorkerEnd.Kill(Kind.UNRESPONSIVE, "it was not ready in time"));
    }
  }
}
