package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.Tandem;
import dev.tandem.cluster.ClassUnavailableException;
import dev.tandem.cluster.ClusterExecutor;
import dev.tandem.cluster.ClusterMember;
import dev.tandem.cluster.ClusterMemberListener;
import dev.tandem.cluster.ClusterNode;
import dev.tandem.cluster.MemberLostException;
import dev.tandem.core.Saturation;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.structured.TaskScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The snippets of cluster.md, and of the Javadoc of ClusterExecutor. */
@Tag("cluster")
class ClusterSnippetsTest {
  private static final List<Long> LIMITS = SumOfSquares.limits(40, 1_000);
  private static final List<Long> SUMS = LIMITS.stream().map(SumOfSquares::formula).toList();

  private static HazelcastInstance member;

  @BeforeAll
  static void start() {
    member = Hazelcast.newHazelcastInstance(config());
  }

  @AfterAll
  static void end() {
    member.getLifecycleService().terminate();
  }

  /** Nothing that another cluster on this machine could meet. */
  private static Config config() {
    Config config = ClusterNode.config();
    config.setClusterName(UUID.randomUUID().toString());
    config.getNetworkConfig().setPort(0);
    return config;
  }

  private static String address(HazelcastInstance instance) {
    var address = instance.getCluster().getLocalMember().getAddress();
    return address.getHost() + ":" + address.getPort();
  }

  // @start region="map"
  static List<Long> sums(HazelcastInstance hazelcast, List<Long> limits) {
    try (var cluster = ClusterExecutor.on(hazelcast)) { // a member of the cluster, or a client
      return cluster.map(limits, SumOfSquares::sum).toList();
    } // hazelcast is not closed
  }

  // @end

  @Test
  void aMapRunsOnMembers() {
    assertThat(sums(member, LIMITS)).isEqualTo(SUMS);
  }

  // @start region="same-line"
  static List<Long> sums(TaskExecutor executor, List<Long> limits) {
    return executor.map(limits, SumOfSquares::sum).toList();
  }

  // @end

  @Test
  void theSameLineRunsOnThreadsInProcessesAndOnMembers() {
    HazelcastInstance hazelcast = member;
    List<Long> limits = LIMITS;
    // @start region="same-line-used"
    try (var threads = Tandem.newThreadPool(4);
        var processes = Tandem.newProcessPool(2);
        var cluster = ClusterExecutor.on(hazelcast)) {
      assertThat(sums(threads, limits)).isEqualTo(sums(cluster, limits));
      assertThat(sums(processes, limits)).isEqualTo(sums(cluster, limits));
    }
    // @end
  }

  // @start region="client"
  static HazelcastInstance connect(String name, String... nodes) { // "10.0.0.11:5701", ...
    ClientConfig config = new ClientConfig().setClusterName(name);
    config.getNetworkConfig().addAddress(nodes);
    return HazelcastClient.newHazelcastClient(config); // yours to shut down
  }

  // @end

  @Test
  void aClientUsesTheMembers() {
    HazelcastInstance client = connect(member.getConfig().getClusterName(), address(member));
    try {
      assertThat(sums(client, LIMITS)).isEqualTo(SUMS);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void thisJvmIsAMember() {
    String name = UUID.randomUUID().toString();
    int port = 0;
    // @start region="embedded"
    try (var cluster =
        ClusterExecutor.embedded(
            hazelcast -> {
              hazelcast.setClusterName(name).getNetworkConfig().setPort(port);
              return hazelcast;
            },
            cf -> cf.withName("sums"))) {
      assertThat(cluster.members()).hasSize(1); // this JVM, until others join
    } // the member is shut down
    // @end
  }

  @Test
  void aLostMemberIsNamed() throws Exception {
    HazelcastInstance other = Hazelcast.newHazelcastInstance(config());
    HazelcastInstance client = connect(other.getConfig().getClusterName(), address(other));
    try (var cluster = ClusterExecutor.on(client)) {
      var price = cluster.submit(ClusterSnippetsTest::neverEnds);
      HUNG.await();
      other.getLifecycleService().terminate();

      var failed = catchThrowableOfType(ExecutionException.class, price::get);
      assertThat(describe(failed.getCause())).startsWith("done or not done: lost 127.0.0.1:");
    } finally {
      LET_GO.countDown();
      client.shutdown();
      other.getLifecycleService().terminate();
    }
  }

  private static final CountDownLatch HUNG = new CountDownLatch(1);
  private static final CountDownLatch LET_GO = new CountDownLatch(1);

  private static int neverEnds() throws InterruptedException {
    HUNG.countDown();
    LET_GO.await();
    return 0;
  }

  // @start region="failures"
  static String describe(Throwable failure) {
    return switch (failure) {
      case MemberLostException e -> "done or not done: lost " + e.member();
      case ClassUnavailableException e -> "not done: %s on %s".formatted(e.className(), e.member());
      case TaskTimeoutException e -> "told to stop after " + e.timeout();
      case RejectedExecutionException e -> "not done: " + e.getMessage();
      default -> failure.toString(); // what the body has thrown
    };
  }

  // @end

  @Test
  void otherFailuresAreNamed() {
    assertThat(describe(new ClassUnavailableException("org.acme.Price", "10.0.0.11:5701")))
        .isEqualTo("not done: org.acme.Price on 10.0.0.11:5701");
    assertThat(describe(new RejectedExecutionException("full"))).isEqualTo("not done: full");
  }

  @Test
  void retriesAreForWhatMayRunTwice() throws Exception {
    HazelcastInstance hazelcast = member;
    long limit = LIMITS.getFirst();
    // @start region="retries"
    try (var cluster = ClusterExecutor.on(hazelcast)) {
      var sum =
          Task.of("sum", () -> SumOfSquares.sum(limit)) // computes, and changes nothing
              .withRetries(3)
              .withTimeout(Duration.ofMinutes(1)); // of each attempt

      assertThat(cluster.submit(sum).get()).isEqualTo(SumOfSquares.formula(limit));
    }
    // @end
  }

  @Test
  void aScopeForksOnMembers() throws Exception {
    HazelcastInstance hazelcast = member;
    // @start region="fork"
    try (var cluster = ClusterExecutor.on(hazelcast);
        var scope = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(50)))) {
      var there = scope.forkOn(cluster, () -> SumOfSquares.sum(1_000)); // on a member
      var here = scope.fork(() -> SumOfSquares.formula(1_000)); // in a virtual thread
      scope.join(); // a failure of one cancels the other
      assertThat(there.get()).isEqualTo(here.get());
    }
    // @end
  }

  @Test
  void membersAreToldOf() {
    HazelcastInstance hazelcast = member;
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    // @start region="members"
    var watcher =
        new ClusterMemberListener() {
          @Override
          public void joined(ClusterMember member) {
            log.add("%s: %d slots".formatted(member.address(), member.slots()));
          }

          @Override
          public void left(ClusterMember member) {
            log.add("%s: gone, with %d messages".formatted(member.address(), member.inFlight()));
          }
        };
    try (var cluster = ClusterExecutor.on(hazelcast, cf -> cf.withMemberListener(watcher))) {
      int slots = cluster.members().stream().mapToInt(ClusterMember::slots).sum();
      assertThat(slots).isEqualTo(Runtime.getRuntime().availableProcessors());
    }
    // @end
    await().untilAsserted(() -> assertThat(log).hasSize(1));
  }

  @Test
  void theCallerIsBounded() throws Exception {
    HazelcastInstance hazelcast = member;
    // @start region="bounded"
    try (var cluster =
        ClusterExecutor.on(
            hazelcast,
            cf ->
                cf.withQueue(1_000, Saturation.BLOCK) // what waits here; then submit() waits
                    .withMaxInFlight(256) // what members have
                    .withTimeout(Duration.ofSeconds(50)) // of each task
                    .withAllowed("org.acme.prices.**"))) { // in results, beside what tasks name
      assertThat(cluster.submit(() -> "priced").get()).isEqualTo("priced");
    }
    // @end
  }
}
