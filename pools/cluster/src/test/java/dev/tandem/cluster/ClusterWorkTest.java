package dev.tandem.cluster;

import static dev.tandem.testing.Caller.PATIENCE;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.hazelcast.core.HazelcastInstance;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.structured.TaskScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Work over two members that stay.
class ClusterWorkTest {
  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
  private static final int SLOTS = 4;

  @AutoClose static ClusterNodes nodes;
  private static Map<Caller, HazelcastInstance> callers;
  @TempDir Path directory;

  /// What this JVM is to the cluster.
  enum Caller {
    MEMBER,
    CLIENT
  }

  @BeforeAll
  static void start() throws Exception {
    nodes = ClusterNodes.start(2, "--slots", "" + SLOTS);
    callers = Map.of(Caller.MEMBER, nodes.member(), Caller.CLIENT, nodes.client());
  }

  private static ClusterExecutor on(Caller caller) {
    return on(caller, cf -> cf);
  }

  private static ClusterExecutor on(Caller caller, UnaryOperator<ClusterExecutor.Config> cf) {
    return ClusterExecutor.on(callers.get(caller), cf);
  }

  private static Long[] pids() {
    return new Long[] {nodes.node(0).pid(), nodes.node(1).pid()};
  }

  private static List<Integer> upTo(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  // ---- submit

  @ParameterizedTest
  @EnumSource
  void eachOfAThousandTasksRunsOnceAndBothMembersWork(Caller caller) throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = on(caller);
        ledger) {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        int id = i;
        futures.add(cluster.submit(() -> ledger.ran(id)));
      }
      for (int i = 0; i < 1000; i++) {
        assertThat(soon(futures.get(i))).isEqualTo(i);
      }
      assertThat(cluster.stats().succeeded()).isEqualTo(1000);
      assertThat(cluster.stats().running()).isZero();
      assertThat(cluster.stats().queued()).isZero();
    }
    assertThat(ledger.runs()).hasSize(1000).allSatisfy((_, times) -> assertThat(times).isOne());
    assertThat(ledger.byProcess("ran")).containsOnlyKeys(pids());
  }

  @ParameterizedTest
  @EnumSource
  void membersSayTheirSlotsAndWhatTheyHave(Caller caller) throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = on(caller);
        ledger) {
      assertThat(cluster.members())
          .extracting(ClusterMember::address)
          .containsExactly( // in the order in which they joined
              nodes.node(0).address(), nodes.node(1).address());
      assertThat(cluster.members()).allMatch(m -> m.slots() == SLOTS && !m.draining());

      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        int id = i;
        futures.add(cluster.submit(() -> ledger.waitAt("gate", id)));
      }
      await().atMost(PATIENCE).until(() -> ledger.runs().size() == 2 * SLOTS);
      assertThat(cluster.members()).allMatch(m -> m.inFlight() == SLOTS);
      assertThat(cluster.stats().running()).isEqualTo(2 * SLOTS);
      assertThat(cluster.stats().queued()).isEqualTo(100 - 2 * SLOTS);
      ledger.open("gate");
      for (Future<Integer> future : futures) {
        soon(future);
      }
      assertThat(cluster.members()).allMatch(m -> m.inFlight() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nameContextAndListenersGoWithATask(Caller caller) throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (ClusterExecutor cluster =
        on(
            caller,
            cf ->
                cf.withName("remote")
                    .withContext(ContextPropagator.threadLocal(() -> TENANT))
                    .withListener(new Told(told)))) {
      TENANT.set("acme");
      ListenableFuture<String> named =
          cluster.submit(Task.of("price", () -> Thread.currentThread().getName() + TENANT.get()));
      TENANT.remove();
      assertThat(soon(named)).contains("price").endsWith("acme");
      assertThat(soon(cluster.submit(() -> "" + TENANT.get()))).isEqualTo("null");
      assertThatThrownBy(() -> soon(cluster.submit(Task.of("bad", () -> Integer.parseInt("x")))))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(NumberFormatException.class);
    }
    assertThat(told)
        .containsSubsequence(
            "submitted price", "started price", "succeeded price true", "ended price")
        .containsSubsequence("submitted bad", "started bad", "failed bad", "ended bad");
  }

  /// Notes what it is told.
  private record Told(Queue<String> events) implements TaskListener {
    @Override
    public void submitted(TaskInfo task) {
      events.add("submitted " + task.name());
    }

    @Override
    public void started(TaskInfo task) {
      events.add("started " + task.name());
    }

    @Override
    public void succeeded(TaskInfo task) {
      events.add("succeeded " + task.name() + " " + task.executor().equals("remote"));
    }

    @Override
    public void failed(TaskInfo task, Throwable exception) {
      events.add("failed " + task.name());
    }

    @Override
    public void ended(TaskInfo task) {
      events.add("ended " + task.name());
    }
  }

  // ---- maps

  @ParameterizedTest
  @EnumSource
  void mapGivesEachResultInOrder(Caller caller) throws Exception {
    List<Integer> inputs = upTo(10_000);
    try (ClusterExecutor cluster = on(caller)) {
      try (Stream<Integer> results = cluster.map(inputs, i -> i + 1)) {
        assertThat(results).isEqualTo(IntStream.rangeClosed(1, 10_000).boxed().toList());
      }
      assertThat(cluster.members()).allMatch(m -> m.inFlight() == 0);
      assertThat(cluster.stats().running()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void unorderedMapOverAnIteratorGivesEachResultOnce(Caller caller) throws Exception {
    try (ClusterExecutor cluster = on(caller);
        Stream<Integer> results =
            cluster.map(upTo(10_000).stream(), i -> i + 1, cf -> cf.unordered())) {
      List<Integer> all = results.collect(Collectors.toCollection(ArrayList::new));
      Collections.sort(all);
      assertThat(all).isEqualTo(IntStream.rangeClosed(1, 10_000).boxed().toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void mapSettledTellsEachFailureAndGoesOn(Caller caller) throws Exception {
    try (ClusterExecutor cluster = on(caller);
        Stream<Settled<Integer, Integer>> results =
            cluster.mapSettled(upTo(10_000), i -> i % 100 == 7 ? Integer.parseInt("x") : i)) {
      List<Settled<Integer, Integer>> all = results.toList();
      assertThat(all).extracting(Settled::input).isEqualTo(upTo(10_000));
      assertThat(all)
          .allSatisfy(settled -> {
            if (settled.input() % 100 == 7) {
              assertThat(settled.outcome())
                  .isInstanceOfSatisfying(
                      Outcome.Failure.class,
                      f -> assertThat(f.exception()).isInstanceOf(NumberFormatException.class));
            } else {
              assertThat(settled.outcome()).isEqualTo(new Outcome.Success<>(settled.input()));
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void forEachRunsEachOnceOnBothMembers(Caller caller) throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = on(caller);
        ledger) {
      cluster.forEach(upTo(1000), ledger::ran);
    }
    assertThat(ledger.runs()).hasSize(1000).allSatisfy((_, times) -> assertThat(times).isOne());
    assertThat(ledger.byProcess("ran")).containsOnlyKeys(pids());
  }

  @Test
  void failureEndsAMapAndNothingOfItStaysBehind() throws Exception {
    try (ClusterExecutor cluster = on(Caller.CLIENT)) {
      assertThatThrownBy(() -> cluster.forEach(upTo(10_000), i -> assertThat(i).isNotEqualTo(5000)))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(AssertionError.class);
      await().atMost(PATIENCE).until(() -> inFlight(cluster) == 0);
      assertThat(soon(cluster.submit(() -> 1))).isEqualTo(1);
    }
  }

  private static int inFlight(ClusterExecutor cluster) {
    return cluster.members().stream().mapToInt(ClusterMember::inFlight).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void chunksAreOfTheSizeThatTheCallerWants(int size) throws Exception {
    try (ClusterExecutor cluster = on(Caller.CLIENT);
        Stream<Integer> results = cluster.map(upTo(2000), i -> -i, cf -> cf.withChunkSize(size))) {
      assertThat(results).isEqualTo(IntStream.range(0, 2000).mapToObj(i -> -i).toList());
    }
  }

  @Test
  void itemsOfAMapWithATimeoutAreTasksOfTheirOwn() throws Exception {
    Ledger ledger = Ledger.in(directory);
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (ClusterExecutor cluster = on(Caller.CLIENT, cf -> cf.withListener(new Told(told)));
        Stream<Settled<Integer, Integer>> results =
            cluster.mapSettled(
                upTo(20),
                i -> i == 3 ? ledger.waitAt("gate", i) : ledger.ran(i),
                cf -> cf.withTimeout(java.time.Duration.ofSeconds(1)))) {
      List<Settled<Integer, Integer>> all = results.toList();
      assertThat(all.get(3).outcome())
          .isInstanceOfSatisfying(
              Outcome.Failure.class,
              f ->
                  assertThat(f.exception())
                      .isInstanceOf(dev.tandem.core.TaskTimeoutException.class));
      await().atMost(PATIENCE).until(() -> ledger.counts("interrupted").containsKey(3));
    }
    assertThat(told).filteredOn(event -> event.startsWith("ended")).hasSize(20);
    assertThat(told).filteredOn(event -> event.startsWith("failed")).isNotEmpty();
  }

  // ---- inside of a task

  @ParameterizedTest
  @EnumSource
  void taskMayNotWaitForATaskOfTheSameMembers(Caller caller) throws Exception {
    Ledger ledger = Ledger.in(directory);
    SerializableCallable<Integer> inner = () -> ledger.waitAt("gate", 1);
    try (ClusterExecutor cluster = on(caller);
        ledger) {
      assertThat(soon(cluster.submit(() -> Nested.waitsForATask(inner)))).contains("waiting for");
      assertThat(soon(cluster.submit(() -> Nested.waitsForAMap(inner)))).contains("waiting for");
      assertThat(soon(cluster.submit(() -> Nested.waitsForAll(inner)))).contains("invokeAll");
      assertThat(soon(cluster.submit(() -> Nested.waitsForAny(inner)))).contains("invokeAny");
    } finally {
      ledger.open("gate");
    }
  }

  @Test
  void taskMaySubmitWhatItDoesNotWaitFor() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = on(Caller.CLIENT);
        ledger) {
      for (int i = 0; i < 10; i++) {
        int id = i;
        soon(cluster.submit(() -> Nested.goesOn(() -> ledger.ran(id))));
      }
      await().atMost(PATIENCE).until(() -> ledger.runs().size() == 10);
    }
  }

  @Test
  void closeInsideOfATaskReturnsAndWhatWasSubmittedRuns() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = on(Caller.CLIENT);
        ledger) {
      assertThat(soon(cluster.submit(() -> Nested.closes(() -> ledger.ran(1))))).isEqualTo(0);
      await().atMost(PATIENCE).until(() -> ledger.runs().containsKey(1));
    }
  }

  @Test
  void taskMayWaitForATaskOfAnotherHazelcastExecutor() throws Exception {
    try (ClusterExecutor cluster = on(Caller.CLIENT)) {
      assertThat(soon(cluster.submit(Nested::waitsElsewhere))).isEqualTo("done");
    }
  }

  // ---- scopes

  @Test
  void scopeForksOnTheCluster() throws Exception {
    try (ClusterExecutor cluster = on(Caller.CLIENT);
        var scope = TaskScope.<Object>open()) {
      var one = scope.forkOn(cluster, () -> ProcessHandle.current().pid());
      var two = scope.forkOn(cluster, "two", () -> Thread.currentThread().getName());
      scope.join();
      assertThat(pids()).contains(one.get());
      assertThat(two.get()).contains("two");
    }
  }

  @Test
  void failureInAScopeCancelsWhatItHasForkedOnTheCluster() throws Exception {
    Ledger ledger = Ledger.in(directory);
    try (ClusterExecutor cluster = on(Caller.CLIENT);
        ledger) {
      assertThatThrownBy(
              () -> {
                try (var scope = TaskScope.<Object>open()) {
                  scope.forkOn(cluster, () -> ledger.waitAt("gate", 1));
                  scope.fork(() -> {
                    await().atMost(PATIENCE).until(() -> ledger.runs().containsKey(1));
                    throw new IllegalStateException("enough");
                  });
                  scope.join();
                }
              })
          .hasStackTraceContaining("enough");
      await().atMost(PATIENCE).until(() -> ledger.counts("interrupted").containsKey(1));
    }
  }

  // ---- the end

  @ParameterizedTest
  @EnumSource
  void closeLeavesTheClusterAndItsExecutorAlone(Caller caller) throws Exception {
    Ledger ledger = Ledger.in(directory);
    ClusterExecutor first = on(caller);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int id = i;
      futures.add(first.submit(() -> ledger.ran(id)));
    }
    first.close();
    assertThat(futures).allMatch(Future::isDone);
    assertThat(first.isTerminated()).isTrue();
    assertThat(ledger.runs()).hasSize(40);
    assertThat(callers.get(caller).getLifecycleService().isRunning()).isTrue();
    try (ClusterExecutor second = on(caller)) {
      assertThat(soon(second.submit(() -> 2))).isEqualTo(2);
    }
  }

  @Test
  void shutdownNowGivesBackWhatWaitsAndInterruptsWhatRuns() throws Exception {
    Ledger ledger = Ledger.in(directory);
    ClusterExecutor cluster = on(Caller.CLIENT);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int id = i;
      futures.add(cluster.submit(() -> ledger.waitAt("gate", id)));
    }
    await().atMost(PATIENCE).until(() -> ledger.runs().size() == 2 * SLOTS);
    assertThat(cluster.shutdownNow()).hasSize(40 - 2 * SLOTS);
    cluster.close();
    assertThat(futures).allMatch(Future::isCancelled);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ledger.counts("interrupted")).isEqualTo(ledger.runs()));
    assertThat(ledger.runs()).hasSize(2 * SLOTS);
  }
}
