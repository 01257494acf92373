package dev.tandem.pools;

import static dev.tandem.pools.Failures.crash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.WorkerCrashedException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row 6: a task ends its JVM.
class ExitingTaskTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 137, 139})
  void exitIsReportedWithItsCode(int code) {
    ProcessPool pool = probe.open(1);
    Future<Integer> future = probe.watch(pool.submit(() -> exit(code)));

    WorkerCrashedException crash = crash(future);

    assertThat(crash.kind()).isEqualTo(Kind.EXITED);
    assertThat(crash.exitCode()).isEqualTo(code);
    assertThat(crash).hasMessageContaining("exit").hasMessageContaining(Integer.toString(code));
  }

  private static int exit(int code) {
    System.exit(code);
    return code;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4})
  void haltIsReportedWithItsCodeAndNeverTakenForExhaustedMemory(int code) {
    ProcessPool pool = probe.open(1);
    Future<Integer> future = probe.watch(pool.submit(() -> halt(code)));

    WorkerCrashedException crash = crash(future);

    assertThat(crash.kind()).isEqualTo(Kind.EXITED);
    assertThat(crash.exitCode()).isEqualTo(code);
    assertThat(crash).hasMessageContaining(Integer.toString(code));
    assertThat(crash.getMessage()).doesNotContainIgnoringCase("OutOfMemory");
  }

  private static int halt(int code) {
    Runtime.getRuntime().halt(code);
    return code;
  }

  @Test
  void lastLinesOfStandardErrorAreInTheMessage() {
    ProcessPool pool = probe.open(1);
    Future<Integer> future = probe.watch(pool.submit(() -> complainAndExit()));

    assertThat(crash(future)).hasMessageContaining("the licence has run out");
  }

  private static int complainAndExit() {
    System.err.println("the licence has run out");
    return exit(3);
  }

  @Test
  void shutdownHookThatHangsIsNotWaitedFor() {
    ProcessPool pool = probe.open(1, cf -> cf.withTimeout(Duration.ofSeconds(1)));
    Future<Integer> future = probe.watch(pool.submit(() -> exitHanging()));

    assertThat(Failures.cause(future)).isNotNull();
  }

  private static int exitHanging() {
    Runtime.getRuntime().addShutdownHook(new Thread(Work::spin));
    return exit(3);
  }

  @Test
  void exitOfAnIdleWorkerFailsNothing() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark leave = Mark.in(directory, "leave");
    long pid = pool.submit(() -> haltLater(leave)).get(20, TimeUnit.SECONDS);

    leave.set();
    Workers.awaitGone(pid);

    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
  }

  private static long haltLater(Mark leave) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            leave.await();
          } catch (InterruptedException _) {
            return;
          }
          Runtime.getRuntime().halt(4);
        });
    return Work.pid();
  }

  @Test
  void neighboursInTheSameWorkerRunOnce() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(50));
    Ledger ledger = Ledger.in(directory);
    List<Integer> ids = IntStream.range(0, 100).boxed().toList();
    List<Future<Integer>> futures =
        ids.stream()
            .map(id -> probe.watch((Future<Integer>) pool.submit(() -> exitAt50(ledger, id))))
            .toList();

    for (int id : ids) {
      if (id == 50) {
        assertThat(crash(futures.get(id)).kind()).isEqualTo(Kind.EXITED);
      } else {
        assertThat(futures.get(id).get(20, TimeUnit.SECONDS)).isEqualTo(id);
      }
    }
    Ledger.Counts counts = ledger.read();
    assertThat(counts.begun()).hasSize(100).values().containsOnly(1);
    assertThat(counts.ended()).hasSize(99).values().containsOnly(1);
  }

  private static int exitAt50(Ledger ledger, int id) {
    ledger.begin(id);
    if (id == 50) {
      exit(3);
    }
    ledger.end(id);
    return id;
  }
}
