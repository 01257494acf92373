package dev.tandem.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerCrashedException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The snippets of testing.md about process pools. */
class TestingProcessSnippetsTest {
  // @start region="pool"
  private static ProcessPool pool;

  @BeforeAll
  static void startWorkers() {
    pool =
        Tandem.newProcessPool(
            1, // tests share it, and find it as the one before has left it
            cf ->
                cf.withName("under-test")
                    .withMaxHeap(32L << 20)
                    .withCloseTimeout(Duration.ofSeconds(10)));
  }

  @AfterAll
  static void stopWorkers() {
    pool.close();
  } // @end

  @Test
  void aTaskCanBeSent() throws Exception {
    // @start region="sent"
    record Order(String item, int count) {}
    Order order = new Order("milk", 2);
    assertThat(pool.submit(() -> List.of(order, order)).get(30, SECONDS)).hasSize(2);
    // @end
  }

  // @start region="crash"
  @Test
  void aCrashCostsOneTask() {
    var fatal = pool.submit(() -> Runtime.getRuntime().halt(7));

    assertThatThrownBy(() -> fatal.get(30, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            WorkerCrashedException.class, e -> assertThat(e.exitCode()).isEqualTo(7));
    assertThat(pool.map(List.of(1, 2), i -> i + 1)).containsExactly(2, 3); // and it goes on
  } // @end

  @Test
  void aKillFromOutside() {
    // @start region="kill"
    var endless = pool.submit(Task.of("match", () -> Words.matchesForEver()));
    await()
        .atMost(30, SECONDS)
        .until(() -> pool.workers().stream().anyMatch(w -> "match".equals(w.task())));
    pool.workers().stream()
        .flatMap(worker -> ProcessHandle.of(worker.pid()).stream())
        .forEach(ProcessHandle::destroyForcibly); // as the kernel does when memory is short

    assertThatThrownBy(() -> endless.get(30, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            WorkerCrashedException.class, e -> assertThat(e.kind()).isEqualTo(Kind.KILLED));
    // @end
  }

  @Test
  void tooMuchMemory() {
    // @start region="memory"
    var greedy =
        pool.submit(() -> {
          List<byte[]> all = new ArrayList<>();
          while (true) {
            all.add(new byte[1 << 20]); // 32 of them are the end: withMaxHeap
          }
        });
    assertThatThrownBy(() -> greedy.get(30, SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            WorkerCrashedException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUT_OF_MEMORY));
    // @end
  }

  @Test
  void aTimeoutKillsTheWorker() throws Exception {
    // @start region="timeout"
    long pid = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
    var endless =
        pool.submit(
            Task.of("match", () -> Words.matchesForEver()).withTimeout(Duration.ofMillis(200)));

    assertThatThrownBy(() -> endless.get(30, SECONDS))
        .hasCauseInstanceOf(TaskTimeoutException.class);
    await().atMost(30, SECONDS).until(() -> ProcessHandle.of(pid).isEmpty()); // it is gone
    // @end
  }
}
