package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.TaskInfo;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.SeenBefore;
import dev.tandem.pools.WorkerInfo;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a dump that shows worker processes, and what they share.
public final class FleetInDump {
  private static final String WORKERS = "workers";

  private FleetInDump() {}

  /// Adds the workers, the shared memory and the channels of a fleet.
  public static void add(Fleet fleet, DumpEntry pool) {
    pool.list(WORKERS).note("sharedBytes", fleet.shared.bytes());
    List<Worker> workers =
        fleet.workers().stream().sorted(Comparator.comparingInt(worker -> worker.number)).toList();
    for (Worker worker : workers) {
      pool.add(WORKERS, "worker " + worker.number, entry -> fill(entry, worker, fleet));
    }
    if (fleet.shared.size() > 0) {
      pool.add(
          "sharedMemory",
          "shared memory",
          entry ->
              entry
                  .say("bytes", "shared memory: ", fleet.shared.bytes(), " bytes")
                  .say("files", " in ", fleet.shared.size(), " files"));
    }
    fleet.channels.dump(pool);
  }

  private static void fill(DumpEntry entry, Worker worker, Fleet fleet) {
    WorkerInfo info = worker.info();
    long heap = fleet.launcher.maxHeap;
    entry
        .say("number", "worker ", info.number(), "")
        .say("pid", " (pid ", info.pid(), ")")
        .say("state", " ", info.state(), "")
        .flag("spare", info.spare(), ", spare")
        .say("tasks", ", ", info.tasks(), " tasks done")
        .span("ageMillis", ", started ", info.age().toNanos(), " ago")
        .say("heapLimitBytes", ", heap of ", heap == 0 ? null : (Long) heap, " bytes at most");
    Job job = worker.inFlight.running();
    entry.list("running");
    if (job != null) {
      String title = job.client.title();
      entry.add(
          "running", title == null ? "a task" : title, task -> fill(task, job, title, worker));
    }
  }

  private static void fill(DumpEntry entry, Job job, @Nullable String title, Worker worker) {
    if (job.client instanceof TaskInfo task) {
      entry.say("name", "running ", task.name(), "").note("id", task.id());
      // the page has the start of such tasks only
      boolean stamped = title != null || job.client.timeoutNanos() > 0;
      SeenBefore.sayAge(entry, task, stamped ? System.nanoTime() - worker.ranFor() | 1 : 0);
    } else {
      entry.say("inputs", "running ", job.items(), " inputs of a map");
    }
  }
}
