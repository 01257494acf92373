package dev.tandem.pools.internal.process;

import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import dev.tandem.pools.WorkerInfo.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Does what is to be done when a worker is gone: lets others have what it had not started, finds
/// out what has happened, and tells the task that it ran.
final class Undertaker {
  private static final long EXIT_WAIT_MILLIS = 10_000;
  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Fleet fleet;
  private final Worker worker;
  private final @Nullable LogPump output;
  private final @Nullable LogPump errors;

  Undertaker(Fleet fleet, Worker worker, @Nullable LogPump output, @Nullable LogPump errors) {
    this.fleet = fleet;
    this.worker = worker;
    this.output = output;
    this.errors = errors;
  }

  /// Called when the last answer was read.
  ///
  /// @param broken what it sent that no worker sends, if it did
  void bury(@Nullable Exception broken) {
    if (broken != null) {
      worker.kill(
          new WorkerEnd.Kill(Kind.LOST, "it sent what is not a message: " + broken.getMessage()));
    }
    if (worker.state() == State.DRAINING || worker.state() == State.INIT) {
      worker.letGo(); // it leaves by itself
    }
    WorkerEnd.Kill kill = worker.kill();
    boolean wasTold = kill == null ? worker.state() == State.DRAINING : kill.kind() == Kind.KILLED;
    fleet.leaving(worker);
    fleet.dispatcher().withdrawAll(worker);
    Job running = running();
    WorkerCrashedException crash = examine(running);
    settle(running, crash);
    fleet.gone(worker, wasTold ? null : crash);
  }

  /// What it had started and not answered: one at most. Nothing is sent to it any more.
  private @Nullable Job running() {
    int as = worker.nextAnswer();
    Job first = null;
    for (int left = worker.inFlight(); left > 0 && first == null; left--, as++) {
      Job job = worker.job(as);
      if (job != null && worker.page().hasStarted(as)) {
        first = job;
      }
    }
    return first;
  }

  private void settle(@Nullable Job job, WorkerCrashedException crash) {
    if (job == null) {
      return;
    }
    if (!job.isSettled() && job.mayRunAgain()) {
      if (job.waitAgain()) {
        fleet.dispatcher().giveBack(job);
      }
      return;
    }
    try {
      if (job.settle()) {
        job.crashed(crash, worker.page().itemsBegun());
      }
    } finally {
      job.leave();
    }
  }

  private WorkerCrashedException examine(@Nullable Job running) {
    Process process = worker.process();
    int exitCode = process == null ? WorkerEnd.UNKNOWN : exitCode(process);
    boolean orderly = worker.page().isExitMarked();
    boolean needsOutput = WorkerEnd.needsOutput(exitCode, orderly);
    long end = System.nanoTime() + (needsOutput ? LAST_WORDS : MOMENT).toNanos();
    await(errors, end);
    await(output, end);
    return PostMortem.examine(
        new WorkerEnd(
            fleet.settings().name(),
            worker.number(),
            worker.pid(),
            running == null ? null : running.title(),
            exitCode,
            orderly,
            worker.kill(),
            fleet.settings().launch().maxHeap(),
            fleet.errorFile(worker.pid()),
            worker.startedAt(),
            lines(output),
            lines(errors)));
  }

  private int exitCode(Process process) {
    try {
      if (!process.waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        process.toHandle().destroyForcibly(); // it has closed the connection, and lives
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
