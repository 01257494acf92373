package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.FiguresContest.line;
import static dev.tandem.benchmarks.Goal.atLeast;
import static dev.tandem.benchmarks.Goal.atMost;

import dev.tandem.benchmarks.sharing.BetweenWorkers;
import dev.tandem.benchmarks.sharing.Increments;
import dev.tandem.benchmarks.sharing.MappedMessages;
import dev.tandem.benchmarks.sharing.Orders;
import dev.tandem.benchmarks.sharing.RemoteCalls;
import dev.tandem.benchmarks.sharing.RoundTrips;
import dev.tandem.benchmarks.sharing.SegmentAsArgument;
import dev.tandem.benchmarks.sharing.Segments;
import dev.tandem.benchmarks.sharing.ToParent;
import dev.tandem.benchmarks.sharing.ToWorker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What processes share and send to each other, against Python's `multiprocessing` and against
/// arguments and results. The one place where its goals stand.
final class SharingGroup {
  private static final String SCRIPT = "process_sharing.py";
  static final String QUEUE = "multiprocessing.Queue";
  private static final String PIPE = "Pipe";
  static final String VALUE = "Value, with its lock";
  static final String PROXY = "Manager's proxy";
  private static final String LIMIT = "the limit";

  static final String TO_WORKER = "64-byte messages to a worker: messages/s";
  static final String BETWEEN = "64-byte messages between workers: messages/s";
  static final String TO_PARENT = "64-byte messages from a worker: messages/s";
  static final String ORDERS = "records to a worker: records/s";
  static final String BUSY = "round trip, both sides busy, p50: µs";
  static final String PARKED = "round trip, both sides parked, p50: µs";
  static final String SEGMENT = "64 MiB segment to a worker, first byte read: ms";
  static final String BOTH = "increments by two processes: increments/s";
  static final String ONE = "increments by one process: increments/s";
  static final String CALL = "remote call, p50: µs";
  static final String ARGUMENT = "the same as an argument";

  private SharingGroup() {}

  static Group create() {
    return new Group(
        "sharing",
        List.of(
            messages(ToWorker.class, "toWorker", TO_WORKER, atLeast(50), atLeast(20)),
            mapped(),
            messages(BetweenWorkers.class, "between", BETWEEN, atLeast(25), atLeast(20)),
            messages(ToParent.class, "toParent", TO_PARENT, null, null),
            orders(),
            roundTrips(),
            limit(RoundTrips.class, BUSY, "busy", 2),
            limit(Segments.class, SEGMENT, "segment", 1),
            segments(),
            argument(),
            increments(),
            calls()));
  }

  private static Contest messages(
      Class<?> program, String task, String name, @Nullable Goal queue, @Nullable Goal pipe) {
    return new FiguresContest(
        program,
        SCRIPT,
        task,
        List.of(
            line(name, QUEUE, queue, "rate", "queue"),
            line(name, PIPE + ", one way", pipe, "rate", "pipe")));
  }

  private static Contest mapped() {
    return new FiguresContest(
        ToWorker.class,
        MappedMessages.class,
        List.of(line(TO_WORKER, "the same as inputs of a map", null, "rate", "rate")));
  }

  private static Contest orders() {
    return new FiguresContest(
        Orders.class,
        SCRIPT,
        "orders",
        List.of(
            line(ORDERS, QUEUE + ", dataclass", atLeast(10), "rate", "dataclass"),
            line(ORDERS, QUEUE + ", tuple", atLeast(10), "rate", "tuple")));
  }

  private static Contest roundTrips() {
    return new FiguresContest(
        RoundTrips.class,
        SCRIPT,
        "roundTrips",
        List.of(
            line(BUSY, PIPE, null, "busy", "busy"),
            line(PARKED, PIPE + ", the same pauses", atMost(0.25), "parked", "parked"),
            line(PARKED, PIPE + ", both sides busy", null, "parked", "busy")));
  }

  private static Contest segments() {
    return new FiguresContest(
        Segments.class,
        SCRIPT,
        "segments",
        List.of(line(SEGMENT, "SharedMemory", null, "segment", "segment")));
  }

  private static Contest argument() {
    return new FiguresContest(
        Segments.class,
        SegmentAsArgument.class,
        List.of(line(SEGMENT, ARGUMENT, null, "segment", "argument")));
  }

  private static Contest increments() {
    return new FiguresContest(
        Increments.class,
        SCRIPT,
        "increments",
        List.of(
            line(BOTH, VALUE, atLeast(50), "two", "two"),
            line(BOTH, VALUE + ", get_obj()", atLeast(50), "two", "twoInside"),
            line(ONE, VALUE + ", get_obj()", null, "one", "one")));
  }

  private static Contest calls() {
    return new FiguresContest(
        RemoteCalls.class, SCRIPT, "calls", List.of(line(CALL, PROXY, atMost(0.25), "p50", "p50")));
  }

  /// @param most what ours must not exceed, in the unit of the measure
  private static Contest limit(Class<?> program, String name, String figure, double most) {
    // of these forks only ours run
    var ours =
        new FiguresContest(program, program, List.of(line(name, LIMIT, atMost(1), figure, figure)));
    return new FixedContest(ours, List.of(most));
  }
}
