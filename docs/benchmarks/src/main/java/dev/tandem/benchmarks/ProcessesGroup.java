package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.FiguresContest.line;
import static dev.tandem.benchmarks.Goal.atLeast;
import static dev.tandem.benchmarks.Goal.atMost;

import dev.tandem.benchmarks.FiguresContest.Line;
import dev.tandem.benchmarks.processes.Crashes;
import dev.tandem.benchmarks.processes.Deadlines;
import dev.tandem.benchmarks.processes.Maps;
import dev.tandem.benchmarks.processes.Payloads;
import dev.tandem.benchmarks.processes.Records;
import dev.tandem.benchmarks.processes.RoundTrips;
import dev.tandem.benchmarks.processes.SpareAnswers;
import dev.tandem.benchmarks.processes.Starts;
import dev.tandem.benchmarks.processes.Submits;
import java.util.List;

/// The process pool against Python's. The one place where its goals stand.
final class ProcessesGroup {
  private static final String RUNNING = "process_pool.py";
  private static final String STARTING = "process_start.py";
  private static final String EXECUTOR = "ProcessPoolExecutor";
  private static final String POOL = "multiprocessing.Pool";
  private static final String SPAWN = "ProcessPoolExecutor, spawn";
  private static final String LIMIT = "the limit";

  private ProcessesGroup() {}

  static Group create() {
    return new Group(
        "processes",
        List.of(
            submits(),
            maps(),
            roundTrips(),
            starts(),
            spare(),
            crashes(),
            payloads(),
            records(),
            deadlines()));
  }

  private static Contest submits() {
    return new FiguresContest(
        Submits.class,
        RUNNING,
        "submits",
        List.of(
            line("submits of a no-op: tasks/s", EXECUTOR, atLeast(50), "rate", "rate"),
            line(
                "the same without prefetch: tasks/s",
                EXECUTOR,
                atLeast(2.5),
                "withoutPrefetch",
                "rate")));
  }

  private static Contest maps() {
    return new FiguresContest(
        Maps.class,
        RUNNING,
        "maps",
        List.of(
            line(
                "unordered map, chunk 1: items/s",
                POOL + ".imap_unordered",
                atLeast(10),
                "unordered",
                "unordered"),
            line("map, chunk 100: items/s", POOL + ".map", atLeast(8), "chunks", "pool"),
            line("map, chunk 100: items/s", EXECUTOR + ".map", null, "chunks", "executor"),
            line(
                "map, chunks as the pool likes, 100 there: items/s",
                POOL + ".map",
                null,
                "chosen",
                "pool")));
  }

  private static Contest roundTrips() {
    return new FiguresContest(
        RoundTrips.class,
        RUNNING,
        "roundTrips",
        List.of(
            line("warm round trip, p50: µs", EXECUTOR, atMost(0.167), "p50", "p50"),
            line("warm round trip, p99: µs", EXECUTOR, null, "p99", "p99"),
            line("a worker's RSS after that: MB", SPAWN, null, "rss", "rss")));
  }

  private static Contest starts() {
    return new FiguresContest(
        Starts.class,
        STARTING,
        "starts",
        List.of(
            line("constructor to first result: ms", SPAWN, atMost(1.6), "plain", "spawn"),
            line("the same with AOT cache: ms", SPAWN, atMost(1.2), "cached", "spawn"),
            line("the same with AOT cache: ms", EXECUTOR + ", fork", null, "cached", "fork"),
            line("the first pool of a program: ms", SPAWN, null, "cold", "cold")));
  }

  private static Contest spare() {
    var answer = new Measure("a spare answers: ms", LIMIT, atMost(1));
    return new FixedContest(
        new ProgramContest(SpareAnswers.class, List.of(), List.of(answer)), List.of(2.0));
  }

  private static Contest crashes() {
    return new FiguresContest(
        Crashes.class,
        STARTING,
        "crashes",
        List.of(
            line(
                "SIGKILL to the next result, with a spare: ms",
                SPAWN + ", made anew",
                atMost(0.2),
                "spare",
                "rebuilt"),
            line(
                "SIGKILL to the next result, no spare: ms",
                SPAWN + ", made anew",
                null,
                "noSpare",
                "rebuilt")));
  }

  private static Contest payloads() {
    return new FiguresContest(
        Payloads.class,
        RUNNING,
        "payloads",
        List.of(
            payload("1 MiB to a worker: MB/s", 3, "up_1m"),
            payload("1 MiB from a worker: MB/s", 2, "down_1m"),
            payload("64 MiB to a worker: MB/s", 6, "up_64m"),
            payload("64 MiB from a worker: MB/s", 4, "down_64m")));
  }

  private static Contest records() {
    return new FiguresContest(
        Records.class,
        RUNNING,
        "records",
        List.of(
            line(
                "echo of 10,000 records: ms",
                EXECUTOR + ", dataclass",
                atMost(0.4),
                "echo",
                "dataclass"),
            line("echo of 10,000 records: ms", EXECUTOR + ", tuple", null, "echo", "tuple")));
  }

  private static Contest deadlines() {
    var overshoot = new Measure("deadline overshoot, p99: ms", LIMIT, atMost(1));
    return new FixedContest(
        new ProgramContest(Deadlines.class, List.of(), List.of(overshoot)), List.of(50.0));
  }

  private static Line payload(String name, double times, String figure) {
    return line(name, EXECUTOR, atLeast(times), figure, figure);
  }
}
