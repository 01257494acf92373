package dev.tandem.pools;

import static dev.tandem.pools.Failures.crash;
import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Rows 1 to 4: somebody kills a worker.
class KilledWorkerTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void onlyTheTaskOfTheKilledWorkerFails() throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf.withMaxHeap(512L << 20).withPrefetch(0));
    Mark doomedStarted = Mark.in(directory, "doomed");
    Mark neighbourStarted = Mark.in(directory, "neighbour");
    Mark release = Mark.in(directory, "release");
    Future<Long> doomed = probe.watch(pool.submit(() -> fillHeapAndSpin(doomedStarted)));
    Future<Long> neighbour = probe.watch(pool.submit(() -> Work.hold(neighbourStarted, release)));
    long killed = doomedStarted.awaitPid();
    long other = neighbourStarted.awaitPid();

    long start = System.nanoTime();
    Workers.kill(killed);
    WorkerCrashedException crash = crash(doomed);
    figure("row 1: SIGKILL to failure", start);

    assertThat(crash.kind()).isEqualTo(WorkerCrashedException.Kind.KILLED);
    assertThat(crash.exitCode()).isEqualTo(137);
    assertThat(crash.pid()).isEqualTo(killed);
    assertThat(crash).hasMessageContaining("SIGKILL").hasMessageContaining(Long.toString(killed));
    Workers.awaitReady(pool, 2);
    figure("row 1: SIGKILL to full capacity", start);
    release.set();
    assertThat(neighbour.get(20, TimeUnit.SECONDS)).isEqualTo(other);
    probe.assertCapacity(pool, 2);
  }

  private static long fillHeapAndSpin(Mark started) {
    List<byte[]> heap = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      heap.add(new byte[1 << 20]);
    }
    started.set();
    while (!heap.isEmpty()) {
      Thread.onSpinWait();
    }
    return 0;
  }

  @Test
  void everyWorkerKilledAtOnceFailsOnlyWhatRan() throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf.withPrefetch(0));
    Mark first = Mark.in(directory, "first");
    Mark second = Mark.in(directory, "second");
    List<Future<Long>> doomed =
        List.of(pool.submit(() -> Work.spin(first)), pool.submit(() -> Work.spin(second)));
    Future<Long> waiting = probe.watch(pool.submit(Work::pid));
    long[] pids = {first.awaitPid(), second.awaitPid()};

    for (long pid : pids) {
      Workers.kill(pid);
    }

    for (Future<Long> each : doomed) {
      assertThat(crash(probe.watch(each)).exitCode()).isEqualTo(137);
    }
    assertThat(waiting.get(20, TimeUnit.SECONDS)).isPositive();
    probe.assertCapacity(pool, 2);
  }

  @Test
  void tasksThatOnlyWaitedInTheKilledWorkerRunOnceElsewhere() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(100));
    warmUp(pool);
    Ledger ledger = Ledger.in(directory);
    Mark started = Mark.in(directory, "started");
    Future<Long> doomed = probe.watch(pool.submit(() -> Work.spin(started)));
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      int id = i;
      others.add(probe.watch(pool.submit(() -> ledger.note(id))));
    }
    long pid = started.awaitPid();

    Workers.kill(pid);

    assertThat(crash(doomed).pid()).isEqualTo(pid);
    for (int i = 0; i < others.size(); i++) {
      assertThat(others.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
    }
    Ledger.Counts counts = ledger.read();
    assertThat(counts.begun()).hasSize(80).values().containsOnly(1);
    assertThat(counts.ended()).hasSize(80).values().containsOnly(1);
  }

  @Test
  void resultsThatWereThereBeforeTheKillArrive() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(100));
    warmUp(pool);
    for (int size : new int[] {10, 100_000}) {
      Mark started = Mark.in(directory, "started-" + size);
      List<Future<byte[]>> done = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        done.add(probe.watch(pool.submit(() -> new byte[size])));
      }
      Future<Long> doomed = probe.watch(pool.submit(() -> Work.spin(started)));

      Workers.kill(started.awaitPid()); // so the forty before it have returned

      crash(doomed);
      for (Future<byte[]> each : done) {
        assertThat(each.get(20, TimeUnit.SECONDS)).hasSize(size);
      }
    }
  }

  @Test
  void resultsThatWereNotEvenSentBeforeADeathArrive() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(100));
    for (int round = 0; round < 3; round++) {
      warmUp(pool);
      List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int id = i;
        done.add(probe.watch(pool.submit(() -> id)));
      }
      Future<Integer> doomed = probe.watch(pool.submit(() -> halt()));

      assertThat(crash(doomed).exitCode()).isEqualTo(3);
      for (int i = 0; i < done.size(); i++) {
        assertThat(done.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
      }
    }
  }

  /// Ends so soon that replies which are collected to be sent together are not sent.
  private static int halt() {
    Runtime.getRuntime().halt(3);
    return 0;
  }

  @Test
  void killedIdleWorkersAreReplacedAndNothingFails() throws Exception {
    ProcessPool pool = probe.open(2);
    for (int round = 0; round < 5; round++) {
      List<Long> pids = Workers.awaitReady(pool, 2);
      pids.forEach(Workers::kill);
      // the pool may not know it yet
      Future<Long> next = probe.watch(pool.submit(Work::pid));
      assertThat(next.get(20, TimeUnit.SECONDS)).isNotIn(pids);
    }
    Workers.awaitReady(pool, 2);
    probe.assertCapacity(pool, 2);
  }

  @Test
  void spareTakesThePlaceOfAKilledWorker() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withSpares(1));
    Workers.awaitReady(pool, 2);
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    long start = System.nanoTime();
    Workers.kill(pid);
    Future<Long> next = probe.watch(pool.submit(Work::pid));

    assertThat(next.get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
    figure("row 4: SIGKILL to the next result, with a spare", start);
    Workers.awaitReady(pool, 2);
  }

  /// Many short tasks, after which a worker is sent many at a time.
  private static void warmUp(ProcessPool pool) throws Exception {
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      int id = i;
      all.add(pool.submit(() -> id));
    }
    for (Future<Integer> each : all) {
      each.get(20, TimeUnit.SECONDS);
    }
  }
}
