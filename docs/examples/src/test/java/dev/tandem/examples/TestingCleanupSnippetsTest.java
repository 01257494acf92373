package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The snippets of testing.md about what must not be left behind. */
class TestingCleanupSnippetsTest {
  @Test
  void everyTaskStops() throws Exception {
    // @start region="close"
    var pool = Tandem.newThreadPool(2, cf -> cf.withGrace(Duration.ofSeconds(10)));
    pool.submit(() -> Remote.fetchFromDeadServer());

    assertThat(pool.close(Duration.ZERO)).isEmpty(); // interrupts; who is left is named
    // @end
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void noThreadIsLeft() throws Exception {
    // @start region="threads"
    try (var pool = Tandem.newThreadPool(2, cf -> cf.withName("orders"))) {
      pool.submit(() -> fetch("/a")).get(10, SECONDS);
    }
    await().until(() -> threads("orders-").isEmpty());
    assertThat(Tandem.dump()).doesNotContain("orders: ");
    // @end
  }

  // @start region="threads-named"
  static List<Thread> threads(String prefix) { // platform threads only
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  } // @end

  @Test
  void noProcessIsLeft() throws Exception {
    // @start region="processes"
    List<Long> pids;
    try (var pool = Tandem.newProcessPool(2)) {
      assertThat(pool.submit(() -> 42).get(10, SECONDS)).isEqualTo(42);
      pids = pool.workers().stream().map(WorkerInfo::pid).toList();
    }
    assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    // @end
  }

  @Test
  void aLostFailureIsLogged() throws Exception {
    // @start region="unread"
    try (var log = CapturedLog.ofAll()) {
      try (var pool = Tandem.newThreadPool(1)) {
        pool.submit(Task.of("nightly-import", () -> fetch("/broken"))); // nobody reads it
      }
      assertThat(log.messages()).contains("Task nightly-import failed and nobody read its failure");
    }
    // @end
  }

  /** Stands for the code under test. */
  private static void importOrders() throws Exception {
    try (var pool = Tandem.newThreadPool(1)) {
      pool.submit(Task.of("import", () -> fetch("/orders"))).get();
    }
  }

  @Test
  void nothingWentWrongUnseen() throws Exception {
    // @start region="no-errors"
    try (var log = CapturedLog.ofAll()) {
      importOrders();
      assertThat(log.from("dev.tandem.core.TaskExecutor"))
          .noneMatch(record -> record.level() == Level.ERROR);
    }
    // @end
  }

  @Test
  void childrenOfThisProcessAreSeen() throws Exception {
    try (var pool = Tandem.newProcessPool(1)) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(10, SECONDS);
      try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
        assertThat(children.map(ProcessHandle::pid)).contains(pid);
      }
    }
  }
}
