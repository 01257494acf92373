package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.PoolState.Status;
import dev.tandem.testing.Caller;
import dev.tandem.testing.CapturedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A pool says whether it is well, and a service can wait until it is.
class PoolStateTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  private static void assertState(PoolState state, Status status, int ready, int workers) {
    assertThat(state.status()).as("%s", state).isEqualTo(status);
    assertThat(state.readyWorkers()).as("%s", state).isEqualTo(ready);
    assertThat(state.workers()).as("%s", state).isEqualTo(workers);
  }

  @Test
  void poolIsReadyWhenAllWorkersAre() throws Exception {
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    ProcessPool pool = probe.open(2, cf -> cf.withInitializer(() -> Work.hold(started, release)));
    started.await();
    assertState(pool.state(), Status.STARTING, 0, 2);
    assertThat(pool.state().reason()).isNull();
    assertThat(pool.awaitReady(Duration.ofMillis(1))).isFalse();
    assertThat(pool.awaitReady(Duration.ZERO)).isFalse();

    Caller<Boolean> waiter = Caller.start(() -> pool.awaitReady(SOON)).awaitBlocked();
    release.set();

    assertThat(waiter.result()).isTrue();
    assertState(pool.state(), Status.READY, 2, 2);
    assertThat(pool.state().reason()).isNull();
    assertThat(pool.awaitReady(Duration.ZERO)).isTrue();
  }

  @Test
  void poolThatLacksWorkersSaysWhy() throws Exception {
    Mark mayStart = Mark.in(directory, "may-start");
    mayStart.set();
    Mark asked = Mark.in(directory, "asked");
    ProcessPool pool = probe.open(2, cf -> cf.withInitializer(() -> Work.hold(asked, mayStart)));
    assertThat(pool.awaitReady(SOON)).isTrue();
    Files.delete(Path.of(mayStart.file())); // the next worker waits
    long killed = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    Workers.kill(killed);

    await().atMost(SOON).until(() -> pool.state().reason() != null);
    assertState(pool.state(), Status.DEGRADED, 1, 2);
    assertThat(pool.state().reason()).contains("(pid " + killed + ")").contains("SIGKILL");
    assertThat(pool.awaitReady(Duration.ofMillis(1))).isFalse();

    mayStart.set();
    assertThat(pool.awaitReady(SOON)).isTrue();
    assertState(pool.state(), Status.READY, 2, 2);
    assertThat(pool.state().reason()).as("what is over").isNull();
  }

  @Test
  void brokenPoolSaysSoToThoseWhoWait() throws Exception {
    ProcessPool pool =
        probe.openBroken(
            1,
            cf ->
                cf.withInitializer(() -> {
                  throw new IllegalStateException("no model");
                }));
    assertThatThrownBy(() -> pool.awaitReady(SOON))
        .isInstanceOf(PoolStartException.class)
        .hasMessageContaining("no model");
    assertState(pool.state(), Status.BROKEN, 0, 1);
    assertThat(pool.state().reason()).contains("no model");
  }

  @Test
  void closeReleasesThoseWhoWait() throws Exception {
    Mark started = Mark.in(directory, "started");
    Mark never = Mark.in(directory, "never");
    ProcessPool pool = probe.open(1, cf -> cf.withInitializer(() -> Work.hold(started, never)));
    started.await();
    Caller<Boolean> waiter = Caller.start(() -> pool.awaitReady(SOON)).awaitBlocked();

    pool.shutdown();

    assertThat(waiter.result()).isFalse();
    assertThat(pool.state().status()).isEqualTo(Status.CLOSED);
    assertThat(pool.awaitReady(SOON)).isFalse();
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    Mark started = Mark.in(directory, "started");
    Mark never = Mark.in(directory, "never");
    ProcessPool pool = probe.open(1, cf -> cf.withInitializer(() -> Work.hold(started, never)));
    Caller<Boolean> waiter = Caller.start(() -> pool.awaitReady(SOON)).awaitBlocked();
    waiter.interrupt();
    assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
    pool.killWorkers();
  }

  @Test
  void nullIsRefused() {
    ProcessPool pool = probe.open(1);
    assertThatThrownBy(() -> pool.awaitReady(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("duration");
  }

  @Test
  void workersThatAreAlwaysColdAreWarnedOfOnce() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withName("cold"));
    try (CapturedLog log = CapturedLog.ofAll()) {
      for (int i = 0; i < 5; i++) {
        timeOut(pool);
      }
      await().atMost(SOON).until(() -> pool.state().status() == Status.READY);
      assertThat(coldWarnings(log)).hasSize(1).first().asString().contains("withSpares");
    }
  }

  @Test
  void workersThatHaveCompletedSomethingAreNotCold() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withName("warm"));
    try (CapturedLog log = CapturedLog.ofAll()) {
      for (int i = 0; i < 4; i++) {
        pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
        timeOut(pool);
      }
      await().atMost(SOON).until(() -> pool.state().status() == Status.READY);
      assertThat(coldWarnings(log)).isEmpty();
    }
  }

  private void timeOut(ProcessPool pool) throws InterruptedException {
    Task<Long> endless = Task.of("endless", () -> Work.spin()).withTimeout(Duration.ofMillis(50));
    Failures.cause(probe.watch(pool.submit(endless)), TaskTimeoutException.class);
  }

  private static List<String> coldWarnings(CapturedLog log) {
    return log.entries().stream()
        .map(CapturedLog.Entry::message)
        .filter(message -> message.contains("killed at the timeout of their first task"))
        .toList();
  }
}
