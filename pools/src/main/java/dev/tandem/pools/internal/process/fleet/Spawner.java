package dev.tandem.pools.internal.process.fleet;

import dev.tandem.pools.internal.launch.Launcher;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the processes of workers. The supervisor's.
///
/// Whatever goes wrong, a worker that never was is in no list afterwards, nothing of it runs, and
/// the next try is due: memory, threads, files and room on a disk can be missing at each step, for
/// a while.
final class Spawner {
  private static final Logger log = LoggerFactory.getLogger(Spawner.class);

  private final Fleet fleet;
  private final PoolDirectory directory;
  private final Launcher launcher;
  private final WorkerAcceptor door;
  private final AotTrainer trainer;
  private final RespawnBackoff trouble;
  private final Map<Integer, WorkerProcess> spawned;
  private int lastNumber;

  /// @param spawned is given the processes
  Spawner(
      Fleet fleet,
      PoolDirectory directory,
      Launcher launcher,
      WorkerAcceptor door,
      AotTrainer trainer,
      RespawnBackoff trouble,
      Map<Integer, WorkerProcess> spawned) {
    this.fleet = fleet;
    this.directory = directory;
    this.launcher = launcher;
    this.door = door;
    this.trainer = trainer;
    this.trouble = trouble;
    this.spawned = spawned;
  }

  /// @param trainee whether it only starts, to be recorded
  void spawn(boolean trainee) {
    int number = ++lastNumber;
    Process process = null;
    try {
      Worker worker = register(number, trainee);
      process = fleet.isEnding() ? null : launch(worker);
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
      if (!spawned.containsKey(number)) { // else it is buried as any other
        forget(number);
        if (trainee) {
          trainer.finish();
        } else if (!fleet.isEnding()) {
          trouble.notSpawned(e);
        }
      }
      if (!fleet.isEnding()) {
        fleet.lookAround();
      }
    }
  }

  private Worker register(int number, boolean trainee) throws IOException {
    directory.ensure();
    door.ensure();
    Worker worker =
        new Worker(fleet, number, StatusPageFile.create(directory.page(number)), trainee);
    ExitFiles.made(directory.page(number));
    ExitFiles.madeIn(directory.files()); // the launcher's, perhaps made again just now
    fleet.workers().put(number, worker);
    return worker;
  }

  /// Whoever ends the pool kills the workers that are there, then deletes the directory: so this
  /// comes after the worker is there, and after a look at whether the pool ends.
  private @Nullable Process launch(Worker worker) throws IOException {
    int number = worker.number();
    String[] arguments = WorkerProcess.arguments(worker, door.address(), directory);
    return worker.isTrainee()
        ? trainer.start(number, arguments)
        : launcher.start(number, arguments);
  }

  /// All that can fail comes before others can find the process; it does nothing until it has its
  /// token.
  private void tend(Worker worker, Process process) {
    WorkerProcess tended =
        WorkerProcess.of(process, fleet.options().name(), worker, !worker.isTrainee());
    tended.giveUpBy(
        fleet
            .supervisor()
            .postAfter(fleet.options().limits().start(), () -> fleet.startTimedOut(worker)));
    var _ = process.onExit().thenRun(() -> fleet.supervisor().post(() -> fleet.exited(worker)));
    worker.setProcess(process);
    worker.phase().started();
    spawned.put(worker.number(), tended);
    tended.tellToken();
    if (worker.kill() != null) {
      process.toHandle().destroyForcibly(); // whoever wanted that had no process to kill
    }
    log.debug(
        "{}: worker {} is process {}", fleet.options().name(), worker.number(), worker.pid());
  }

  void forget(int number) {
    fleet.workers().remove(number);
    StatusPageFile.delete(directory.page(number));
  }

  /// The JDK can fail behind the start of a process, when it has no thread to wait for its end.
  /// Then nobody has the process, which would wait for its token until the collector finds its
  /// pipes.
  private void endUnknown(int number) {
    try {
      String page = directory.page(number).toString();
      ProcessHandle.current()
          .children()
          .filter(child -> child.info().commandLine().orElse("").contains(page))
          .forEach(ProcessHandle::destroyForcibly);
    } catch (Throwable e) {
      log.debug("{}: a process may be left", fleet.options().name(), e);
    }
  }
}
