package dev.tandem.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.ContextPropagator;
import dev.tandem.core.Task;
import dev.tandem.pools.PoolStartException;
import dev.tandem.pools.PoolState;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerListener;
import dev.tandem.testing.CapturedLog;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The snippets of processes.md about the workers. */
class ProcessFleetSnippetsTest {
  @Test
  void aWorkerForAFewTasks() throws Exception {
    Set<Long> pids = new HashSet<>();
    // @start region="recycle"
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withRecycleAfter(2).withSpares(1))) {
      for (int i = 0; i < 6; i++) {
        pids.add(pool.submit(() -> ProcessHandle.current().pid()).get());
      }
    }
    assertThat(pids).hasSizeGreaterThanOrEqualTo(3); // no worker ran more than two
    // @end
  }

  /** What is expensive to load. */
  static final class Dictionary {
    private static @Nullable Set<String> words;

    static void load() {
      words = Set.of("tandem");
    }

    static boolean contains(String word) {
      return requireNonNull(words).contains(word);
    }

    private Dictionary() {}
  }

  @Test
  void somethingToDoFirst() {
    // @start region="initializer"
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withInitializer(() -> Dictionary.load()))) {
      assertThat(pool.map(List.of("tandem", "bike"), word -> Dictionary.contains(word)))
          .containsExactly(true, false);
    }
    // @end
  }

  @Test
  void workersThatCannotStart() throws Exception {
    // @start region="broken"
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withJvmArguments("-XX:NoSuchFlag=1"))) {
      var task = pool.submit(() -> 42);
      assertThatThrownBy(task::get)
          .hasCauseInstanceOf(PoolStartException.class)
          .hasMessageContaining("NoSuchFlag"); // what the last worker said
    }
    // @end
  }

  @Test
  void whatAWorkerPrints() throws Exception {
    try (var log = CapturedLog.ofAll()) {
      // @start region="print"
      try (var pool = Tandem.newProcessPool(1, cf -> cf.withName("images"))) {
        pool.submit(Task.of("resize", () -> System.out.println("640 x 480"))).get();
      } // leaves one record: "640 x 480" from dev.tandem.worker, INFO, worker=images-1
      // @end
      await()
          .untilAsserted(() ->
              assertThat(log.from("dev.tandem.worker"))
                  .anySatisfy(record -> {
                    assertThat(record.message()).isEqualTo("640 x 480");
                    assertThat(record.context()).containsEntry("worker", "images-1");
                  }));
    }
  }

  // @start region="context-key"
  static final ScopedValue<String> TENANT = ScopedValue.newInstance(); // @end

  @Test
  void contextTravels() throws Exception {
    // @start region="context"
    try (var pool =
        Tandem.newProcessPool(
            2,
            cf ->
                cf.withContext(
                    ContextPropagator.mdc(), ContextPropagator.scopedValue(() -> TENANT)))) {
      String seen =
          ScopedValue.where(TENANT, "acme").call(() -> pool.submit(() -> TENANT.get()).get());
      assertThat(seen).isEqualTo("acme");
    }
    // @end
  }

  @Test
  void aListener() throws Exception {
    Queue<String> events = new ConcurrentLinkedQueue<>();
    // @start region="listener"
    WorkerListener listener =
        new WorkerListener() {
          @Override
          public void ready(WorkerInfo worker) {
            events.add("ready " + worker.number());
          }

          @Override
          public void exited(
              WorkerInfo worker, ExitReason reason, @Nullable WorkerCrashedException crash) {
            events.add("gone " + worker.number() + ": " + (crash == null ? reason : crash.kind()));
          }
        };
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withWorkerListener(listener))) {
      var fatal = pool.submit(() -> Runtime.getRuntime().halt(4));
      assertThatThrownBy(fatal::get).hasCauseInstanceOf(WorkerCrashedException.class);
      assertThat(pool.submit(() -> 42).get()).isEqualTo(42);
    }
    // ready 1, gone 1: EXITED, ready 2, gone 2: CLOSED
    // @end
    await()
        .untilAsserted(() ->
            assertThat(events)
                .containsSubsequence("ready 1", "gone 1: EXITED", "ready 2", "gone 2: CLOSED"));
  }

  @Test
  void aPoolThatIsReady() throws Exception {
    // @start region="ready"
    try (var pool = Tandem.newProcessPool(2)) {
      if (!pool.awaitReady(Duration.ofSeconds(30))) { // a broken pool throws PoolStartException
        throw new IllegalStateException("not ready: " + pool.state());
      }
      // from here on: serve requests; and for a health check:
      PoolState state = pool.state();
      boolean well = state.status() == PoolState.Status.READY;
      String why = state.reason(); // null while nothing is wrong
      // @end
      assertThat(well).isTrue();
      assertThat(why).isNull();
    }
  }

  @Test
  void theWorkersOfAPool() throws Exception {
    // @start region="workers"
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withSpares(1))) {
      // they start one after the other
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() ->
              pool.workers().stream().filter(w -> w.state() == WorkerInfo.State.IDLE).count() == 2);
      for (WorkerInfo worker : pool.workers()) {
        System.out.println(worker); // number, pid, state, spare, age, tasks, and what it is doing
      }
    }
    // @end
  }

  @Test
  void anEndForAllWorkers() throws Exception {
    // @start region="kill-workers"
    try (var pool = Tandem.newProcessPool(2)) {
      var endless = pool.submit(Task.of("match", () -> Words.matchesForEver()));
      await().until(() -> pool.workers().stream().anyMatch(w -> "match".equals(w.task())));
      pool.killWorkers(); // or terminateWorkers(), which lets their shutdown hooks run

      assertThatThrownBy(endless::get).hasCauseInstanceOf(WorkerCrashedException.class);
      assertThat(pool.isShutdown()).isTrue();
    }
    // @end
  }

  @Test
  void aPoolInAWorker() throws Exception {
    // @start region="inside"
    try (var pool = Tandem.newProcessPool(1)) {
      var nested =
          pool.submit(() -> {
            try (var inner = Tandem.newProcessPool(1)) {
              return inner.toString();
            }
          });
      assertThatThrownBy(nested::get)
          .hasCauseInstanceOf(PoolStartException.class)
          .hasMessageContaining("is being created inside worker 1");
    }
    // @end
  }

  @Test
  void closeWaits() throws Exception {
    List<Long> pids;
    // @start region="close"
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withCloseTimeout(Duration.ofSeconds(30)))) {
      assertThat(pool.submit(() -> 42).get()).isEqualTo(42);
      pids = pool.workers().stream().map(WorkerInfo::pid).toList();
    } // waits for the tasks, then for the workers; after 30 s it kills
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    // @end
  }

  @Test
  void theHeartbeatAndTheStart() {
    // @start region="limits"
    try (var pool =
        Tandem.newProcessPool(
            1,
            cf ->
                cf.withStartTimeout(Duration.ofSeconds(20)) // JVM and initializer together
                    .withHeartbeatTimeout(Duration.ofSeconds(10)) // a stopped process is killed
                    .withMaxMessage(64L << 20))) { // what may be sent at once, either way
      assertThat(pool.map(List.of(1, 2), i -> i + 1)).containsExactly(2, 3);
    }
    // @end
  }
}
