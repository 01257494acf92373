package dev.tandem.pools.internal.process.fleet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the processes of workers. Thread: supervisor.
///
/// Wherever it fails, a worker that never was is not registered afterwards, nothing of it runs, and
/// the next try is due: memory, threads, files and room on a disk can be missing at each step, for
/// a while.
final class Spawner {
  private static final Logger log = LoggerFactory.getLogger(Spawner.class);

  private final Fleet fleet;
  private int lastNumber;

  Spawner(Fleet fleet) {
    this.fleet = fleet;
  }

  /// Starts one worker.
  ///
  /// @param trainee whether it only starts, to be recorded
  void spawn(boolean trainee) {
    int number = ++lastNumber;
    Process process = null;
    try {
      Worker worker = register(number, trainee);
      process = fleet.state.isEnding() ? null : launch(worker);
      if (process == null) {
        forget(number); // the pool ends, or another pool has an AOT cache made
      } else {
        tend(worker, process);
      }
    } catch (Throwable e) {
      if (process == null && !(e instanceof IOException)) {
        endUnknown(number);
      }
      if (process != null) {
        process.destroyForcibly();
      }
      Worker worker = fleet.worker(number);
      if (worker == null || worker.process() == null) { // else it is reaped as any other
        forget(number);
        if (trainee) {
          fleet.trainer.finish();
        } else if (!fleet.state.isEnding()) {
          fleet.backoff.notSpawned(e);
          fleet.health.notStarted(fleet.backoff.lastFailure());
        }
      }
      if (!fleet.state.isEnding()) {
        fleet.supervisor.lookAround();
      }
    }
  }

  private Worker register(int number, boolean trainee) throws IOException {
    fleet.directory.ensure();
    fleet.acceptor.ensure();
    Worker worker =
        new Worker(fleet, number, StatusPageFile.create(fleet.directory.page(number)), trainee);
    ExitFiles.made(fleet.directory.page(number));
    ExitFiles.madeIn(fleet.directory.files()); // the launcher's, perhaps made again just now
    fleet.add(worker);
    return worker;
  }

  /// Starts a process. The end of a pool kills the workers that are registered, then deletes the
  /// directory: so this comes after the registration, and after a look at whether the pool ends.
  private @Nullable Process launch(Worker worker) throws IOException {
    int number = worker.number;
    String[] arguments = {
      Integer.toString(number),
      fleet.acceptor.address(),
      fleet.directory.page(number).toString(),
      Long.toString(ProcessHandle.current().pid())
    };
    return worker.trainee
        ? fleet.trainer.start(number, arguments)
        : fleet.launcher.start(number, arguments);
  }

  /// Gives a worker its process. All that can fail comes before other threads can find the process;
  /// that does nothing until it has its token.
  private void tend(Worker worker, Process process) {
    String name = fleet.name() + "-" + worker.number;
    WorkerProcess tended = WorkerProcess.of(process, name, !worker.trainee, fleet.loader);
    Supervisor supervisor = fleet.supervisor;
    tended.giveUpBy(
        supervisor.postAfter(
            fleet.options.limits().start(), () -> fleet.sizer.startTimedOut(worker)));
    var _ = process.onExit().thenRun(() -> supervisor.post(() -> fleet.deathWatch.exited(worker)));
    if (!worker.trainee) {
      supervisor.post(() -> fleet.events.started(worker.info()));
    }
    worker.started(tended);
    tended.tellToken();
    if (worker.kill() != null) {
      tended.kill(); // the killer had no process to kill
    }
    log.debug("{}: worker {} is process {}", fleet.name(), worker.number, worker.pid());
  }

  /// Removes a worker that is gone, or never was.
  void forget(int number) {
    fleet.remove(number);
    StatusPageFile.delete(fleet.directory.page(number));
  }

  /// Ends a process that the JDK has started and not returned: it can fail behind the start, when
  /// it has no thread to wait for the end. The process would wait for its token until the collector
  /// finds its pipes.
  private void endUnknown(int number) {
    try {
      String page = fleet.directory.page(number).toString();
      ProcessHandle.current()
          .children()
          .filter(child -> child.info().commandLine().orElse("").contains(page))
          .forEach(ProcessHandle::destroyForcibly);
    } catch (Throwable e) {
      log.debug("{}: a process may be left", fleet.name(), e);
    }
  }
}
