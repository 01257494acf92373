package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.FlightRecorder;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerListener.ExitReason;
import dev.tandem.pools.internal.process.fleet.WorkerEnd.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loading of the classes that the death of a worker takes, before one dies. When no file can
/// be opened, a class cannot be loaded either, and the JVM does not try again for the class that
/// needed it.
final class Readiness {
  private static final Logger log = LoggerFactory.getLogger(Readiness.class);
  private static final int NO_WORKER = -1;
  private static final AtomicBoolean done = new AtomicBoolean();
  private static volatile boolean over;

  private Readiness() {}

  /// Loads them once, in another thread.
  ///
  /// @param fleet some fleet of this JVM
  static void prepare(Fleet fleet) {
    if (!done.getPlain() && done.compareAndSet(false, true)) {
      TaskTimer.handOver(() -> rehearse(fleet));
    }
  }

  /// {@return whether the classes are loaded, or could not be} Until then, a death that comes with
  /// a lack of files may be one too early.
  static boolean isOver() {
    return over;
  }

  private static void rehearse(Fleet fleet) {
    try {
      for (Class<?> each :
          List.of(
              WorkerReaper.class,
              RareWarning.class,
              WorkerEnd.Kill.class,
              PoolStartException.class,
              ExitReason.class)) {
        Class.forName(each.getName()); // a literal alone loads it, and does not initialize it
      }
      if (FlightRecorder.isInUse()) {
        JfrWorkerEvents.load();
      }
      WorkerGroup.killRest(0);
      fleet.channels.dropFiles(NO_WORKER, Set.of());
      Path nowhere = Path.of("tandem-of-no-worker");
      for (int code : new int[] {1, 3, 137}) {
        WorkerCrashedException said =
            PostMortem.examine(
                new WorkerEnd(
                    "",
                    0,
                    0,
                    Stage.RUNNING,
                    null,
                    code,
                    false,
                    null,
                    0,
                    fleet.directory.owner(),
                    nowhere,
                    Instant.MAX,
                    List.of(),
                    List.of()));
        log.trace("rehearsed: {}", said.kind());
      }
    } catch (Throwable e) {
      log.debug("Not all was loaded that the death of a worker takes", e);
    } finally {
      over = true;
    }
  }
}
