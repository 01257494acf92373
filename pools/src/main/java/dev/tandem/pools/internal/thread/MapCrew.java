package dev.tandem.pools.internal.thread;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.TaskExecutor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runners of one map. Only its consumer starts runners.
final class MapCrew<I, R extends @Nullable Object> {
  /* A runner never parks for an input, so none can leave with a wake-up that was meant for another; a
   * runner that leaves counts itself out and then looks for inputs again (see RunnerCount). The end of
   * a runner wakes the consumer and each thread that closes the map. */

  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  private final MapRun<I, R> map;
  private final ThreadTaskExecutor executor;
  final boolean nested;
  private final RunnerCount count;
  private final Set<MapRunner<I, R>> runners = ConcurrentHashMap.newKeySet();

  /// @param nested whether the consumer is itself on a thread of the executor, and helps
  MapCrew(MapRun<I, R> map, ThreadTaskExecutor executor, int concurrency, boolean nested) {
    this.map = map;
    this.executor = executor;
    this.nested = nested;
    this.count = new RunnerCount(map.ring, nested ? concurrency - 1 : concurrency);
  }

  // ---- the consumer

  /// Starts a runner for an input that was published, if there are too few runners and there is
  /// room in the executor's queue.
  void reinforce() throws InterruptedException {
    if (count.tryAdd()) {
      start(false);
    }
  }

  /// Starts a runner while the consumer waits. Runners get lost to inputs that ignore their
  /// timeout, to interrupts, and to `shutdownNow`; and there may have been no room for the first.
  ///
  /// @return whether one was started
  boolean replaceLost() throws InterruptedException {
    boolean wait = count.isZero() && !nested;
    if (!map.ring.hasUnclaimed() || !count.tryAdd()) {
      return false;
    }
    return start(wait);
  }

  @CanIgnoreReturnValue
  private boolean start(boolean wait) throws InterruptedException { // it is counted in already
    MapRunner<I, R> runner = null;
    boolean accepted = false;
    try {
      runner = add();
      accepted = wait ? executor.acceptWithin(Long.MAX_VALUE, runner) : executor.tryAccept(runner);
    } finally {
      if (!accepted) {
        takeBack(runner);
      }
    }
    return accepted;
  }

  private MapRunner<I, R> add() {
    var runner = new MapRunner<>(map, this);
    runners.add(runner);
    return runner;
  }

  /// Counts out a runner that was not accepted, unless its end has done it.
  ///
  /// @param runner null if there was no memory to make it
  private void takeBack(@Nullable MapRunner<I, R> runner) {
    if (runner == null || runners.remove(runner)) {
      count.remove();
      map.workNotBegun();
    }
  }

  /// Withdraws the runners that have not started: the map is at its end. Those that have started
  /// are just leaving.
  void dismiss() {
    runners.forEach(MapRunner::withdraw);
  }

  // ---- any thread that closes the map

  /// Interrupts the runners.
  void stop() {
    runners.forEach(MapRunner::stop);
  }

  /// {@return whether no runner is queued or on a thread}
  boolean isGone() {
    return runners.isEmpty();
  }

  void warnOfSurvivors() {
    int left = runners.size();
    if (left > 0) {
      log.warn(
          "A map on {} was stopped, but {} of its functions ignore their interrupt and still run",
          executor.host.name,
          left);
    }
  }

  // ---- the runners

  /// {@return true if the runner is counted out; false if it must go on}
  boolean retire() {
    return count.retire();
  }

  /// Counts out a runner that cannot go on though there may be inputs.
  void lost() {
    count.remove();
    map.wake();
  }

  /// Removes a runner that has left its thread, or will never be on one.
  ///
  /// @param countedOut whether it retired or was lost before
  void ended(MapRunner<I, R> runner, boolean countedOut) {
    if (runners.remove(runner)) {
      if (!countedOut) {
        count.remove();
      }
      map.workEnded();
    }
  }
}
