package dev.tandem.pools.internal.process.fleet;

import static java.util.Objects.requireNonNull;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what has to be done when a worker is gone: lets others have what it had not started, finds
/// out what has happened, and tells the task that it ran. Thread: the worker's reader, or the one
/// that has taken its place ([DeathWatch]).
final class WorkerReaper {
  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(WorkerReaper.class);

  private final Fleet fleet;
  private final Worker worker;
  private final WorkerProcess process;

  WorkerReaper(Fleet fleet, Worker worker) {
    this.fleet = fleet;
    this.worker = worker;
    this.process = requireNonNull(worker.process());
  }

  /// Reaps the worker, whose last answer was read.
  ///
  /// @param broken what it sent that no worker sends; null if nothing
  void reap(@Nullable Throwable broken) {
    if (broken != null) {
      worker.kill(Kind.LOST, "it sent what cannot be read: " + broken);
    }
    boolean drained = worker.phase.hasDrained();
    if (drained || worker.phase.is(State.INIT)) {
      process.letGo();
    }
    WorkerEnd.Kill kill = worker.kill();
    boolean wasTold = kill == null ? worker.phase.hasDrained() : kill.kind() == Kind.KILLED;
    fleet.leaving(worker);
    Job next = next();
    fleet.dispatcher.withdrawAll(worker);
    boolean givenBack = next != null && next() == null;
    List<Job> started = worker.inFlight.started();
    WorkerCrashedException crash = examine(started);
    endLink();
    fleet.channels.gone(worker.number);
    try {
      for (int i = 0; i < started.size(); i++) {
        settle(started.get(i), crash, i == started.size() - 1);
      }
      if (givenBack && !wasTold) {
        requireNonNull(next).suspect(crash);
      }
    } finally {
      fleet.gone(worker, wasTold ? null : crash);
    }
  }

  /// {@return what it had to answer next; null if it has nothing, or that was withdrawn}
  private @Nullable Job next() {
    return worker.inFlight.isEmpty() ? null : worker.inFlight.job(worker.nextAnswer());
  }

  /// Settles a job that the worker had started.
  ///
  /// @param last whether it is the one that was running: others had begun all their items
  private void settle(Job job, WorkerCrashedException crash, boolean last) {
    if (!job.isSettled() && !fleet.state.isEnding() && job.mayRunAgain()) {
      if (job.waitAgain()) {
        fleet.dispatcher.giveBack(job);
      }
      return;
    }
    try {
      if (job.settle()) {
        job.client.crashed(crash, last ? worker.page().itemsBegun() : job.items());
      }
    } catch (Throwable e) {
      log.error("{}: the end of a task could not be told", fleet.name(), e);
    } finally {
      job.leave();
    }
  }

  private void endLink() {
    try {
      worker.endLink();
    } catch (IOException _) {
      // closed it is
    }
  }

  private WorkerCrashedException examine(List<Job> started) {
    int exitCode = process.exitCode();
    WorkerGroup.killRest(worker.pid()); // first: what lives on may keep the output open
    boolean orderly = worker.page().isExitMarked();
    boolean needsOutput = PostMortem.needsOutput(exitCode, orderly);
    long end = System.nanoTime() + (needsOutput ? LAST_WORDS : MOMENT).toNanos();
    await(process.errors, end);
    await(process.output, end);
    try {
      return postMortem(started, exitCode, orderly);
    } catch (RuntimeException e) {
      return new WorkerCrashedException(
          Kind.LOST,
          worker.pid(),
          exitCode,
          "worker %s is gone, and what happened cannot be found out: %s"
              .formatted(worker.number, e));
    }
  }

  private WorkerCrashedException postMortem(List<Job> started, int exitCode, boolean orderly) {
    return PostMortem.examine(
        new WorkerEnd(
            fleet.name(),
            worker.number,
            worker.pid(),
            stage(started),
            started.isEmpty() ? null : started.getLast().client.title(),
            exitCode,
            orderly,
            worker.kill(),
            fleet.launcher.maxHeap,
            fleet.directory.owner(),
            fleet.launcher.errorFile(worker.pid()),
            worker.age.startedAt,
            lines(process.output),
            lines(process.errors)));
  }

  private WorkerEnd.Stage stage(List<Job> started) {
    if (!worker.phase.wasReady()) {
      return WorkerEnd.Stage.STARTING;
    }
    return started.isEmpty() ? WorkerEnd.Stage.IDLE : WorkerEnd.Stage.RUNNING;
  }

  private static void await(@Nullable LogPump pump, long end) {
    if (pump != null) {
      try {
        pump.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      } catch (InterruptedException e) {
        // no thread interrupts a reaper
      }
    }
  }

  private static List<String> lines(@Nullable LogPump pump) {
    return pump == null ? List.of() : pump.lastLines();
  }
}
