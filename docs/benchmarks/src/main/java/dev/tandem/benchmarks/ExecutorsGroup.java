package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.Goal.atLeast;
import static dev.tandem.benchmarks.Goal.atMost;

import dev.tandem.benchmarks.JmhContest.Yield;
import dev.tandem.benchmarks.executors.DumpOfMany;
import dev.tandem.benchmarks.executors.MapCheapItems;
import dev.tandem.benchmarks.executors.Pages;
import dev.tandem.benchmarks.executors.RecordedBatch;
import dev.tandem.benchmarks.executors.Sleepers;
import dev.tandem.benchmarks.executors.SubmitBatch;
import dev.tandem.benchmarks.executors.VirtualBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/// The executors on threads and virtual threads. The one place where their goals stand.
final class ExecutorsGroup {
  private static final String GUAVA = "MoreExecutors.listeningDecorator";
  private static final String JDK_VIRTUAL = "newVirtualThreadPerTaskExecutor";
  private static final String GATHERER = "Gatherers.mapConcurrent(2)";
  private static final double ITEMS = 1_000_000;

  private ExecutorsGroup() {}

  static Group create() {
    return new Group(
        "executors",
        List.of(
            JmhContest.of(
                SubmitBatch.class,
                "ours",
                "guava",
                time("thread pool, batch of 256: ns per task", GUAVA, atMost(1.05)),
                bytes("thread pool, batch of 256: bytes per task", GUAVA, atMost(1.15))),
            JmhContest.of(
                VirtualBatch.class,
                "ours",
                "jdk",
                time("virtual threads, batch of 256: ns per task", JDK_VIRTUAL, atMost(1.10)),
                bytes("virtual threads, batch of 256: bytes per task", JDK_VIRTUAL, null)),
            JmhContest.of(
                Sleepers.class,
                "ours",
                "rawThreads",
                time(
                    "10,000 tasks sleeping 100 ms: ms",
                    "startVirtualThread + latch",
                    atMost(1.15))),
            JmhContest.of(
                MapCheapItems.class,
                "ours",
                "gatherer",
                itemRate("map of 1,000,000 items: items/s", atLeast(20))),
            JmhContest.of(
                MapCheapItems.class,
                "oursWithoutBuffer",
                "gatherer",
                itemRate("the same with buffer 0: items/s", null)),
            new FixedContest(
                JmhContest.of(
                    Pages.class,
                    "ours",
                    "ours",
                    time("100 pages x 50 ms, 10 at a time: ms", "the floor", atMost(1.08))),
                List.of(500.0)),
            recorded("withOthers", "recording other events: ns per task", atMost(1.02)),
            recorded("withOurs", "recording with tandem.jfc: ns per task", atMost(1.25)),
            dump("text", "dump of 10,000 tasks and 10,000 subtasks, text: ms"),
            dump("json", "the same as JSON: ms"),
            new ChatContest(
                new Measure(
                    "chat, 10,000 connections: ms per round", ChatContest.PEER_NAME, atMost(1.0)),
                new Measure(
                    "chat, 10,000 connections: server's RSS, MB",
                    ChatContest.PEER_NAME,
                    atMost(1.0)))));
  }

  private static Contest recorded(String method, String name, Goal goal) {
    return JmhContest.of(RecordedBatch.class, method, "without", time(name, "no recording", goal));
  }

  private static Contest dump(String method, String name) {
    return new FixedContest(
        JmhContest.of(DumpOfMany.class, method, method, time(name, "the limit", atMost(1.0))),
        List.of(100.0));
  }

  private static Yield time(String name, String peer, Goal goal) {
    return new Yield(new Measure(name, peer, goal), JmhContest::score);
  }

  private static Yield bytes(String name, String peer, @Nullable Goal goal) {
    return new Yield(new Measure(name, peer, goal), JmhContest::bytes);
  }

  private static Yield itemRate(String name, @Nullable Goal goal) {
    return new Yield(new Measure(name, GATHERER, goal), ExecutorsGroup::itemsPerSecond);
  }

  private static double itemsPerSecond(RunResult result) {
    return ITEMS / JmhContest.score(result);
  }
}
