package dev.tandem.cluster;

import static dev.tandem.testing.Caller.PATIENCE;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members of Hazelcast's own, which have no Tandem.
class PlainMemberTest {
  @AutoClose static ClusterNodes nodes;
  private static HazelcastInstance client;
  private static HazelcastInstance member;

  @BeforeAll
  static void start() throws Exception {
    nodes = ClusterNodes.start(1, "--slots", "2");
    nodes.add(PlainMember.START).address();
    client = nodes.client();
    member = nodes.member();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void memberWithoutTandemGetsNothingAndOthersWorkOn(boolean fromClient) throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (ClusterExecutor cluster =
        ClusterExecutor.on(
            fromClient ? client : member, cf -> cf.withMemberListener(new Told(told)))) {
      List<Future<Long>> futures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        futures.add(cluster.submit(() -> ProcessHandle.current().pid()));
      }
      for (Future<Long> future : futures) {
        assertThat(soon(future)).isEqualTo(nodes.node(0).pid());
      }
      List<Integer> inputs = IntStream.range(0, 1000).boxed().toList();
      try (Stream<Integer> results = cluster.map(inputs, i -> i)) {
        assertThat(results).isEqualTo(inputs);
      }
      String plain = nodes.node(1).address();
      await().atMost(PATIENCE).until(() -> told.contains("left " + plain));
      assertThat(told).containsSubsequence("joined " + plain, "left " + plain);
      assertThat(cluster.members())
          .extracting(ClusterMember::address)
          .containsExactly(nodes.node(0).address());
    }
  }

  @Test
  void withoutAnyOtherMemberTasksFailWithTheReasonUntilANodeJoins() throws Exception {
    try (ClusterNodes others = new ClusterNodes()) {
      String plain = others.add(PlainMember.START).address();
      try (ClusterExecutor cluster = others.executor(cf -> cf.withRetries(3))) {
        assertThatThrownBy(() -> soon(cluster.submit(() -> 1)))
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                ClassUnavailableException.class,
                e -> {
                  assertThat(e.member()).isEqualTo(plain);
                  assertThat(e.className()).startsWith("dev.tandem.cluster");
                });
        assertThatThrownBy(() -> cluster.forEach(List.of(1, 2), _ -> {}))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(ClassUnavailableException.class);
        MemberJvm node = others.add("--slots", "2");
        await().atMost(PATIENCE).until(() -> cluster.members().size() == 1);
        assertThat(soon(cluster.submit(() -> ProcessHandle.current().pid()))).isEqualTo(node.pid());
      }
    }
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
}
