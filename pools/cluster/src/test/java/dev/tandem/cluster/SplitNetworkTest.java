package dev.tandem.cluster;

import static dev.tandem.testing.Caller.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A network that falls apart, and heals: two members, a caller that is a third, with few slots,
/// and one that is a client, each on a host of its own.
@Timeout(120)
class SplitNetworkTest {
  private static final int IN_FLIGHT = 10; // of each executor: half of them on each member
  private static final int TASKS = 24; // of each executor
  private static final int RANGE = 10_000; // of the numbers of an executor's tasks

  /// How long a test waits until a network has healed: members look for each other every other
  /// second, and connect for five.
  private static final Duration HEALED = PATIENCE.multipliedBy(2);

  private static final String[] FLAGS = {
    "-Dhazelcast.merge.first.run.delay.seconds=2",
    "-Dhazelcast.merge.next.run.delay.seconds=2",
    "-Dhazelcast.client.heartbeat.interval=1000",
    "-Dhazelcast.client.heartbeat.timeout=6000"
  };

  private static SplitNetwork network;
  private static ClusterNodes nodes;
  private static MemberJvm first;
  private static MemberJvm second;
  private static MemberJvm member;
  private static MemberJvm client;
  private static int number; // that was not used yet

  @TempDir Path directory;
  private Ledger ledger;
  private List<Executor> executors;

  /// An executor of a caller.
  ///
  /// @param ids the first number of its tasks
  private record Executor(MemberJvm caller, String name, boolean retries, int ids) {
    void open() throws Exception {
      caller.tell("open %s %d %d".formatted(name, retries ? 3 : 0, IN_FLIGHT));
    }

    void submit(Ledger ledger, String gate, int first, int tasks) throws Exception {
      caller.tell(
          "submit %s %s %s %d %d".formatted(name, ledger.directory(), gate, ids + first, tasks));
    }

    /// Waits until its listener was told so often.
    void awaitTold(String event, MemberJvm member, int times) {
      String line = "%s: %s %s".formatted(name, event, member.address());
      await()
          .alias("%d times '%s'".formatted(times, line))
          .atMost(HEALED)
          .until(() -> caller.lines().stream().filter(line::equals).count() == times);
    }

    /// Waits until what it knows is that.
    void awaitLook(String expected) {
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .untilAsserted(() -> assertThat(look()).as(name).matches(expected));
    }

    private String look() throws Exception {
      String answer = "look-" + number++;
      caller.tell("look %s %s".formatted(answer, name));
      return caller.told(answer + " ");
    }

    /// Submits tasks that wait for another on the same members.
    void nest() throws Exception {
      caller.tell("nest %s %d".formatted(name, IN_FLIGHT));
    }

    /// {@return what has become of them}
    Stream<String> nested() {
      return caller.lines().stream().filter(line -> line.startsWith(name + ": nested "));
    }
  }

  @BeforeAll
  static void start() throws Exception {
    network = SplitNetwork.of("first", "second", "member", "client");
    nodes = new ClusterNodes();
    first = start("first", network.on("first").with(FLAGS), 40);
    first.address();
    second = start("second", network.on("second").with(FLAGS), 40);
    second.address();
    MemberJvm.Start caller = network.on("member").main(SplitCaller.class);
    member = start("member", caller.with(FLAGS), 2);
    List<String> flags = new ArrayList<>(List.of(FLAGS));
    flags.add("-D%s=true".formatted(SplitCaller.CLIENT));
    caller = network.on("client").main(SplitCaller.class);
    client = start("client", caller.with(flags.toArray(String[]::new)), 1);
    client.address();
  }

  private static MemberJvm start(String host, MemberJvm.Start start, int slots) throws Exception {
    return nodes.add(
        start, "--bind", network.address(host), "--slots", "" + slots, "--heartbeat", "4");
  }

  @AfterAll
  static void end() throws Exception {
    try (var _ = network;
        var _ = nodes) {
      // closes them in the opposite order
    }
  }

  @BeforeEach
  void open() throws Exception {
    ledger = Ledger.in(directory);
    String suffix = "-" + number++;
    executors =
        List.of(
            new Executor(member, "member" + suffix, false, 0),
            new Executor(member, "member-again" + suffix, true, RANGE),
            new Executor(client, "client" + suffix, false, 2 * RANGE),
            new Executor(client, "client-again" + suffix, true, 3 * RANGE));
    for (Executor executor : executors) {
      executor.open();
    }
    awaitTold(executors, "joined", second, 1);
    awaitReachable();
    for (Executor executor : executors) {
      executor.submit(ledger, "gate", 0, TASKS);
    }
    await().atMost(PATIENCE).until(() -> ran(first).size() == 2 * IN_FLIGHT);
    await().atMost(PATIENCE).until(() -> ran(second).size() == 2 * IN_FLIGHT);
  }

  @AfterEach
  void heal() throws Exception {
    ledger.close();
    network.heal();
  }

  /// {@return those of a test's tasks that have run there, probes not among them}
  private Set<Integer> ran(MemberJvm jvm) {
    return tasks(ledger.byProcess("ran").getOrDefault(jvm.pid(), List.of()));
  }

  /// {@return the tasks that have a result}
  private Set<Integer> succeeded() {
    return tasks(ledger.counts("result").keySet());
  }

  /// {@return the tasks that were lost with a member}
  private Set<Integer> lost(MemberJvm jvm) {
    return ledger.counts("lost " + jvm.address()).keySet();
  }

  private Set<Integer> lost() {
    return Stream.of(first, second, member)
        .flatMap(jvm -> lost(jvm).stream())
        .collect(Collectors.toSet());
  }

  private static Set<Integer> tasks(Collection<Integer> ids) {
    return ids.stream().filter(id -> id % RANGE < TASKS).collect(Collectors.toSet());
  }

  /// {@return the executors of the caller that is a member}
  private List<Executor> members() {
    return executors.subList(0, 2);
  }

  /// {@return the executors of the caller that is a client}
  private List<Executor> clients() {
    return executors.subList(2, 4);
  }

  private Set<Integer> by(List<Executor> some, Collection<Integer> ids) {
    return ids.stream()
        .filter(id -> some.contains(executors.get(id / RANGE)))
        .collect(Collectors.toSet());
  }

  private Set<Integer> withoutRetries(Set<Integer> ids) {
    return ids.stream().filter(id -> !hasRetries(id)).collect(Collectors.toSet());
  }

  private boolean hasRetries(int id) {
    return executors.get(id / RANGE).retries();
  }

  /// Waits until both members run tasks of each executor.
  private void awaitReachable() throws Exception {
    ledger.openOnce("probes");
    for (Executor executor : executors) {
      for (MemberJvm jvm : List.of(first, second)) {
        await()
            .alias(executor.name() + " reaches " + jvm.address())
            .atMost(HEALED)
            .until(() -> reaches(executor, jvm));
      }
    }
  }

  private boolean reaches(Executor executor, MemberJvm jvm) throws Exception {
    int probe = number += IN_FLIGHT; // as many at once, so that half of them go to each member
    executor.submit(ledger, "probes", TASKS + probe, IN_FLIGHT);
    Set<Integer> probes =
        IntStream.range(0, IN_FLIGHT)
            .mapToObj(i -> executor.ids() + TASKS + probe + i)
            .collect(Collectors.toSet());
    await().atMost(PATIENCE).until(() -> ledger.counts("result").keySet().containsAll(probes));
    return ledger.byProcess("ran").getOrDefault(jvm.pid(), List.of()).stream()
        .anyMatch(probes::contains);
  }

  // ---- two sides

  @Test
  void eachCallerGoesOnWithItsSideAndHasBothAfterTheMerge() throws Exception {
    Set<Integer> there = ran(second);
    Set<Integer> here = ran(first);
    network.putApart("second");
    network.putApart("client");
    awaitTold(members(), "left", second, 1);
    awaitTold(clients(), "left", first, 1);
    // those that were lost, and as many of those that waited
    await().atMost(PATIENCE).until(() -> lost(second).equals(withoutRetries(by(members(), there))));
    await().atMost(PATIENCE).until(() -> lost(first).equals(withoutRetries(by(clients(), here))));
    await().atMost(PATIENCE).until(() -> ran(first).size() == 3 * IN_FLIGHT);
    await().atMost(PATIENCE).until(() -> ran(second).size() == 3 * IN_FLIGHT);

    Set<Integer> apart = withoutRetries(by(clients(), ran(second)));
    network.heal(); // the second is one against two, so it is the one that merges
    awaitTold(executors, "joined", second, 2);
    awaitTold(clients(), "joined", first, 2);
    ledger.open("gate"); // also those that were lost end now, and answer too late
    checkEnd();
    assertThat(lost(second)).containsAll(apart); // by the merge
    assertThat(by(members(), lost())).isEqualTo(withoutRetries(by(members(), there)));
    Set<Integer> twice =
        ledger.runs().entrySet().stream()
            .filter(runs -> runs.getValue() == 2)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    assertThat(by(members(), twice))
        .isEqualTo(by(members(), there.stream().filter(this::hasRetries).toList()));
  }

  // ---- callers that are alone

  @Test
  void callerThatIsAloneKeepsWhatWaitsAndGoesOnAfterTheMerge() throws Exception {
    Set<Integer> there = new HashSet<>(ran(first));
    there.addAll(ran(second));
    network.cutOff("member");
    network.cutOff("client");
    // a connection breaks before another: what waits may be sent over that, and is lost, too
    await().atMost(PATIENCE).until(() -> lost().containsAll(withoutRetries(there)));
    for (Executor executor : executors) {
      if (members().contains(executor)) { // it has its own slots, and no other
        executor.awaitLook("2 running, .* 2 in flight on 1 members, those of the cluster");
      } else { // it knows the members that it had, and keeps what waits
        executor.awaitLook(".* running, [1-9].* on 3 members, those of the cluster");
      }
    }

    Set<Integer> alone = ran(member);
    network.heal();
    for (MemberJvm jvm : List.of(first, second)) {
      awaitTold(members(), "joined", jvm, 2);
    }
    ledger.open("gate");
    checkEnd();
    assertThat(lost(member)).containsAll(withoutRetries(alone)); // by the merge
  }

  private static void awaitTold(List<Executor> executors, String event, MemberJvm jvm, int times) {
    executors.forEach(executor -> executor.awaitTold(event, jvm, times));
  }

  /// Waits until all is over and heals, and checks what has become of each task.
  private void checkEnd() throws Exception {
    awaitReachable();
    await().atMost(PATIENCE).until(() -> succeeded().size() + lost().size() == 4 * TASKS);
    assertThat(lost()).doesNotContainAnyElementsOf(succeeded()).noneMatch(this::hasRetries);
    assertThat(ledger.counts("result")).allSatisfy((_, times) -> assertThat(times).isOne());
    assertThat(ledger.runs())
        .allSatisfy((id, times) -> assertThat(times).isBetween(1, hasRetries(id) ? 4 : 1));
    for (Executor executor : executors) {
      executor.awaitLook("0 running, 0 queued, 0 in flight on 3 members, those of the cluster");
      executor.nest();
    }
    for (Executor executor : executors) {
      await().atMost(PATIENCE).until(() -> executor.nested().count() == IN_FLIGHT);
      assertThat(executor.nested()).allMatch(text -> text.contains("waiting for"));
    }
  }
}
