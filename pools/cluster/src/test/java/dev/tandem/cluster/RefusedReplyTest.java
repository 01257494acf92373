package dev.tandem.cluster;

import static dev.tandem.testing.Caller.PATIENCE;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.net.HostAndPort;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.core.Outcome;
import dev.tandem.core.Settled;
import dev.tandem.pools.RemoteTaskException;
import java.io.InvalidClassException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a member sends and the caller does not accept, or does not have: it fails its own task, by
/// name, and its slot is free again.
class RefusedReplyTest {
  private static final int SLOTS = 2;

  @AutoClose static ClusterNodes nodes;
  private static HazelcastInstance client;
  private static HazelcastInstance member;
  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    nodes = ClusterNodes.start(1, "--slots", "" + SLOTS);
    client = nodes.client();
    member = nodes.member();
  }

  private static ClusterExecutor open(
      boolean fromClient, UnaryOperator<ClusterExecutor.Config> cf) {
    return ClusterExecutor.on(fromClient ? client : member, cf);
  }

  /// {@return an object of a library's class, which no body names}
  private static Object ofALibrary() {
    return HostAndPort.fromParts("localhost", 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resultThatTheFilterRefusesFailsItsTaskWithTheNameOfTheClass(boolean fromClient)
      throws Exception {
    try (ClusterExecutor cluster = open(fromClient, cf -> cf)) {
      for (int i = 0; i < 2 * SLOTS; i++) {
        assertThatThrownBy(() -> soon(cluster.submit(() -> ofALibrary())))
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(InvalidClassException.class)
            .hasMessageContainingAll("result", HostAndPort.class.getName(), "withAllowed");
      }
      allSlotsWork(cluster);
    }
    try (ClusterExecutor cluster = open(fromClient, cf -> cf.withAllowed("com.google.common.**"))) {
      assertThat(soon(cluster.submit(() -> ofALibrary()))).isEqualTo(ofALibrary());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resultsOfAMapThatTheFilterRefusesFailTheirInputsOnly(boolean fromClient) throws Exception {
    List<Integer> inputs = IntStream.range(0, 100).boxed().toList();
    try (ClusterExecutor cluster = open(fromClient, cf -> cf)) {
      try (Stream<Settled<Integer, Object>> results =
          cluster.mapSettled(inputs, i -> i % 10 == 3 ? ofALibrary() : i)) {
        assertThat(results)
            .hasSize(100)
            .allSatisfy(settled -> {
              if (settled.input() % 10 == 3) {
                assertThat(settled.outcome())
                    .isInstanceOfSatisfying(
                        Outcome.Failure.class,
                        f ->
                            assertThat(f.exception())
                                .isInstanceOf(InvalidClassException.class)
                                .hasMessageContaining(HostAndPort.class.getName()));
              } else {
                assertThat(settled.outcome()).isEqualTo(new Outcome.Success<>(settled.input()));
              }
            });
      }
      assertThatThrownBy(() -> cluster.map(inputs, _ -> ofALibrary()).toList())
          .rootCause()
          .hasMessageContaining(HostAndPort.class.getName());
      allSlotsWork(cluster);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exceptionOfAClassThatTheCallerLacksBecomesItsText(boolean fromClient) throws Exception {
    String name = "Fault" + fromClient;
    try (ClusterExecutor cluster = open(fromClient, cf -> cf)) {
      Future<Object> future =
          cluster.submit(() -> {
            throw (Exception) OnlyThere.make(name, IllegalStateException.class);
          });
      assertThatThrownBy(() -> soon(future))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              RemoteTaskException.class,
              e -> {
                assertThat(e).hasMessageContaining(name);
                assertThat(e.getStackTrace()).isNotEmpty();
              });
      allSlotsWork(cluster);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resultOfAClassThatTheCallerLacksIsNamed(boolean fromClient) throws Exception {
    String name = "Result" + fromClient;
    try (ClusterExecutor cluster = open(fromClient, cf -> cf.withAllowed("dev.tandem.cluster.*"))) {
      Future<Object> future = cluster.submit(() -> OnlyThere.make(name, ArrayList.class));
      assertThatThrownBy(() -> soon(future))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(InvalidClassException.class)
          .hasMessageContaining(name);
      allSlotsWork(cluster);
    }
  }

  /// As many tasks run at once as before.
  private void allSlotsWork(ClusterExecutor cluster) throws Exception {
    await().atMost(PATIENCE).until(() -> cluster.members().getFirst().inFlight() == 0);
    Ledger ledger = Ledger.in(directory);
    Map<Integer, Integer> all = Map.of(0, 1, 1, 1);
    List<Future<Integer>> futures = new ArrayList<>();
    try {
      for (int id : all.keySet()) {
        futures.add(cluster.submit(() -> ledger.waitAt("gate", id)));
      }
      await().atMost(PATIENCE).until(() -> ledger.runs().equals(all));
    } finally {
      ledger.close();
    }
    for (Future<Integer> future : futures) {
      soon(future);
    }
  }
}
