package dev.tandem.benchmarks;

import static dev.tandem.benchmarks.FiguresContest.line;
import static dev.tandem.benchmarks.Goal.atLeast;
import static dev.tandem.benchmarks.Goal.atMost;

import dev.tandem.benchmarks.FiguresContest.Line;
import dev.tandem.benchmarks.cluster.BareKills;
import dev.tandem.benchmarks.cluster.BareTasks;
import dev.tandem.benchmarks.cluster.BusyNodes;
import dev.tandem.benchmarks.cluster.BusyWorkers;
import dev.tandem.benchmarks.cluster.Kills;
import dev.tandem.benchmarks.cluster.Maps;
import dev.tandem.benchmarks.cluster.RoundTrips;
import java.util.List;

/// Tasks and maps on members of a cluster, against Hazelcast's own executor on the same kind of
/// members and against a process pool. The one place where its goals stand.
final class ClusterGroup {
  private static final String BARE = "submitToMember";
  private static final int LONGEST_UNTIL_SEEN_MILLIS = 500;

  private static final String SEEN = "SIGKILL of a member to the failed future: ms";
  private static final String MAP = "map of 10,000 elements: elements/s";

  /// Of clients and members: `Unsafe`, which Hazelcast calls, and its log, which is that of SLF4J
  /// only once it has read its configuration.
  private static final List<String> FLAGS =
      List.of("--sun-misc-unsafe-memory-access=allow", "-Dhazelcast.logging.type=slf4j");

  private ClusterGroup() {}

  static Group create() {
    return new Group("cluster", List.of(roundTrips(), maps(), limit(), kills(), busy()));
  }

  private static Contest roundTrips() {
    return new InterleavedContest(
        RoundTrips.class,
        FLAGS,
        List.of(
            line("round trip from a client, p50: µs", BARE, atMost(1.15), "client", "clientBare"),
            line("round trip from a member, p50: µs", BARE, atMost(1.15), "member", "memberBare")));
  }

  private static Contest maps() {
    return contest(
        Maps.class,
        BareTasks.class,
        line(MAP, BARE + ", one by one", atLeast(30), "rate", "oneByOne"),
        line(MAP, BARE + ", all, then collected", null, "rate", "together"),
        cpu("a part of 1 element", "cpu1"),
        cpu("a part of 10 elements", "cpu10"),
        cpu("a part of 100 elements", "cpu100"));
  }

  private static Line cpu(String what, String figure) {
    return line("CPU of the caller for %s: µs".formatted(what), BARE, null, figure, "cpu");
  }

  private static Contest limit() {
    // of these forks only ours run
    var ours =
        contest(Kills.class, Kills.class, line(SEEN, "the limit", atMost(1), "killed", "killed"));
    return new FixedContest(ours, List.of((double) LONGEST_UNTIL_SEEN_MILLIS));
  }

  private static Contest kills() {
    return contest(Kills.class, BareKills.class, line(SEEN, BARE, null, "killed", "killed"));
  }

  private static Contest busy() {
    return contest(
        BusyNodes.class,
        BusyWorkers.class,
        line("tasks of 1 ms on 1 node: tasks/s", workers(1), null, "one", "one"),
        line("tasks of 1 ms on 2 nodes: tasks/s", workers(2), null, "two", "two"),
        line("tasks of 1 ms on 1 node and here: tasks/s", workers(2), null, "share", "two"),
        line("CPU of the caller for a task of 1 ms: µs", workers(2), null, "cpu", "cpu"));
  }

  private static String workers(int count) {
    return "process pool of " + count;
  }

  private static Contest contest(Class<?> program, Class<?> other, Line... lines) {
    return new FiguresContest(program, other, FLAGS, List.of(lines));
  }
}
