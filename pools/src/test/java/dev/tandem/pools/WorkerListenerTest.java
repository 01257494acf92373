package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.WorkerListener.ExitReason;
import dev.tandem.testing.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Who watches the workers is told the whole story of each, and only real crashes as crashes.
class WorkerListenerTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  /// Notes the end of each worker; one that ends twice, or without having been ready, fails.
  private static final class Recorder implements WorkerListener {
    final Set<Long> ready = ConcurrentHashMap.newKeySet();
    final Map<Long, Optional<WorkerCrashedException>> exited = new ConcurrentHashMap<>();
    final Map<Long, ExitReason> reasons = new ConcurrentHashMap<>();
    volatile String trouble;

    @Override
    public void ready(WorkerInfo worker) {
      if (!ready.add(worker.pid())) {
        trouble = "ready twice: " + worker;
      }
    }

    @Override
    public void exited(WorkerInfo worker, ExitReason reason, WorkerCrashedException crash) {
      reasons.put(worker.pid(), reason);
      if (!ready.contains(worker.pid())
          || exited.put(worker.pid(), Optional.ofNullable(crash)) != null
          || worker.state() != WorkerInfo.State.EXITED) {
        trouble = "exited: " + worker;
      }
      throw new IllegalStateException("what a listener throws changes nothing");
    }

    Optional<WorkerCrashedException> endOf(long pid) {
      await().atMost(Duration.ofSeconds(20)).until(() -> exited.containsKey(pid));
      return exited.get(pid);
    }

    /// {@return why a worker is gone, which did not crash}
    ExitReason orderlyEndOf(long pid) {
      assertThat(endOf(pid)).as("crash of %d", pid).isEmpty();
      return reasons.get(pid);
    }
  }

  @Test
  void killsFromOutsideAreCrashesAndThePoolsOwnAreNot() throws Exception {
    Recorder recorder = new Recorder();
    ProcessPool pool = probe.open(1, cf -> cf.withWorkerListener(recorder));

    long idle = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    Workers.kill(idle);
    assertThat(recorder.endOf(idle)).isPresent();
    assertThat(recorder.reasons.get(idle)).isEqualTo(ExitReason.CRASHED);

    Mark first = Mark.in(directory, "first");
    Future<Long> crashed = probe.watch(pool.submit(() -> Work.spin(first)));
    Workers.kill(first.awaitPid());
    assertThat(Failures.crash(crashed)).isSameAs(recorder.endOf(first.awaitPid()).orElseThrow());

    Mark second = Mark.in(directory, "second");
    Future<Long> cancelled = probe.watch(pool.submit(() -> Work.spin(second)));
    long pid = second.awaitPid();
    cancelled.cancel(true);
    assertThat(recorder.orderlyEndOf(pid)).isEqualTo(ExitReason.CANCELLED);

    long slow = pool.submit(Work::pid).get(20, TimeUnit.SECONDS); // the only worker now
    Future<Long> late =
        probe.watch(
            pool.submit(Task.of("late", () -> Work.spin()).withTimeout(Duration.ofMillis(200))));
    Failures.cause(late, TaskTimeoutException.class);
    assertThat(recorder.orderlyEndOf(slow)).isEqualTo(ExitReason.TIMED_OUT);

    long last = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    pool.close();
    assertThat(recorder.orderlyEndOf(last)).isEqualTo(ExitReason.CLOSED);
    assertThat(recorder.trouble).isNull();
  }

  @Test
  void recycledWorkersDidNotCrash() throws Exception {
    Recorder recorder = new Recorder();
    ProcessPool pool = probe.open(1, cf -> cf.withRecycleAfter(1).withWorkerListener(recorder));
    for (int i = 0; i < 3; i++) {
      long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
      assertThat(recorder.orderlyEndOf(pid)).isEqualTo(ExitReason.RECYCLED);
    }
    assertThat(recorder.trouble).isNull();
  }

  @Test
  void workerOfAMapThatEndsEarlyIsCancelled() throws Exception {
    Recorder recorder = new Recorder();
    ProcessPool pool =
        probe.open(1, cf -> cf.withGrace(Duration.ofMillis(50)).withWorkerListener(recorder));
    Mark started = Mark.in(directory, "started");
    Stream<Long> results = pool.map(List.of(1), _ -> Work.spin(started));
    Caller<Long> reader = Caller.start(results::count);
    long pid = started.awaitPid();

    results.close();

    assertThat(recorder.orderlyEndOf(pid)).isEqualTo(ExitReason.CANCELLED);
    assertThat(reader.failure()).isInstanceOf(CancellationException.class);
  }

  /// The method with fewer arguments is called for each reason.
  @Test
  void listenerMayCareForCrashesOnly() throws Exception {
    Set<Long> crashed = ConcurrentHashMap.newKeySet();
    Set<Long> left = ConcurrentHashMap.newKeySet();
    ProcessPool pool =
        probe.open(
            1,
            cf ->
                cf.withWorkerListener(
                    new WorkerListener() {
                      @Override
                      public void exited(WorkerInfo worker, WorkerCrashedException crash) {
                        (crash == null ? left : crashed).add(worker.pid());
                      }
                    }));
    long first = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    Workers.kill(first);
    await().atMost(Duration.ofSeconds(20)).until(() -> crashed.contains(first));
    long second = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    pool.close();
    await().atMost(Duration.ofSeconds(20)).until(() -> left.contains(second));
  }
}
