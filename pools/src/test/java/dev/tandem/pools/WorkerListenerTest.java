package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    volatile String trouble;

    @Override
    public void ready(WorkerInfo worker) {
      if (!ready.add(worker.pid())) {
        trouble = "ready twice: " + worker;
      }
    }

    @Override
    public void exited(WorkerInfo worker, WorkerCrashedException crash) {
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
  }

  @Test
  void killsFromOutsideAreCrashesAndThePoolsOwnAreNot() throws Exception {
    Recorder recorder = new Recorder();
    ProcessPool pool = probe.open(1, cf -> cf.withWorkerListener(recorder));

    long idle = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    Workers.kill(idle);
    assertThat(recorder.endOf(idle)).isPresent();

    Mark first = Mark.in(directory, "first");
    Future<Long> crashed = probe.watch(pool.submit(() -> Work.spin(first)));
    Workers.kill(first.awaitPid());
    assertThat(Failures.crash(crashed)).isSameAs(recorder.endOf(first.awaitPid()).orElseThrow());

    Mark second = Mark.in(directory, "second");
    Future<Long> cancelled = probe.watch(pool.submit(() -> Work.spin(second)));
    long pid = second.awaitPid();
    cancelled.cancel(true);
    assertThat(recorder.endOf(pid)).as("end by a cancellation").isEmpty();

    long slow = pool.submit(Work::pid).get(20, TimeUnit.SECONDS); // the only worker now
    Future<Long> late =
        probe.watch(
            pool.submit(Task.of("late", () -> Work.spin()).withTimeout(Duration.ofMillis(200))));
    Failures.cause(late, TaskTimeoutException.class);
    assertThat(recorder.endOf(slow)).as("end by a timeout").isEmpty();

    long last = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
    pool.close();
    assertThat(recorder.endOf(last)).as("end by a close").isEmpty();
    assertThat(recorder.trouble).isNull();
  }

  @Test
  void recycledWorkersDidNotCrash() throws Exception {
    Recorder recorder = new Recorder();
    ProcessPool pool = probe.open(1, cf -> cf.withRecycleAfter(1).withWorkerListener(recorder));
    for (int i = 0; i < 3; i++) {
      long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
      assertThat(recorder.endOf(pid)).isEmpty();
    }
    assertThat(recorder.trouble).isNull();
  }
}
