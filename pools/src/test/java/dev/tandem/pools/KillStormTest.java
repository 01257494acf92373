package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Row 25: workers, also such that are just starting, are killed at random, again and again, for
/// five seconds; `-Dtandem.storm.seconds=60` for longer. Each task notes itself, so that one that
/// ran twice, or that got a result without having run, is found.
class KillStormTest {
  private static final long SECONDS = Long.getLong("tandem.storm.seconds", 5);

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  @Timeout(300)
  void eachFutureIsResolvedOnceAndAgreesWithWhatTheTasksNoted() throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    Random random = new Random(seed);
    ProcessPool pool = probe.open(2, cf -> cf.withSpares(1));
    Ledger ledger = Ledger.in(directory);
    List<Future<Integer>> futures = new ArrayList<>();
    AtomicInteger resolved = new AtomicInteger();
    Semaphore room = new Semaphore(500); // how many may be on their way
    AtomicInteger kills = new AtomicInteger();
    Thread killer = Thread.ofPlatform().start(() -> killAtRandom(pool, new Random(seed), kills));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end || kills.get() < SECONDS) { // a busy machine kills slowly
      assertThat(room.tryAcquire(20, TimeUnit.SECONDS)).as("it goes on, seed %d", seed).isTrue();
      int id = futures.size();
      int micros = random.nextInt(20) == 0 ? 5_000 : random.nextInt(200);
      var future = pool.submit(() -> noted(ledger, id, micros));
      future.addListener(
          () -> {
            resolved.incrementAndGet();
            room.release();
          },
          Runnable::run);
      futures.add(future);
      if (random.nextInt(100) == 0) {
        futures.get(id - random.nextInt(Math.min(50, id + 1))).cancel(false);
      }
    }
    killer.interrupt();
    killer.join();
    Tally tally = new Tally();
    for (int id = 0; id < futures.size(); id++) {
      tally.add(futures.get(id), id);
    }
    pool.submit(() -> 1).get(20, TimeUnit.SECONDS);
    pool.shutdown(); // so that what was cancelled has ended, too
    assertThat(pool.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

    System.out.println("row 25: %d kills, %s, seed %d".formatted(kills.get(), tally, seed));
    tally.assertAgrees(ledger.read(), seed);
    assertThat(resolved).hasValue(futures.size());
    assertThat(tally.crashed.size()).as("crashed tasks").isLessThanOrEqualTo(kills.get());
    assertThat(kills.get()).isGreaterThanOrEqualTo((int) SECONDS);
  }

  /// After one that was starting, the next that starts is left alone until some worker is ready: a
  /// start takes longer than the time between two kills, and nothing would ever run.
  private static void killAtRandom(ProcessPool pool, Random random, AtomicInteger kills) {
    boolean alsoStarting = true;
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(181));
        List<Long> ready = Workers.pids(pool);
        alsoStarting |= !ready.isEmpty();
        List<Long> there =
            alsoStarting
                ? pool.workers().stream().map(WorkerInfo::pid).filter(pid -> pid > 0).toList()
                : ready;
        if (!there.isEmpty()) {
          long victim = there.get(random.nextInt(there.size()));
          alsoStarting = ready.contains(victim);
          Workers.kill(victim);
          kills.incrementAndGet();
        }
      }
    } catch (InterruptedException _) {
      // the storm is over
    }
  }

  private static int noted(Ledger ledger, int id, int micros) throws InterruptedException {
    ledger.begin(id);
    Work.pause(micros);
    ledger.end(id);
    return id;
  }

  /// What futures said.
  private static final class Tally {
    final List<Integer> succeeded = new ArrayList<>();
    final List<Integer> crashed = new ArrayList<>();
    final List<Integer> cancelled = new ArrayList<>();

    void add(Future<Integer> future, int id) throws Exception {
      try {
        assertThat(future.get(30, TimeUnit.SECONDS)).isEqualTo(id);
        succeeded.add(id);
      } catch (CancellationException _) {
        cancelled.add(id);
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(WorkerCrashedException.class);
        crashed.add(id);
      }
    }

    void assertAgrees(Ledger.Counts counts, long seed) {
      for (int id : succeeded) {
        assertThat(counts.begun(id)).as("succeeded %d began, seed %d", id, seed).isEqualTo(1);
        assertThat(counts.ended(id)).as("succeeded %d ended, seed %d", id, seed).isEqualTo(1);
      }
      for (int id : crashed) {
        // killed between the claim and its first note, or after its last one: both can be
        assertThat(counts.begun(id)).as("crashed %d began, seed %d", id, seed).isBetween(0, 1);
        assertThat(counts.ended(id)).as("crashed %d ended, seed %d", id, seed).isBetween(0, 1);
      }
      for (int id : cancelled) {
        assertThat(counts.begun(id)).as("cancelled %d began, seed %d", id, seed).isBetween(0, 1);
      }
    }

    @Override
    public String toString() {
      return "%d succeeded, %d crashed, %d cancelled"
          .formatted(succeeded.size(), crashed.size(), cancelled.size());
    }
  }
}
