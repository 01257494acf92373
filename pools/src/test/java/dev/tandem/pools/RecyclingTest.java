package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 22: workers are replaced while tasks wait. 25 times by default; `-Dtandem.rounds=1000` for
/// more.
class RecyclingTest {
  private static final int ROUNDS = Integer.getInteger("tandem.rounds", 25);
  private static byte[] leak = {};

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  @Timeout(600)
  void backlogIsWorkedOffByWorkersOfTwoTasksEach() throws Exception {
    Set<WorkerCrashedException> crashes = ConcurrentHashMap.newKeySet();
    ProcessPool pool =
        probe.open(
            2,
            cf ->
                cf.withRecycleAfter(2)
                    .withWorkerListener(
                        new WorkerListener() {
                          @Override
                          public void exited(WorkerInfo worker, WorkerCrashedException crash) {
                            if (crash != null) {
                              crashes.add(crash);
                            }
                          }
                        }));
    Ledger ledger = Ledger.in(directory);
    long start = System.nanoTime();
    List<Future<Integer>> futures = submitNoted(pool, ledger, 2 * ROUNDS);

    assertEachRanOnce(futures, ledger);

    System.out.println(
        "row 22: %d workers of two tasks: %d ms"
            .formatted(ROUNDS, (System.nanoTime() - start) / 1_000_000));
    assertThat(ledger.byProcess().values())
        .allSatisfy(notes -> assertThat(notes).hasSizeBetween(2, 4));
    assertThat(crashes).isEmpty();
  }

  @Test
  void tasksThatWaitAtShutdownAllComplete() throws Exception {
    for (int round = 0; round < 2; round++) {
      ProcessPool pool = probe.open(2, cf -> cf.withRecycleAfter(1).withPrefetch(5));
      Path notes = Files.createDirectory(directory.resolve("round-" + round));
      Ledger ledger = Ledger.in(notes);
      List<Future<Integer>> futures = submitNoted(pool, ledger, 8);
      pool.shutdown();

      assertEachRanOnce(futures, ledger);
      assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(ledger.byProcess().values()).allSatisfy(each -> assertThat(each).hasSize(2));
    }
  }

  @Test
  void tasksThatComeOneByOneAreNotStranded() throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf.withRecycleAfter(1));
    for (int i = 0; i < 6; i++) {
      int id = i;
      assertThat(pool.submit(() -> id).get(20, TimeUnit.SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void inputsOfAMapAreTasks() {
    ProcessPool pool = probe.open(2, cf -> cf.withRecycleAfter(10));
    Map<Long, Integer> byWorker = new HashMap<>();
    try (Stream<Long> pids = pool.map(IntStream.range(0, 60).boxed().toList(), _ -> Work.pid())) {
      pids.forEach(pid -> byWorker.merge(pid, 1, Integer::sum));
    }

    assertThat(byWorker.values()).allMatch(count -> count <= 10);
    assertThat(byWorker.values().stream().mapToInt(n -> n).sum()).isEqualTo(60);
  }

  @Test
  void neighbourIsNotDisturbedByRecycling() throws Exception {
    ProcessPool pool = probe.open(2, cf -> cf.withRecycleAfter(2));
    Mark started = Mark.in(directory, "started");
    Mark release = Mark.in(directory, "release");
    Future<Long> holder = probe.watch(pool.submit(() -> Work.hold(started, release)));
    long pid = started.awaitPid();

    for (int i = 0; i < 6; i++) {
      assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
    }
    release.set();

    assertThat(holder.get(20, TimeUnit.SECONDS)).isEqualTo(pid);
  }

  @Test
  void oldWorkerIsReplacedOnceItIsIdle() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withRecycleAfter(Duration.ofMillis(300)));
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    await().atMost(Duration.ofSeconds(20)).until(() -> !Workers.isAlive(pid));

    assertThat(pool.submit(Work::pid).get(20, TimeUnit.SECONDS)).isNotEqualTo(pid);
  }

  @Test
  void workerThatHasGrownIsReplacedOnceItIsIdle() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf.withMaxHeap(512L << 20).withRecycleAbove(200L << 20));
    long pid = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);

    assertThat(pool.submit(() -> grow()).get(20, TimeUnit.SECONDS)).isEqualTo(pid);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> pool.submit(Work::pid).get(20, TimeUnit.SECONDS) != pid);
    Workers.awaitGone(pid);
  }

  private static long grow() {
    leak = new byte[250 << 20];
    Arrays.fill(leak, (byte) 1);
    return Work.pid();
  }

  private List<Future<Integer>> submitNoted(ProcessPool pool, Ledger ledger, int count) {
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = i;
      futures.add(probe.watch(pool.submit(() -> ledger.note(id))));
    }
    return futures;
  }

  private static void assertEachRanOnce(List<Future<Integer>> futures, Ledger ledger)
      throws Exception {
    for (int id = 0; id < futures.size(); id++) {
      assertThat(futures.get(id).get(60, TimeUnit.SECONDS)).isEqualTo(id);
    }
    Ledger.Counts counts = ledger.read();
    assertThat(counts.begun()).hasSameSizeAs(futures).values().containsOnly(1);
    assertThat(counts.ended()).hasSameSizeAs(futures).values().containsOnly(1);
  }
}
