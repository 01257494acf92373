package dev.tandem.pools.internal.process.fleet;

import dev.tandem.core.internal.TandemEvent;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerListener.ExitReason;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// The lives of workers for Flight Recorder. Loaded only where `jdk.jfr` is there.
final class JfrWorkerEvents {
  private JfrWorkerEvents() {}

  /// What all of them have.
  @Category({"Tandem", "Workers"})
  abstract static class WorkerEvent extends TandemEvent {
    @Label("Pool")
    String pool;

    @Label("Worker")
    @Description("The number of the worker in its pool")
    int worker;

    @Label("Process ID")
    long pid;

    WorkerEvent(String pool, WorkerInfo of) {
      this.pool = pool;
      this.worker = of.number();
      this.pid = of.pid();
    }
  }

  @Name("dev.tandem.WorkerStart")
  @Label("Worker Start")
  @Description("A worker process of a Tandem pool was started")
  static final class Start extends WorkerEvent {
    Start(String pool, WorkerInfo of) {
      super(pool, of);
    }
  }

  @Name("dev.tandem.WorkerReady")
  @Label("Worker Ready")
  @Description("A worker process of a Tandem pool has run its initializer and takes tasks")
  static final class Ready extends WorkerEvent {
    @Label("Startup")
    @Description("The time since the process was started")
    @Timespan
    long startup;

    Ready(String pool, WorkerInfo of) {
      super(pool, of);
      startup = of.age().toNanos();
    }
  }

  @Name("dev.tandem.WorkerFirstResult")
  @Label("Worker First Result")
  @Description("The first result of a worker process of a Tandem pool has arrived")
  static final class FirstResult extends WorkerEvent {
    @Label("Since Start")
    @Description("The time since the process was started")
    @Timespan
    long sinceStart;

    FirstResult(String pool, WorkerInfo of) {
      super(pool, of);
      sinceStart = of.age().toNanos();
    }
  }

  @Name("dev.tandem.WorkerExit")
  @Label("Worker Exit")
  @Description("A worker process of a Tandem pool is gone")
  static final class Exit extends WorkerEvent {
    @Label("Reason")
    @Description("CRASHED, TIMED_OUT, CANCELLED, RECYCLED or CLOSED")
    String reason;

    @Label("Crash")
    @Description("What is known of a crash")
    @Nullable String crash;

    @Label("Age")
    @Description("The time since the process was started")
    @Timespan
    long age;

    @Label("Tasks")
    @Description("How many tasks it has completed")
    long tasks;

    Exit(String pool, WorkerInfo of, ExitReason reason, @Nullable WorkerCrashedException crash) {
      super(pool, of);
      this.reason = reason.name();
      this.crash = crash == null ? null : crash.getMessage();
      this.age = of.age().toNanos();
      this.tasks = of.tasks();
    }
  }

  /// Loads what the death of a worker takes.
  static void load() throws ClassNotFoundException {
    Class.forName(Exit.class.getName()); // a literal alone does not initialize it
  }

  static void started(String pool, WorkerInfo worker) {
    new Start(pool, worker).tell();
  }

  static void ready(String pool, WorkerInfo worker) {
    new Ready(pool, worker).tell();
  }

  static void firstResult(String pool, WorkerInfo worker) {
    new FirstResult(pool, worker).tell();
  }

  static void exited(
      String pool, WorkerInfo worker, ExitReason reason, @Nullable WorkerCrashedException crash) {
    new Exit(pool, worker, reason, crash).tell();
  }
}
