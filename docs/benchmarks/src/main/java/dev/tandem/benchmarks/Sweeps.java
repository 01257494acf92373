package dev.tandem.benchmarks;

import dev.tandem.benchmarks.Sweep.Line;
import dev.tandem.benchmarks.channels.ThroughputSweep;
import dev.tandem.benchmarks.executors.TaskCosts;
import dev.tandem.benchmarks.executors.TripLatencies;
import dev.tandem.benchmarks.scopes.FanOut;
import java.util.List;
import java.util.Optional;

/// The sweeps of the report, and who takes part.
final class Sweeps {
  static final String CHANNELS = "performance-channels";
  static final String LATENCIES = "performance-latencies";
  static final String COSTS = "performance-costs";
  static final String FAN_OUT = "performance-fanout";

  static final String SEQUENTIAL = "one thread, no executor";

  private static final String PYTHON = "process_sweeps.py";

  static final List<Sweep> ALL =
      List.of(
          new Sweep(
              CHANNELS,
              List.of(
                  throughput("Tandem, bounded(1024)", true, "ours", "platform"),
                  throughput("ArrayBlockingQueue", false, "blockingQueue", "platform"),
                  throughput("LinkedTransferQueue", false, "transferQueue", "platform"),
                  throughput("JCTools, spin then yield", false, "jctools", "platform"),
                  throughput("Tandem, bounded(1024)", true, "ours", "virtual"),
                  throughput("ArrayBlockingQueue", false, "blockingQueue", "virtual"),
                  throughput("LinkedTransferQueue", false, "transferQueue", "virtual"))),
          new Sweep(
              LATENCIES,
              List.of(
                  executor("Tandem, thread pool", true, "threads"),
                  executor("JDK, fixed thread pool", false, "jdkThreads"),
                  executor("Tandem, virtual threads", true, "virtual"),
                  executor("JDK, virtual threads", false, "jdkVirtual"),
                  java("processes", "Tandem, process pool", true, TripLatencies.class, "processes"),
                  python("processes", "ProcessPoolExecutor (Python)", "roundTrips"),
                  queue("Tandem, bounded(1024)", true, "ours"),
                  queue("Tandem, rendezvous", true, "rendezvous"),
                  queue("ArrayBlockingQueue", false, "blockingQueue"),
                  queue("SynchronousQueue", false, "synchronousQueue"))),
          new Sweep(
              COSTS,
              List.of(
                  cost(SEQUENTIAL, false, "sequential"),
                  cost("Tandem, thread pool", true, "threads"),
                  cost("Tandem, virtual threads", true, "virtual"),
                  cost("Tandem, process pool, submit", true, "processes"),
                  cost("Tandem, process pool, map", true, "processesMap"),
                  cost("JDK, fixed thread pool", false, "jdkThreads"),
                  python("", "ProcessPoolExecutor.submit (Python)", "submitCosts"),
                  python("", "ProcessPoolExecutor.map (Python)", "mapCosts"))),
          new Sweep(
              FAN_OUT,
              List.of(
                  fanOut("TaskScope", true, "scope"),
                  fanOut("Parallel.map, limit 1,000", true, "map"),
                  fanOut("StructuredTaskScope (preview)", false, "jdk"),
                  fanOut("invokeAll, virtual threads", false, "invokeAll"),
                  fanOut("Gatherers.mapConcurrent(1000)", false, "gatherer"))));

  private Sweeps() {}

  private static Line throughput(String name, boolean ours, String queue, String threads) {
    return new Line(
        threads + " threads",
        name,
        ours,
        mode -> command(ThroughputSweep.class, List.of(), mode, queue, threads));
  }

  private static Line executor(String name, boolean ours, String executor) {
    return java("threads", name, ours, TripLatencies.class, executor);
  }

  private static Line queue(String name, boolean ours, String queue) {
    return java("queues", name, ours, dev.tandem.benchmarks.channels.TripLatencies.class, queue);
  }

  private static Line java(String panel, String name, boolean ours, Class<?> main, String what) {
    return new Line(panel, name, ours, mode -> command(main, List.of(), mode, what));
  }

  private static Line cost(String name, boolean ours, String way) {
    // as many carriers as the pools have threads and workers
    var flags =
        List.of(
            "-Djdk.virtualThreadScheduler.parallelism=2",
            "-Djdk.virtualThreadScheduler.maxPoolSize=2");
    return new Line("", name, ours, mode -> command(TaskCosts.class, flags, mode, way));
  }

  private static Line fanOut(String name, boolean ours, String way) {
    // all sides, as only one of them needs it
    var flags = List.of("--enable-preview");
    return new Line("", name, ours, mode -> command(FanOut.class, flags, mode, way));
  }

  private static Line python(String panel, String name, String task) {
    return new Line(
        panel, name, false, mode -> Python.command(PYTHON, task, "" + mode.pointMillis()));
  }

  private static Optional<List<String>> command(
      Class<?> main, List<String> flags, Mode mode, String... arguments) {
    List<String> command = ChildProcess.java(main, flags);
    command.addAll(List.of(arguments));
    command.add("" + mode.pointMillis());
    return Optional.of(command);
  }
}
