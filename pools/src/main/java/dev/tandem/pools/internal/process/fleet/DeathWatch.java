package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TaskTimer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that a worker is gone, and has it reaped ([WorkerReaper]) by exactly one thread.
final class DeathWatch {
  /*
   * Mostly that is the worker's reader, which comes to the end of the connection. Another thread
   * reaps a worker that never was connected (WorkerProcess.claimUnconnected against connected), and
   * one whose reader is decoding something that does not end (ReaderState.giveUp against end).
   */
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);
  private static final long REAP_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SOCKET_AFTER_EXIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /// The longest time that an answer without a waiter may be decoded, before its reader is given
  /// up.
  private static final long DECODING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Fleet fleet;
  private final RareWarning warning = new RareWarning(log);

  DeathWatch(Fleet fleet) {
    this.fleet = fleet;
  }

  // ---- any thread

  /// Gives up the reader of a worker, and the worker with it, if it goes on decoding an answer that
  /// is not waited for. Called when the worker was killed, or its task settled by another thread.
  ///
  /// @param as the number of the task; 0 for a worker that was killed
  void lookAtReaderLater(Worker worker, int as) {
    fleet.supervisor.postAfter(DECODING_NANOS, () -> lookAtReader(worker, as));
  }

  /// Reaps a worker; again until that succeeds: a worker that died and was not reaped would keep
  /// its tasks and its place for ever. Thread: the reader of the worker, or one that has taken its
  /// place.
  ///
  /// @param broken what the worker sent that no worker sends; null if nothing
  void reap(Worker worker, @Nullable Throwable broken) {
    try {
      new WorkerReaper(fleet, worker).reap(broken);
    } catch (Throwable e) { // no memory, no files
      fleet.supervisor.postAfter(
          REAP_AGAIN_NANOS,
          () -> {
            if (fleet.has(worker)) {
              reapElsewhere(worker, broken);
            }
          });
      warning.warn(fleet.name() + ": the end of worker " + worker.number + " is seen to later", e);
    }
  }

  private void reapElsewhere(Worker worker, @Nullable Throwable broken) {
    TaskTimer.handOver(fleet.loader, () -> reap(worker, broken));
  }

  // ---- Thread: supervisor

  /// Takes note that a process has ended. If it has a reader, that sees to everything.
  void exited(Worker worker) {
    WorkerProcess process = worker.process();
    if (process == null || !fleet.has(worker)) {
      return;
    }
    if (!reapUnconnected(worker, process)) {
      // a process that it has started may have its socket and keep the reader waiting
      fleet.supervisor.postAfter(SOCKET_AFTER_EXIT_NANOS, () -> disconnect(worker, process));
    }
  }

  /// Finds workers that have died unconnected, in case the step that should have done so has
  /// failed.
  void findDead() {
    for (Worker worker : fleet.workers()) {
      WorkerProcess process = worker.process();
      if (process != null && !process.isAlive()) {
        var _ = reapUnconnected(worker, process);
      }
    }
  }

  /// {@return false if the worker is connected: then its reader reaps it}
  private boolean reapUnconnected(Worker worker, WorkerProcess process) {
    if (!process.claimUnconnected()) {
      return false;
    }
    if (!StatusPageFile.isWhole(fleet.directory.page(worker.number))) {
      worker.losePage();
    }
    reapElsewhere(worker, null);
    return true;
  }

  /// Ends the connection of a worker whose process has ended a while ago, and whose reader has not
  /// come to the end. The reader may be decoding: then another worker takes its place meanwhile. Of
  /// a worker that never was ready it is given up: the exit code says, too, why its initializer has
  /// failed.
  private void disconnect(Worker worker, WorkerProcess process) {
    if (!fleet.has(worker)) {
      return; // it is reaped
    }
    if (!worker.phase.wasReady() && giveUpReader(worker)) {
      return;
    }
    if (worker.reading.isDecoding()) {
      fleet.leaving(worker);
      fleet.dispatcher.withdrawAll(worker);
      fleet.supervisor.postAfter(SOCKET_AFTER_EXIT_NANOS, () -> disconnect(worker, process));
    } else {
      process.disconnect();
    }
  }

  private void lookAtReader(Worker worker, int as) {
    if (worker.process() == null || !fleet.has(worker)) {
      return; // it is reaped
    }
    boolean decodes = worker.reading.isDecoding();
    boolean stuck = worker.isReaderStuck() || (fleet.state.isKilling() && decodes);
    if (stuck && worker.kill() == null && worker.isDecoding(as)) {
      worker.killUnread(as);
    }
    if (worker.kill() == null) {
      return;
    }
    if (!stuck || !giveUpReader(worker)) {
      lookAtReaderLater(worker, as); // until it is reaped
    }
  }

  private boolean giveUpReader(Worker worker) {
    if (!worker.reading.giveUp()) {
      return false;
    }
    TaskTimer.handOver(
        fleet.loader,
        () -> {
          try {
            worker.reading.interrupt();
          } finally {
            reap(worker, null);
          }
        });
    return true;
  }
}
