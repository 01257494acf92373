package dev.tandem.pools;

import static dev.tandem.pools.Failures.crash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.WorkerCrashedException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  /// Shutdown hooks that do not end by themselves.
  enum Hook {
    SLEEPS,
    SPINS,
    EXITS;

    void run() {
      switch (this) {
        case SLEEPS -> LockSupport.parkNanos(Long.MAX_VALUE); // ends when it is interrupted
        case SPINS -> Work.spin();
        case EXITS -> System.exit(9); // waits for the exit that waits for it
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void exitThatDoesNotEndIsGivenALimit(Hook hook) throws Exception {
    ProcessPool pool = probe.open(1);
    Future<Integer> future = probe.watch(pool.submit(() -> exitWith(hook)));

    WorkerCrashedException crash = crash(future);

    assertThat(crash.kind()).isEqualTo(Kind.EXITED);
    assertThat(crash.exitCode()).isEqualTo(hook == Hook.SLEEPS ? 5 : -1);
    assertThat(crash).hasMessageContaining("System.exit");
    assertThat(pool.submit(() -> 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
  }

  private static int exitWith(Hook hook) {
    Runtime.getRuntime().addShutdownHook(new Thread(hook::run));
    return exit(5);
  }

  @Test
  void exitOnAnotherThreadThatDoesNotEndIsGivenALimit() throws Exception {
    ProcessPool pool = probe.open(1);
    Future<Long> future = probe.watch(pool.submit(() -> exitBeside(Hook.SPINS)));

    assertThat(crash(future).kind()).isEqualTo(Kind.EXITED);
  }

  /// Waits, so that an interrupt would end it with a failure of its own.
  private static long exitBeside(Hook hook) throws InterruptedException {
    new Thread(() -> exitWith(hook)).start();
    Thread.sleep(Long.MAX_VALUE);
    return 0;
  }

  @Test
  void exitOfAnInitializerIsReportedAsWhatItIs() throws Exception {
    ProcessPool pool = probe.openBroken(1, cf -> cf.withInitializer(() -> exit(6)));
    Future<Integer> future = probe.watch(pool.submit(() -> 1));

    assertThat(Failures.cause(future, PoolStartException.class))
        .hasMessageContaining("System.exit(6) before it was ready");
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
