package dev.tandem.pools.internal.process.fleet;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.core.internal.ContextLoader;
import dev.tandem.core.internal.FlightRecorder;
import dev.tandem.core.internal.TaskTimer;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerListener;
import dev.tandem.pools.WorkerListener.ExitReason;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events of workers: at once for Flight Recorder; for users' listeners in order, on threads
/// that have nothing else to do.
final class WorkerEvents {
  private static final Logger log = LoggerFactory.getLogger(WorkerListener.class);

  private final String pool;
  private final List<WorkerListener> listeners;
  private final ClassLoader loader;
  private final Executor executor = MoreExecutors.newSequentialExecutor(TaskTimer::handOver);

  /// @param loader the context class loader of listeners
  WorkerEvents(String pool, List<WorkerListener> listeners, ClassLoader loader) {
    this.pool = pool;
    this.listeners = listeners;
    this.loader = loader;
  }

  /// Tells Flight Recorder of the start of a process, of which there is nothing to do for
  /// listeners.
  void started(WorkerInfo worker) {
    if (FlightRecorder.isInUse()) {
      record(() -> JfrWorkerEvents.started(pool, worker));
    }
  }

  /// Tells Flight Recorder of the first result of a worker.
  void answeredFirst(WorkerInfo worker) {
    if (FlightRecorder.isInUse()) {
      record(() -> JfrWorkerEvents.firstResult(pool, worker));
    }
  }

  void ready(WorkerInfo worker) {
    tell(listener -> listener.ready(worker));
    if (FlightRecorder.isInUse()) {
      record(() -> JfrWorkerEvents.ready(pool, worker));
    }
  }

  void suspected(WorkerInfo worker) {
    tell(listener -> listener.suspected(worker));
  }

  void exited(WorkerInfo worker, ExitReason reason, @Nullable WorkerCrashedException crash) {
    tell(listener -> listener.exited(worker, reason, crash));
    if (FlightRecorder.isInUse()) {
      record(() -> JfrWorkerEvents.exited(pool, worker, reason, crash));
    }
  }

  private static void record(Runnable event) {
    try {
      event.run();
    } catch (Throwable _) { // no memory, files or stack: the pool goes on all the same
      // the recording lacks it
    }
  }

  private void tell(Consumer<WorkerListener> event) {
    for (WorkerListener listener : listeners) {
      executor.execute(() -> {
        try {
          ContextLoader.run(loader, () -> event.accept(listener));
        } catch (Throwable e) {
          log.warn("Listener {} threw", listener, e);
        }
      });
    }
  }
}
