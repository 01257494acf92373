package dev.tandem.cluster;

import static dev.tandem.testing.Caller.PATIENCE;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The loss of one of two members, and the arrival of another. The first member stays.
class LostMemberTest {
  private static final int SLOTS = 20;
  private static final int TASKS = 100;
  private static final String[] ARGUMENTS = {"--slots", "" + SLOTS, "--heartbeat", "4"};

  @AutoClose static ClusterNodes nodes;
  private static HazelcastInstance client;
  private static HazelcastInstance member;
  @TempDir Path directory;
  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws Exception {
    nodes = ClusterNodes.start(1, ARGUMENTS);
    client = nodes.client();
    member =
        nodes.kept(
            Hazelcast.newHazelcastInstance(
                nodes.config(
                    ClusterNode.config()
                        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                        .setProperty("hazelcast.max.no.heartbeat.seconds", "4"))));
  }

  @AfterEach
  void endWhatIsLeft() {
    nodes.keepFirst();
  }

  /// The end of a member, as the operating system or an operator brings it about.
  enum End {
    KILL,
    STOP
  }

  private ClusterExecutor open(boolean fromClient, UnaryOperator<ClusterExecutor.Config> cf) {
    return ClusterExecutor.on(
        fromClient ? client : member, it -> cf.apply(it.withMemberListener(new Told(told))));
  }

  private record Told(Queue<String> events) implements ClusterMemberListener {
    @Override
    public void joined(ClusterMember member) {
      events.add("joined " + member.address());
    }

    @Override
    public void left(ClusterMember member) {
      events.add("left " + member.address());
    }
  }

  /// Adds a member, and waits until the executor can use it.
  private static MemberJvm addTo(ClusterExecutor cluster) throws Exception {
    MemberJvm added = nodes.add(ARGUMENTS);
    String address = added.address();
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.members().stream().anyMatch(m -> m.address().equals(address)));
    return added;
  }

  private static List<Future<Integer>> submit(ClusterExecutor cluster, Ledger ledger, int tasks) {
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      int id = i;
      futures.add(cluster.submit(() -> ledger.waitAt("gate", id)));
    }
    return futures;
  }

  private static void awaitRunning(Ledger ledger, int tasks) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger.runs()).hasSizeGreaterThanOrEqualTo(tasks));
  }

  // ---- without retries

  @ParameterizedTest
  @CsvSource({"KILL, false", "KILL, true", "STOP, false", "STOP, true"})
  void lossFailsTheTasksOfTheMemberAndNoTaskRunsTwice(End end, boolean fromClient)
      throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(fromClient, cf -> cf);
        ledger) {
      MemberJvm lost = addTo(cluster);
      List<Future<Integer>> futures = submit(cluster, ledger, TASKS);
      awaitRunning(ledger, 2 * SLOTS);
      String address = lost.address();
      lost.signal(end.name());

      await().atMost(PATIENCE).until(() -> told.contains("left " + address));
      ledger.open("gate");
      int failed = 0;
      for (int i = 0; i < TASKS; i++) {
        try {
          assertThat(soon(futures.get(i))).isEqualTo(i);
        } catch (ExecutionException e) {
          assertThat(e)
              .cause()
              .isInstanceOfSatisfying(
                  MemberLostException.class, l -> assertThat(l.member()).isEqualTo(address));
          failed++;
        }
      }
      assertThat(failed).isEqualTo(SLOTS); // those that ran there
      assertThat(cluster.stats().failed()).isEqualTo(failed);
      assertThat(cluster.members()).hasSize(1);
      lost.close();
    }
    assertThat(ledger.runs()).allSatisfy((_, times) -> assertThat(times).isOne());
  }

  // ---- with retries

  @ParameterizedTest
  @CsvSource({"KILL, false", "KILL, true", "STOP, true"})
  void retriesRunTheTasksOfALostMemberElsewhere(End end, boolean fromClient) throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(fromClient, cf -> cf.withRetries(3));
        ledger) {
      MemberJvm lost = addTo(cluster);
      List<Future<Integer>> futures = submit(cluster, ledger, TASKS);
      awaitRunning(ledger, 2 * SLOTS);
      lost.signal(end.name());

      await().atMost(PATIENCE).until(() -> told.contains("left " + lost.address()));
      ledger.open("gate");
      for (int i = 0; i < TASKS; i++) {
        assertThat(soon(futures.get(i))).isEqualTo(i);
      }
      assertThat(cluster.stats().succeeded()).isEqualTo(TASKS);
      lost.close();
    }
    Map<Integer, Integer> runs = ledger.runs();
    assertThat(runs).hasSize(TASKS).allSatisfy((_, times) -> assertThat(times).isBetween(1, 2));
    assertThat(runs.values().stream().filter(times -> times == 2).count()).isEqualTo(SLOTS);
  }

  @Test
  void taskHasRetriesOfItsOwn() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(true, cf -> cf);
        ledger) {
      MemberJvm lost = addTo(cluster);
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 2 * SLOTS; i++) {
        int id = i;
        Task<Integer> task = Task.of("once more", () -> ledger.waitAt("gate", id));
        futures.add(cluster.submit(task.withRetries(1)));
      }
      awaitRunning(ledger, 2 * SLOTS);
      lost.close();
      ledger.open("gate");
      for (int i = 0; i < 2 * SLOTS; i++) {
        assertThat(soon(futures.get(i))).isEqualTo(i);
      }
    }
  }

  @Test
  void taskMayHaveNoneOfItsExecutorsRetries() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(true, cf -> cf.withRetries(3));
        ledger) {
      MemberJvm lost = addTo(cluster);
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 2 * SLOTS; i++) {
        int id = i;
        Task<Integer> task = Task.of("once", () -> ledger.waitAt("gate", id));
        futures.add(cluster.submit(task.withRetries(0)));
      }
      awaitRunning(ledger, 2 * SLOTS);
      lost.close();
      await()
          .atMost(PATIENCE)
          .until(() -> futures.stream().filter(Future::isDone).count() == SLOTS);
      assertThat(futures)
          .filteredOn(Future::isDone)
          .allSatisfy(
              future -> assertThat(future.exceptionNow()).isInstanceOf(MemberLostException.class));
      ledger.open("gate");
    }
    assertThat(ledger.runs()).allSatisfy((_, times) -> assertThat(times).isOne());
  }

  @Test
  void retryDoesNotOutliveACancel() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(true, cf -> cf.withRetries(3));
        ledger) {
      MemberJvm lost = addTo(cluster);
      List<Future<Integer>> futures = submit(cluster, ledger, TASKS);
      awaitRunning(ledger, 2 * SLOTS);
      Map<Integer, Integer> before = ledger.runs();
      lost.signal("STOP"); // what runs there hears of no cancellation
      futures.forEach(future -> assertThat(future.cancel(true)).isTrue());
      lost.close();
      await().atMost(PATIENCE).until(() -> told.contains("left " + lost.address()));
      ledger.open("gate");
      assertThat(futures).allMatch(Future::isCancelled);
      // what comes after them runs after them
      assertThat(soon(cluster.submit(() -> 1))).isEqualTo(1);
      assertThat(ledger.byProcess("ran").get(lost.pid())).hasSizeLessThanOrEqualTo(SLOTS);
      assertThat(ledger.runs()).allSatisfy((_, times) -> assertThat(times).isOne());
      assertThat(ledger.runs()).isEqualTo(before);
    }
  }

  // ---- maps

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mapWithRetriesOutlivesAMember(boolean ordered) throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(true, cf -> cf.withRetries(3));
        ledger) {
      MemberJvm lost = addTo(cluster);
      List<Integer> inputs = IntStream.range(0, 1000).boxed().toList();
      try (Stream<Integer> results =
          cluster.map(
              inputs,
              i -> i < 200 ? ledger.ran(i) : ledger.waitAt("gate", i),
              cf -> ordered ? cf : cf.unordered())) {
        var iterator = results.iterator();
        List<Integer> all = new ArrayList<>();
        all.add(iterator.next());
        await().atMost(PATIENCE).until(() -> ledger.byProcess("ran").size() == 2);
        lost.close();
        ledger.open("gate");
        iterator.forEachRemaining(all::add);
        assertThat(all).hasSize(1000).containsExactlyInAnyOrderElementsOf(inputs);
        if (ordered) {
          assertThat(all).isSorted();
        }
      }
    }
    assertThat(ledger.runs()).hasSize(1000);
  }

  @Test
  void mapWithoutRetriesFailsWithItsMember() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(true, cf -> cf);
        ledger) {
      MemberJvm lost = addTo(cluster);
      List<Integer> inputs = IntStream.range(0, 1000).boxed().toList();
      try (Stream<Settled<Integer, Integer>> results =
          cluster.mapSettled(inputs, i -> ledger.waitAt("gate", i))) {
        var iterator = results.iterator();
        Thread killer =
            Thread.ofVirtual()
                .start(() -> {
                  await().atMost(PATIENCE).until(() -> ledger.byProcess("ran").size() == 2);
                  lost.close();
                  await().atMost(PATIENCE).until(() -> told.contains("left " + lost.address()));
                  ledger.open("gate");
                });
        List<Settled<Integer, Integer>> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        killer.join();
        assertThat(all).extracting(Settled::input).isEqualTo(inputs);
        assertThat(all)
            .filteredOn(s ->
                s.outcome() instanceof dev.tandem.core.Outcome.Failure<?> f
                    && f.exception() instanceof MemberLostException)
            .isNotEmpty();
      }
    }
    assertThat(ledger.runs()).allSatisfy((_, times) -> assertThat(times).isOne());
  }

  // ---- a member that leaves, and one that comes

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void memberDrainsBeforeItLeavesAndNothingIsLost(boolean fromClient) throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(fromClient, cf -> cf);
        ledger) {
      MemberJvm leaving = addTo(cluster);
      List<Future<Integer>> futures = submit(cluster, ledger, TASKS);
      awaitRunning(ledger, 2 * SLOTS);
      leaving.signal("TERM");
      leaving.awaitText("begins no more tasks");
      ledger.open("gate");
      for (int i = 0; i < TASKS; i++) {
        assertThat(soon(futures.get(i))).isEqualTo(i);
      }
      assertThat(leaving.exitCode()).isEqualTo(143);
      await().atMost(PATIENCE).until(() -> cluster.members().size() == 1);
    }
    assertThat(ledger.runs()).hasSize(TASKS).allSatisfy((_, times) -> assertThat(times).isOne());
    assertThat(ledger.byProcess("ran")).hasSize(2);
  }

  @Test
  void memberThatJoinsUnderLoadGetsWork() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = open(true, cf -> cf);
        ledger) {
      List<Future<Integer>> futures = submit(cluster, ledger, TASKS);
      awaitRunning(ledger, SLOTS);
      MemberJvm joined = addTo(cluster);
      awaitRunning(ledger, 2 * SLOTS);
      assertThat(ledger.byProcess("ran").get(joined.pid())).hasSize(SLOTS);
      assertThat(told).contains("joined " + joined.address());
      ledger.open("gate");
      for (Future<Integer> future : futures) {
        soon(future);
      }
      joined.close();
      await().atMost(PATIENCE).until(() -> told.contains("left " + joined.address()));
    }
    assertThat(ledger.runs()).hasSize(TASKS).allSatisfy((_, times) -> assertThat(times).isOne());
  }
}
