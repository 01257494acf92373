package dev.tandem.pools;

import static dev.tandem.pools.Failures.crash;
import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.pools.WorkerCrashedException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 11: a worker is there and does nothing.
class UnresponsiveWorkerTest {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void stoppedWorkerIsSuspectedThenKilledAndReplaced() throws Exception {
    Queue<Long> suspected = new ConcurrentLinkedQueue<>();
    WorkerListener listener =
        new WorkerListener() {
          @Override
          public void suspected(WorkerInfo worker) {
            suspected.add(worker.pid());
          }
        };
    ProcessPool pool =
        probe.open(1, cf -> cf.withHeartbeatTimeout(HEARTBEAT).withWorkerListener(listener));
    Mark started = Mark.in(directory, "started");
    Future<Long> future = probe.watch(pool.submit(() -> Work.spin(started)));
    long pid = started.awaitPid();

    long start = System.nanoTime();
    Workers.signal("STOP", pid);
    WorkerCrashedException crash = crash(future);
    figure("row 11: SIGSTOP to failure, of which 1000 ms are allowed", start);
    Workers.awaitGone(pid);

    assertThat(crash.kind()).isEqualTo(Kind.UNRESPONSIVE);
    assertThat(crash.pid()).isEqualTo(pid);
    await().untilAsserted(() -> assertThat(suspected).containsOnly(pid));
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
  }

  @Test
  void stoppedIdleWorkerIsReplacedAndNothingFails() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withHeartbeatTimeout(HEARTBEAT));
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    Workers.signal("STOP", pid);
    await().until(() -> Workers.isStopped(pid));
    Future<Long> next = probe.watch(pool.submit(Work::pid));

    assertThat(next.get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
    Workers.awaitGone(pid);
  }

  @Test
  void workerThatComputesOrSleepsIsNotSuspected() throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf.withHeartbeatTimeout(HEARTBEAT));
    Future<Long> computes = probe.watch(pool.submit(() -> compute(2500)));
    Future<Integer> sleeps = probe.watch(pool.submit(() -> Work.pause(2_500_000)));

    assertThat(computes.get(20, TimeUnit.SECONDS)).isPositive();
    assertThat(sleeps.get(20, TimeUnit.SECONDS)).isPositive();
  }

  private static long compute(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long rounds = 0;
    while (System.nanoTime() < end) {
      rounds++;
    }
    return rounds;
  }

  @Test
  void workersThatWereSuspendedTogetherWithTheirParentLiveOn() throws Exception {
    try (ChildJvm parent = ChildJvm.Start.PLAIN.in(probe).run(Parent.class)) {
      List<Long> workers = parent.toldPids("workers");
      Workers.signal("STOP", parent.pid());
      for (long worker : workers) {
        Workers.signal("STOP", worker);
      }
      TimeUnit.MILLISECONDS.sleep(2 * HEARTBEAT.toMillis()); // what passes is what is tested

      Workers.signal("CONT", parent.pid());
      for (long worker : workers) {
        Workers.signal("CONT", worker);
      }

      assertThat(parent.toldPids("later")).containsExactlyElementsOf(workers);
      assertThat(parent.exitCode()).isZero();
    }
  }

  /// Has a pool, and looks at it again some time later.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      try (ProcessPool pool =
          dev.tandem.Tandem.newProcessPool(2, cf -> cf.withHeartbeatTimeout(HEARTBEAT))) {
        System.out.println("workers " + Workers.awaitReady(pool, 2));
        TimeUnit.MILLISECONDS.sleep(2 * HEARTBEAT.toMillis());
        System.out.println("later " + Workers.pids(pool));
      }
    }
  }
}
