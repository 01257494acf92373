package dev.tandem.pools.internal.process.fleet;

import static java.util.Objects.requireNonNull;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what is to be done when a worker is gone: lets others have what it had not started, finds
/// out what has happened, and tells the task that it ran.
final class WorkerReaper {
  private static final long EXIT_WAIT_MILLIS = 10_000;
  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(WorkerReaper.class);

  private final Fleet fleet;
  private final Worker worker;
  private final @Nullable LogPump output;
  private final @Nullable LogPump errors;

  WorkerReaper(Fleet fleet, Worker worker, @Nullable LogPump output, @Nullable LogPump errors) {
    this.fleet = fleet;
    this.worker = worker;
    this.output = output;
    this.errors = errors;
  }

  /// Called when the last answer was read.
  ///
  /// @param broken what it sent that no worker sends, if it did
  void bury(@Nullable Throwable broken) {
    if (broken != null) {
      worker.kill(new WorkerEnd.Kill(Kind.LOST, "it sent what cannot be read: " + broken));
    }
    boolean drained = worker.phase().hasDrained();
    if (drained || worker.phase().is(State.INIT)) {
      letGo(); // it leaves by itself
    }
    WorkerEnd.Kill kill = worker.kill();
    boolean wasTold = kill == null ? worker.phase().hasDrained() : kill.kind() == Kind.KILLED;
    fleet.leaving(worker);
    Job next = next();
    fleet.dispatcher().withdrawAll(worker);
    boolean givenBack = next != null && next() == null;
    List<Job> started = started();
    WorkerCrashedException crash = examine(started);
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

  /// {@return what it was to answer next; null if it has nothing, or another has taken that back}
  private @Nullable Job next() {
    return worker.isIdle() ? null : worker.job(worker.nextAnswer());
  }

  /// It leaves as it was told, and need not watch whether we live.
  private void letGo() {
    Process process = worker.process();
    if (process != null) {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // it is gone already
      }
    }
  }

  /// What it had started and not answered: the last of them was running. There are others only if
  /// what it had answered could not be read. Nothing is sent to it any more. All that could be
  /// withdrawn is: what is not, has started, or nobody knows, as the page says what cannot be.
  private List<Job> started() {
    List<Job> all = new ArrayList<>();
    int as = worker.nextAnswer();
    for (int left = worker.inFlight(); left > 0; left--, as++) {
      Job job = worker.job(as);
      if (job != null && !worker.page().isWithdrawn(as)) {
        all.add(job);
      }
    }
    return all;
  }

  /// @param last whether it is the one that was running: others had begun all their items
  private void settle(Job job, WorkerCrashedException crash, boolean last) {
    if (!job.isSettled() && !fleet.isEnding() && job.mayRunAgain()) {
      if (job.waitAgain()) {
        fleet.dispatcher().giveBack(job);
      }
      return;
    }
    try {
      if (job.settle()) {
        job.client().crashed(crash, last ? worker.page().itemsBegun() : job.items());
      }
    } catch (Throwable e) {
      log.error("{}: the end of a task could not be told", fleet.options().name(), e);
    } finally {
      job.leave();
    }
  }

  private WorkerCrashedException examine(List<Job> started) {
    Process process = worker.process();
    int exitCode = process == null ? WorkerEnd.UNKNOWN : exitCode(process);
    WorkerGroup.killRest(worker.pid()); // first: what lives on may keep the output open
    boolean orderly = worker.page().isExitMarked();
    boolean needsOutput = WorkerEnd.needsOutput(exitCode, orderly);
    long end = System.nanoTime() + (needsOutput ? LAST_WORDS : MOMENT).toNanos();
    await(errors, end);
    await(output, end);
    try {
      return postMortem(started, exitCode, orderly);
    } catch (RuntimeException e) {
      return new WorkerCrashedException(
          Kind.LOST,
          worker.pid(),
          exitCode,
          "worker %d is gone, and what happened cannot be found out: %s"
              .formatted(worker.number(), e));
    }
  }

  private WorkerCrashedException postMortem(List<Job> started, int exitCode, boolean orderly) {
    return PostMortem.examine(
        new WorkerEnd(
            fleet.options().name(),
            worker.number(),
            worker.pid(),
            stage(started),
            started.isEmpty() ? null : started.getLast().client().title(),
            exitCode,
            orderly,
            worker.kill(),
            fleet.launcher().maxHeap(),
            fleet.directory().owner(),
            fleet.launcher().errorFile(worker.pid()),
            worker.age().startedAt(),
            lines(output),
            lines(errors)));
  }

  private WorkerEnd.Stage stage(List<Job> started) {
    if (!worker.wasReady()) {
      return WorkerEnd.Stage.STARTING;
    }
    return started.isEmpty() ? WorkerEnd.Stage.IDLE : WorkerEnd.Stage.RUNNING;
  }

  private int exitCode(Process process) {
    try {
      if (!process.waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        WorkerGroup.kill(process.toHandle()); // it has closed the connection, and lives
        if (!process.waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
          return WorkerEnd.UNKNOWN;
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      return WorkerEnd.UNKNOWN; // nobody interrupts the reader
    }
  }

  private static void await(@Nullable LogPump pump, long end) {
    if (pump != null) {
      try {
        pump.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      } catch (InterruptedException e) {
        // nobody interrupts the reader
      }
    }
  }

  private static List<String> lines(@Nullable LogPump pump) {
    return pump == null ? List.of() : pump.lastLines();
  }
}
