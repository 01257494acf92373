package dev.tandem.cluster;

import static dev.tandem.testing.Caller.PATIENCE;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.core.Saturation;
import dev.tandem.testing.Caller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A cluster that has no room, no members any more, or no Hazelcast instance under it: what becomes
/// of what runs, of what waits, and of submitters that wait for room.
class FullClusterTest {
  private static final int SLOTS = 2;

  @TempDir Path directory;
  private final ClusterNodes nodes = new ClusterNodes();
  private Ledger ledger;

  @BeforeEach
  void openLedger() {
    ledger = Ledger.in(directory);
  }

  @AfterEach
  void endAll() {
    ledger.close();
    nodes.close();
  }

  private MemberJvm addNode() throws Exception {
    MemberJvm node = nodes.add("--slots", "" + SLOTS);
    node.address();
    return node;
  }

  private ClusterExecutor open(boolean fromClient, UnaryOperator<ClusterExecutor.Config> cf) {
    return ClusterExecutor.on(fromClient ? nodes.client() : nodes.member(), cf);
  }

  private Future<Integer> submit(ClusterExecutor cluster, int id) {
    Ledger own = ledger;
    return cluster.submit(() -> own.waitAt("gate" + id, id));
  }

  /// {@return tasks that take all room}
  private List<Future<Integer>> fill(ClusterExecutor cluster, int running, int waiting) {
    await().atMost(PATIENCE).until(() -> !cluster.members().isEmpty());
    List<Future<Integer>> futures = new ArrayList<>();
    for (int id = 0; id < running + waiting; id++) {
      futures.add(submit(cluster, id));
    }
    await().atMost(PATIENCE).until(() -> ledger.runs().size() == running);
    return futures;
  }

  private Caller<Future<Integer>> blockedSubmitter(ClusterExecutor cluster, int id) {
    return Caller.start(() -> submit(cluster, id)).awaitBlocked();
  }

  private static Throwable failure(Future<?> future) throws Exception {
    try {
      throw new AssertionError("it gave " + soon(future));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /// {@return why a submitter was refused, at once or by the future that it got}
  private static Throwable refusal(Caller<Future<Integer>> submitter) throws Exception {
    try {
      return failure(submitter.result());
    } catch (ExecutionException e) { // of the submitter's thread
      return e.getCause();
    }
  }

  // ---- no room

  @ParameterizedTest
  @CsvSource({"4096, 2, false", "4096, 2, true", "1, 1, false", "1, 1, true"})
  void blockedSubmitterGoesOnWhenASlotFrees(int maxInFlight, int running, boolean fromClient)
      throws Exception {
    addNode();
    try (ClusterExecutor cluster =
        open(fromClient, cf -> cf.withMaxInFlight(maxInFlight).withQueue(1, Saturation.BLOCK))) {
      List<Future<Integer>> futures = fill(cluster, running, 1);
      Caller<Future<Integer>> blocked = blockedSubmitter(cluster, 50);
      Caller<Future<Integer>> interrupted = blockedSubmitter(cluster, 51);
      interrupted.interrupt();
      assertThat(interrupted.failure()).isInstanceOf(RejectedExecutionException.class);
      assertThat(interrupted.keptTheFlag()).isTrue();
      assertThat(blocked.isDone()).isFalse();
      ledger.open("gate0");
      assertThat(soon(futures.getFirst())).isZero();
      Future<Integer> late = blocked.result();
      for (int id = 1; id <= running; id++) {
        ledger.open("gate" + id);
        assertThat(soon(futures.get(id))).isEqualTo(id);
      }
      ledger.open("gate50");
      assertThat(soon(late)).isEqualTo(50);
    }
    assertThat(ledger.runs()).hasSize(running + 2).doesNotContainKey(51);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shutdownReleasesABlockedSubmitter(boolean now) throws Exception {
    addNode();
    ClusterExecutor cluster = open(true, cf -> cf.withQueue(0, Saturation.BLOCK));
    List<Future<Integer>> futures = fill(cluster, SLOTS, 0);
    Caller<Future<Integer>> blocked = blockedSubmitter(cluster, 50);
    Caller<Integer> closer =
        Caller.start(() -> {
          if (now) {
            assertThat(cluster.shutdownNow()).isEmpty();
          }
          cluster.close();
          return 0;
        });
    assertThat(blocked.failure()).isInstanceOf(RejectedExecutionException.class);
    if (!now) {
      ledger.open("gate0");
      ledger.open("gate1");
    }
    assertThat(closer.result()).isZero();
    assertThat(futures).allMatch(future -> future.isCancelled() == now);
    assertThat(ledger.runs()).hasSize(SLOTS);
  }

  // ---- no members

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWaitsRunsOnAMemberThatComesAfterTheLossOfAll(boolean fromClient) throws Exception {
    nodes.add(PlainMember.START).address(); // so that the cluster stays
    MemberJvm lost = addNode();
    try (ClusterExecutor cluster = open(fromClient, cf -> cf.withQueue(1, Saturation.BLOCK))) {
      List<Future<Integer>> futures = fill(cluster, SLOTS, 1);
      Caller<Future<Integer>> blocked = blockedSubmitter(cluster, 50);
      lost.close();
      for (int id = 0; id < SLOTS; id++) {
        assertThat(failure(futures.get(id))).isInstanceOf(MemberLostException.class);
      }
      await().atMost(PATIENCE).until(() -> cluster.members().isEmpty());
      Caller<Future<Integer>> interrupted = Caller.start(() -> submit(cluster, 51)).awaitBlocked();
      interrupted.interrupt();
      assertThat(interrupted.failure()).isInstanceOf(RejectedExecutionException.class);
      addNode();
      ledger.open("gate2");
      ledger.open("gate50");
      assertThat(soon(futures.get(SLOTS))).isEqualTo(SLOTS);
      assertThat(soon(blocked.result())).isEqualTo(50);
    }
    assertThat(ledger.runs()).allSatisfy((_, times) -> assertThat(times).isOne());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void clientThatGivesUpItsClusterEndsAll(int capacity) throws Exception {
    MemberJvm lost = addNode();
    ClientConfig config = new ClientConfig();
    config.setClusterName(nodes.name());
    config.getNetworkConfig().addAddress(lost.address());
    config
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(1000);
    HazelcastInstance client = nodes.kept(HazelcastClient.newHazelcastClient(config));
    ClusterExecutor cluster =
        ClusterExecutor.on(client, cf -> cf.withQueue(capacity, Saturation.BLOCK));
    List<Future<Integer>> futures = fill(cluster, SLOTS, capacity);
    Caller<Future<Integer>> one = blockedSubmitter(cluster, 50);
    Caller<Future<Integer>> two = blockedSubmitter(cluster, 51);
    lost.close();
    await().atMost(PATIENCE).until(() -> !client.getLifecycleService().isRunning());
    endsAll(cluster, futures, List.of(one, two));
  }

  // ---- no instance

  @ParameterizedTest
  @CsvSource({
    "false, false, 0",
    "false, true, 1",
    "true, false, 0",
    "true, true, 0",
    "true, false, 1"
  })
  void endOfTheInstanceEndsAllWithAReason(boolean fromClient, boolean terminated, int capacity)
      throws Exception {
    addNode();
    HazelcastInstance own = fromClient ? nodes.client() : nodes.member();
    ClusterExecutor cluster =
        ClusterExecutor.on(own, cf -> cf.withQueue(capacity, Saturation.BLOCK).withRetries(2));
    List<Future<Integer>> futures = fill(cluster, SLOTS, capacity);
    Caller<Future<Integer>> blocked = blockedSubmitter(cluster, 50);
    if (terminated) {
      own.getLifecycleService().terminate();
    } else {
      own.shutdown();
    }
    endsAll(cluster, futures, List.of(blocked));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endOfTheInstanceReleasesASubmitterThatWaitsForMembers(boolean fromClient) throws Exception {
    nodes.add(PlainMember.START).address(); // so that the cluster stays
    MemberJvm lost = addNode();
    HazelcastInstance own = fromClient ? nodes.client() : nodes.member();
    ClusterExecutor cluster = ClusterExecutor.on(own, cf -> cf.withQueue(0, Saturation.BLOCK));
    List<Future<Integer>> futures = fill(cluster, SLOTS, 0);
    lost.close();
    await().atMost(PATIENCE).until(() -> cluster.members().isEmpty());
    await().atMost(PATIENCE).until(() -> futures.stream().allMatch(Future::isDone));
    List<Caller<Future<Integer>>> blocked = new ArrayList<>();
    for (int id = 50; id < 55; id++) {
      blocked.add(blockedSubmitter(cluster, id));
    }
    own.shutdown();
    endsAll(cluster, futures, blocked);
  }

  private void endsAll(
      ClusterExecutor cluster,
      List<Future<Integer>> futures,
      List<Caller<Future<Integer>>> submitters)
      throws Exception {
    for (int id = 0; id < futures.size(); id++) {
      assertThat(failure(futures.get(id)))
          .isInstanceOfAny(MemberLostException.class, RejectedExecutionException.class);
    }
    for (Caller<Future<Integer>> submitter : submitters) {
      assertThat(refusal(submitter)).isInstanceOf(RejectedExecutionException.class);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(refusal(Caller.start(() -> cluster.submit(() -> 1))))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("shut down");
    }
    Caller<Integer> mapper =
        Caller.start(() -> {
          cluster.forEach(List.of(1, 2, 3), _ -> {});
          return 0;
        });
    assertThat(mapper.failure()).hasCauseInstanceOf(RejectedExecutionException.class);
    assertThat(cluster.members()).isEmpty();
    assertThat(cluster.stats().running()).isZero();
    assertThat(cluster.stats().queued()).isZero();
    Caller<Integer> closer =
        Caller.start(() -> {
          cluster.close();
          return 0;
        });
    assertThat(closer.result()).isZero();
    assertThat(cluster.isTerminated()).isTrue();
    assertThat(ledger.runs()).hasSize(SLOTS);
  }

  @Test
  void endOfTheInstanceEndsAMap() throws Exception {
    addNode();
    Ledger gates = ledger;
    HazelcastInstance own = nodes.client();
    try (ClusterExecutor cluster = ClusterExecutor.on(own)) {
      List<Integer> inputs = IntStream.range(0, 1000).boxed().toList();
      Caller<Long> consumer =
          Caller.start(() -> {
            try (Stream<Integer> results =
                cluster.map(inputs, i -> i < 100 ? i : gates.waitAt("gate", i))) {
              return results.count();
            }
          });
      await().atMost(PATIENCE).until(() -> ledger.runs().size() == SLOTS);
      own.shutdown();
      assertThat(consumer.failure())
          .cause()
          .isInstanceOfAny(MemberLostException.class, RejectedExecutionException.class);
    }
  }
}
