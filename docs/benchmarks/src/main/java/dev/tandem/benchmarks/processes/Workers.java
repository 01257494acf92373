package dev.tandem.benchmarks.processes;

import dev.tandem.core.SerializableRunnable;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerInfo.State;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/// What the programs ask of a pool's workers.
final class Workers {
  /// How many a pool has, here as there.
  static final int COUNT = 2;

  static final SerializableRunnable NOTHING = () -> {};

  private static final long PATIENCE_MILLIS = 20_000;

  private Workers() {}

  /// Waits until so many workers, spares included, have nothing to do.
  static void awaitIdle(ProcessPool pool, int count) throws InterruptedException {
    await(pool, count, worker -> worker.state() == State.IDLE);
  }

  /// {@return the process that runs the task of this name, which it has started}
  static ProcessHandle running(ProcessPool pool, String task) throws InterruptedException {
    Predicate<WorkerInfo> runsIt = worker -> task.equals(worker.task());
    await(pool, 1, runsIt);
    WorkerInfo worker = pool.workers().stream().filter(runsIt).findFirst().orElseThrow();
    return ProcessHandle.of(worker.pid())
        .orElseThrow(() -> new NoSuchElementException("no process " + worker.pid()));
  }

  private static void await(ProcessPool pool, int count, Predicate<WorkerInfo> wanted)
      throws InterruptedException {
    for (int waited = 0; pool.workers().stream().filter(wanted).count() < count; waited++) {
      if (waited == PATIENCE_MILLIS) {
        throw new IllegalStateException("still waiting for workers: " + pool.workers());
      }
      Thread.sleep(1);
    }
  }
}
