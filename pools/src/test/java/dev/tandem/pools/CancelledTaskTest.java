package dev.tandem.pools;

import static dev.tandem.pools.Failures.figure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row 12: a task is cancelled while it runs, or before.
class CancelledTaskTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void cancellingARunningTaskKillsItsWorker() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark started = Mark.in(directory, "started");
    CountDownLatch ended = new CountDownLatch(1);
    TaskListener listener =
        new TaskListener() {
          @Override
          public void ended(TaskInfo task) {
            ended.countDown();
          }
        };
    Future<Long> future =
        probe.watch(pool.submit(Task.of("loop", () -> Work.spin(started)), listener));
    long pid = started.awaitPid();

    long start = System.nanoTime();
    assertThat(future.cancel(true)).isTrue();
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    Workers.awaitGone(pid);
    figure("row 12: cancel to no process", start);
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void cancelledBeforeItsStartNeverRuns(int prefetch) throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(prefetch));
    for (int i = 0; i < 500; i++) { // short tasks: then more than one is sent at a time
      pool.submit(() -> 1).get(20, TimeUnit.SECONDS);
    }
    Ledger ledger = Ledger.in(directory);
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    Future<Long> holder = probe.watch(pool.submit(() -> Work.hold(started, release)));
    List<Future<Integer>> queued = submitNoted(pool, ledger, 60);
    long pid = started.awaitPid();

    for (int id = 0; id < 60; id += 2) {
      assertThat(queued.get(id).cancel(id % 4 == 0)).isTrue();
    }
    release.set();

    assertThat(holder.get(20, TimeUnit.SECONDS)).isEqualTo(pid);
    for (int id = 1; id < 60; id += 2) {
      assertThat(queued.get(id).get(20, TimeUnit.SECONDS)).isEqualTo(id);
    }
    Ledger.Counts counts = ledger.read();
    for (int id = 0; id < 60; id++) {
      assertThat(counts.begun(id)).as("task %d", id).isEqualTo(id % 2);
    }
    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void tasksBehindACancelledOneRunOnce() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(100));
    Ledger ledger = Ledger.in(directory);
    for (int round = 0; round < 3; round++) {
      Mark started = Mark.in(directory, "started-" + round);
      Future<Long> stuck = probe.watch(pool.submit(() -> Work.spin(started)));
      List<Future<Integer>> behind = submitNoted(pool, ledger, 40);
      started.await();

      stuck.cancel(true);

      for (int id = 0; id < behind.size(); id++) {
        assertThat(behind.get(id).get(20, TimeUnit.SECONDS)).isEqualTo(id);
      }
      assertThat(ledger.read().ended()).hasSize(40).values().containsOnly(round + 1);
    }
  }

  @Test
  void cancellingATaskThatJustEndsHitsNoOther() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withPrefetch(100).withSpares(1));
    Random random = new Random(4711);
    for (int round = 0; round < 12; round++) {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        futures.add(probe.watch(pool.submit(() -> loop(100))));
      }
      int one = 10 + random.nextInt(40);
      futures.get(one - 1).get(20, TimeUnit.SECONDS);
      Work.pause(random.nextInt(1, 150));

      futures.get(one).cancel(true);

      for (Future<Integer> each : futures) {
        if (!each.isCancelled()) {
          assertThat(each.get(20, TimeUnit.SECONDS)).isEqualTo(100);
        }
      }
    }
  }

  /// Takes that many microseconds.
  private static int loop(int micros) {
    long end = System.nanoTime() + micros * 1000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return micros;
  }

  @Test
  void taskThatMayNotBeInterruptedGoesOnAndKeepsItsWorker() throws Exception {
    ProcessPool pool = probe.open(1);
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    Future<Long> future = pool.submit(() -> Work.hold(started, release));
    long pid = started.awaitPid();

    assertThat(future.cancel(false)).isTrue();
    assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
    release.set();

    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void cancelRacingTheStartRunsATaskOnceOrNever() throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf.withPrefetch(20));
    Ledger ledger = Ledger.in(directory);
    List<Future<Integer>> futures = submitNoted(pool, ledger, 3000);
    for (int id = 0; id < futures.size(); id += 3) {
      futures.get(id).cancel(false);
    }

    for (int id = 0; id < futures.size(); id++) {
      if (!futures.get(id).isCancelled()) {
        assertThat(futures.get(id).get(20, TimeUnit.SECONDS)).isEqualTo(id);
      }
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    Ledger.Counts counts = ledger.read();
    for (int id = 0; id < futures.size(); id++) {
      int once = counts.begun(id);
      assertThat(once).as("task %d", id).isBetween(futures.get(id).isCancelled() ? 0 : 1, 1);
      assertThat(counts.ended(id)).as("task %d", id).isEqualTo(once);
    }
  }

  private List<Future<Integer>> submitNoted(ProcessPool pool, Ledger ledger, int count) {
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = i;
      futures.add(probe.watch(pool.submit(() -> ledger.note(id))));
    }
    return futures;
  }
}
