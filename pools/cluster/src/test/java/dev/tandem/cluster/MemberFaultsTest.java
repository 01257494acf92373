package dev.tandem.cluster;

import static dev.tandem.testing.Caller.PATIENCE;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.cluster.internal.NodeOptions;
import dev.tandem.cluster.internal.SafeConfig;
import dev.tandem.core.Saturation;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.testing.Caller;
import java.io.NotSerializableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong with a task while its member stays, and what ends it early.
class MemberFaultsTest {
  /// With one second, members lose each other on a busy machine: they call each other, too.
  private static final String CALL_TIMEOUT_MILLIS = "8000";

  @AutoClose static ClusterNodes nodes;
  private static HazelcastInstance client;
  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    nodes = ClusterNodes.start(1, "--slots", "4");
    client = nodes.client();
  }

  private static Throwable failure(Future<?> future) throws Exception {
    try {
      throw new AssertionError("it gave " + soon(future));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  // ---- stopping

  @Test
  void cancelEndsTheFutureAtOnceAndInterruptsTheBody() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = ClusterExecutor.on(client);
        ledger) {
      Future<Integer> future = cluster.submit(() -> ledger.waitAt("gate", 1));
      await().atMost(PATIENCE).until(() -> ledger.runs().containsKey(1));
      assertThat(future.cancel(true)).isTrue();
      assertThat(future).isCancelled();
      await().atMost(PATIENCE).until(() -> ledger.counts("interrupted").containsKey(1));
    }
  }

  @Test
  void timeoutIsToldAndInterruptsTheBody() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = ClusterExecutor.on(client);
        ledger) {
      Task<Integer> slow = Task.of("slow", () -> ledger.waitAt("gate", 1));
      Throwable e = failure(cluster.submit(slow.withTimeout(Duration.ofSeconds(1))));
      assertThat(e).isInstanceOf(TaskTimeoutException.class).hasMessageContaining("slow");
      await().atMost(PATIENCE).until(() -> ledger.counts("interrupted").containsKey(1));
    }
  }

  @Test
  void taskMayRunLongerThanHazelcastWaitsForACall() throws Exception {
    String property = "hazelcast.operation.call.timeout.millis";
    try (ClusterNodes others = new ClusterNodes()) {
      others
          .add(
              MemberJvm.Start.PLAIN.with("-D" + property + "=" + CALL_TIMEOUT_MILLIS),
              "--slots",
              "2")
          .address();
      HazelcastInstance member =
          others.kept(
              Hazelcast.newHazelcastInstance(
                  others.config(ClusterNode.config().setProperty(property, CALL_TIMEOUT_MILLIS))));
      try (ClusterExecutor fromMember = ClusterExecutor.on(member);
          ClusterExecutor fromClient = others.executor(cf -> cf)) {
        SerializableCallable<Integer> slow =
            () -> {
              TimeUnit.SECONDS.sleep(12); // longer than that
              return 1;
            };
        Future<Integer> one = fromMember.submit(slow);
        Future<Integer> two = fromClient.submit(slow);
        assertThat(soon(one)).isEqualTo(1);
        assertThat(soon(two)).isEqualTo(1);
      }
    }
  }

  // ---- full queues

  @Test
  void fullQueueOfTheMemberIsToldAsItself() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterNodes others = new ClusterNodes()) {
      Config config = others.config(ClusterNode.config());
      SafeConfig.announce(config, 10);
      config.addExecutorConfig(new ExecutorConfig(NodeOptions.EXECUTOR, 1).setQueueCapacity(1));
      HazelcastInstance member = others.kept(Hazelcast.newHazelcastInstance(config));
      try (ClusterExecutor cluster = ClusterExecutor.on(member);
          ledger) {
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          int id = i;
          futures.add(cluster.submit(() -> ledger.waitAt("gate", id)));
        }
        // one runs, one waits there
        await().atMost(PATIENCE).until(() -> futures.stream().filter(Future::isDone).count() == 8);
        for (Future<Integer> future : futures) {
          if (future.isDone()) {
            assertThat(failure(future)).isInstanceOf(RejectedExecutionException.class);
          }
        }
        ledger.open("gate");
      }
    }
  }

  @Test
  void fullQueueOfTheCallerRejects() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster =
            ClusterExecutor.on(client, cf -> cf.withQueue(6, Saturation.REJECT));
        ledger) {
      List<Future<Integer>> futures = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  int id = i;
                  futures.add(cluster.submit(() -> ledger.waitAt("gate", id)));
                }
              })
          .isInstanceOf(RejectedExecutionException.class);
      ledger.open("gate");
      for (Future<Integer> future : futures) {
        soon(future);
      }
    }
  }

  // ---- what cannot travel

  /// Cannot be serialized.
  private static final class Unsendable {}

  /// Has a part that cannot be serialized.
  private static final class UnsendableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Object part = new Unsendable();

    UnsendableException() {
      super("a text that stays");
    }

    @Override
    public String toString() {
      return super.toString() + (part == this ? "" : "");
    }
  }

  @Test
  void whatCannotTravelFailsItsOwnTaskOnly() throws Exception {
    Unsendable unsendable = new Unsendable();
    try (ClusterExecutor cluster = ClusterExecutor.on(client)) {
      assertThat(failure(cluster.submit(() -> unsendable.hashCode())))
          .isInstanceOf(NotSerializableException.class)
          .hasMessageContaining("Unsendable");
      assertThat(failure(cluster.submit(() -> (Object) new Unsendable())))
          .hasMessageContaining("Unsendable");
      assertThat(
              failure(
                  cluster.submit(() -> {
                    throw new UnsendableException();
                  })))
          .hasMessageContaining("a text that stays");
      assertThat(soon(cluster.submit(() -> 1))).isEqualTo(1);
    }
  }

  // ---- classes

  @Test
  void missingClassIsNamedWithItsMember() throws Exception {
    try (ClusterNodes others = new ClusterNodes()) {
      String address =
          others
              .add(MemberJvm.Start.PLAIN.main(ClusterNode.class).without(MemberFaultsTest::isOurs))
              .address();
      try (ClusterExecutor cluster = others.executor(cf -> cf)) {
        SerializableCallable<Integer> body = () -> 1;
        assertThat(failure(cluster.submit(body)))
            .isInstanceOfSatisfying(
                ClassUnavailableException.class,
                e -> {
                  assertThat(e.member()).isEqualTo(address);
                  assertThat(e.className()).contains("MemberFaultsTest");
                });
        assertThatThrownBy(() -> cluster.forEach(List.of(1, 2), _ -> {}))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(ClassUnavailableException.class);
      }
    }
  }

  private static boolean isOurs(String entry) {
    return Path.of(entry).equals(Path.of(MemberJvm.testClasses()));
  }

  // ---- the end of the instance

  @Test
  void shutDownOfTheInstanceEndsAllWithAnException() throws Exception {
    Ledger ledger = Ledger.in(directory);
    HazelcastInstance own = nodes.client();
    ClusterExecutor cluster = ClusterExecutor.on(own);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int id = i;
      futures.add(cluster.submit(() -> ledger.waitAt("gate", id)));
    }
    await().atMost(PATIENCE).until(() -> ledger.runs().size() == 4);
    own.shutdown();
    for (Future<Integer> future : futures) {
      assertThat(failure(future)).isInstanceOf(RuntimeException.class);
    }
    assertThat(failure(cluster.submit(() -> 1))).isInstanceOf(RuntimeException.class);
    cluster.close();
    assertThat(cluster.isTerminated()).isTrue();
    ledger.close();
  }

  @Test
  void embeddedMemberEndsWithItsExecutor() throws Exception {
    ClusterExecutor cluster = ClusterExecutor.embedded(config -> nodes.config(config), cf -> cf);
    assertThat(soon(cluster.submit(() -> ProcessHandle.current().pid())))
        .isEqualTo(nodes.node(0).pid());
    cluster.close();
    assertThat(cluster.isTerminated()).isTrue();
    await().atMost(PATIENCE).until(() -> client.getCluster().getMembers().size() == 1);
  }

  // ---- processes

  @Test
  void crashInAProcessOfTheMemberCostsOneTask() throws Exception {
    try (ClusterNodes others = ClusterNodes.start(1, "--processes", "2");
        ClusterExecutor cluster = others.executor(cf -> cf)) {
      assertThat(soon(cluster.submit(() -> ProcessHandle.current().pid())))
          .isNotEqualTo(others.node(0).pid());
      assertThat(
              failure(
                  cluster.submit(() -> {
                    Runtime.getRuntime().halt(3);
                    return 1;
                  })))
          .isInstanceOf(WorkerCrashedException.class);
      List<Integer> inputs = IntStream.range(0, 100).boxed().toList();
      try (Stream<Integer> results = cluster.map(inputs, i -> i)) {
        assertThat(results).isEqualTo(inputs);
      }
      assertThat(others.node(0).isAlive()).isTrue();
    }
  }

  @Test
  void whatStopsATaskOrAMapKillsTheProcessesAndOthersTakeTheirPlace() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterNodes others = ClusterNodes.start(1, "--processes", "2");
        ClusterExecutor cluster = others.executor(cf -> cf)) {
      Future<Integer> cancelled = cluster.submit(() -> ignoresInterrupts(ledger, 1));
      long first = processOf(ledger, 1);
      assertThat(cancelled.cancel(true)).isTrue();
      awaitEnd(first);

      Task<Integer> slow = Task.of("slow", () -> ignoresInterrupts(ledger, 2));
      Future<Integer> timedOut = cluster.submit(slow.withTimeout(Duration.ofSeconds(4)));
      long second = processOf(ledger, 2);
      assertThat(failure(timedOut)).isInstanceOf(TaskTimeoutException.class);
      awaitEnd(second);

      try (Stream<Integer> results =
          cluster.map(List.of(3, 4), id -> ignoresInterrupts(ledger, id))) {
        var iterator = results.iterator();
        Caller<Boolean> consumer = Caller.start(iterator::hasNext);
        long third = processOf(ledger, 3);
        long fourth = processOf(ledger, 4);
        consumer.interrupt();
        assertThat(consumer.failure()).isNotNull();
        awaitEnd(third);
        awaitEnd(fourth);
      }
      assertThat(soon(cluster.submit(() -> 1))).isEqualTo(1);
      assertThat(others.node(0).isAlive()).isTrue();
      assertThat(ledger.runs()).hasSize(4).allSatisfy((_, times) -> assertThat(times).isOne());
    }
  }

  private static int ignoresInterrupts(Ledger ledger, int id) {
    ledger.ran(id);
    while (true) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      Thread.interrupted();
    }
  }

  /// {@return the process that runs a task} Waits for it.
  private static long processOf(Ledger ledger, int id) {
    await().atMost(PATIENCE).until(() -> ledger.runs().containsKey(id));
    return ledger.byProcess("ran").entrySet().stream()
        .filter(entry -> entry.getValue().contains(id))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static void awaitEnd(long process) {
    await()
        .atMost(PATIENCE)
        .until(() -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isEmpty());
  }
}
