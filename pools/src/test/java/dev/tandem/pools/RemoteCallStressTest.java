package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Workers are killed at random while their threads call a remote object, for five seconds;
/// `-Dtandem.storm.seconds=60` for longer. The object keeps the ledger: each call arrives once at
/// most, whole, and exactly once if its caller has its result.
class RemoteCallStressTest {
  private static final long SECONDS = Long.getLong("tandem.storm.seconds", 5);
  private static final int THREADS = 3;
  private static final int CALLS = 40;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  interface Ledger {
    /// {@return the sum of the bytes}
    long note(String call, byte[] content) throws InterruptedException;
  }

  @Test
  @Timeout(300)
  void callsArriveOnceWhateverWorkersAreKilled() throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    Random random = new Random(seed);
    Map<String, AtomicInteger> noted = new ConcurrentHashMap<>();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger kills = new AtomicInteger();
    ProcessPool pool = probe.open(2, cf -> cf.withSpares(1));
    Ledger remote =
        pool.export(
            Ledger.class,
            (call, content) -> {
              running.incrementAndGet();
              noted.computeIfAbsent(call, _ -> new AtomicInteger()).incrementAndGet();
              if (content.length % 7 == 0) {
                TimeUnit.MICROSECONDS.sleep(content.length % 1000);
              }
              running.decrementAndGet();
              return sum(content);
            });
    Semaphore room = new Semaphore(6);
    List<Future<Integer>> futures = new ArrayList<>();
    Thread killer = Thread.ofPlatform().start(() -> killAtRandom(pool, new Random(seed), kills));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      while (System.nanoTime() < end) {
        assertThat(room.tryAcquire(30, TimeUnit.SECONDS)).as("it goes on, seed %d", seed).isTrue();
        int task = futures.size();
        long own = random.nextLong();
        var future = pool.submit(() -> callFromThreads(remote, task, own));
        future.addListener(room::release, Runnable::run);
        futures.add(future);
      }
    } finally {
      killer.interrupt();
      killer.join();
    }
    int succeeded = 0;
    for (int task = 0; task < futures.size(); task++) {
      try {
        assertThat(futures.get(task).get(30, TimeUnit.SECONDS)).isEqualTo(THREADS * CALLS);
        succeeded++;
        for (int i = 0; i < THREADS * CALLS; i++) {
          assertThat(noted).as("seed %d", seed).containsKey(name(task, i / CALLS, i % CALLS));
        }
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(WorkerCrashedException.class);
      }
    }
    pool.close();

    System.out.println(
        "remote calls: %d kills, %d of %d tasks succeeded, %d calls, seed %d"
            .formatted(kills.get(), succeeded, futures.size(), noted.size(), seed));
    assertThat(noted.values()).as("seed %d", seed).allMatch(times -> times.get() == 1);
    await().until(() -> running.get() == 0); // what a killed worker has called runs on
    assertThat(kills.get()).isPositive();
  }

  private static void killAtRandom(ProcessPool pool, Random random, AtomicInteger kills) {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(300));
        List<Long> ready = Workers.pids(pool);
        if (!ready.isEmpty()) {
          Workers.kill(ready.get(random.nextInt(ready.size())));
          kills.incrementAndGet();
        }
      }
    } catch (InterruptedException _) {
      // the storm is over
    }
  }

  private static int callFromThreads(Ledger remote, int task, long seed) throws Exception {
    AtomicInteger right = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform().start(() -> call(remote, task, number, new Random(seed), right)));
    }
    for (Thread each : threads) {
      each.join();
    }
    return right.get();
  }

  private static void call(
      Ledger remote, int task, int thread, Random random, AtomicInteger right) {
    try {
      for (int i = 0; i < CALLS; i++) {
        byte[] content = new byte[random.nextInt(random.nextInt(10) == 0 ? 200_000 : 200)];
        random.nextBytes(content);
        if (remote.note(name(task, thread, i), content) == sum(content)) {
          right.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String name(int task, int thread, int call) {
    return "%d/%d/%d".formatted(task, thread, call);
  }

  private static long sum(byte[] content) {
    long sum = 0;
    for (byte each : content) {
      sum = 31 * sum + each;
    }
    return sum;
  }
}
