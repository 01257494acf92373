package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Workers are killed at random while their threads call a remote object, are interrupted in a call
/// and get its exceptions, for five seconds; `-Dtandem.storm.seconds=60` for longer. The object
/// keeps the ledger: each call arrives once at most, whole, and exactly once if its caller has its
/// result or its exception.
class RemoteCallStressTest {
  private static final long SECONDS = Long.getLong("tandem.storm.seconds", 5);
  private static final int THREADS = 3;
  private static final int CALLS = 40;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  interface Ledger {
    /// {@return the sum of the bytes}
    long note(String call, byte[] content) throws InterruptedException;

    /// @throws RefusedException always
    void refuse(String call) throws RefusedException;
  }

  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String call) {
      super(call);
    }
  }

  /// The object, and what it has noted.
  private static final class Noted implements Ledger {
    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    final AtomicInteger running = new AtomicInteger();

    @Override
    public long note(String call, byte[] content) throws InterruptedException {
      running.incrementAndGet();
      try {
        add(call);
        if (content.length % 7 == 0) {
          TimeUnit.MICROSECONDS.sleep(content.length % 1000);
        }
      } finally {
        running.decrementAndGet();
      }
      return sum(content);
    }

    @Override
    public void refuse(String call) throws RefusedException {
      add(call);
      throw new RefusedException(call);
    }

    private void add(String call) {
      calls.computeIfAbsent(call, _ -> new AtomicInteger()).incrementAndGet();
    }
  }

  @Test
  @Timeout(300)
  void callsArriveOnceWhateverWorkersAreKilled() throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    Random random = new Random(seed);
    Noted noted = new Noted();
    ProcessPool pool = probe.open(2, cf -> cf.withSpares(1));
    Ledger remote = pool.export(Ledger.class, noted);
    SharedLong steps = pool.newLong(0);
    Semaphore room = new Semaphore(6);
    List<Future<BitSet>> futures = new ArrayList<>();
    WorkerKiller killer = new WorkerKiller(pool, steps, seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      while (System.nanoTime() < end || killer.kills() < SECONDS) { // a busy machine kills slowly
        assertThat(room.tryAcquire(30, TimeUnit.SECONDS)).as("it goes on, seed %d", seed).isTrue();
        int task = futures.size();
        long own = random.nextLong();
        var future = pool.submit(() -> callFromThreads(remote, task, own, steps));
        future.addListener(room::release, Runnable::run);
        futures.add(future);
      }
    } finally {
      killer.end();
    }
    int succeeded = 0;
    int interrupted = 0;
    for (int task = 0; task < futures.size(); task++) {
      try {
        BitSet settled = futures.get(task).get(30, TimeUnit.SECONDS);
        succeeded++;
        interrupted += THREADS * CALLS - settled.cardinality();
        for (int call = settled.nextSetBit(0); call >= 0; call = settled.nextSetBit(call + 1)) {
          assertThat(noted.calls).as("seed %d", seed).containsKey(name(task, call));
        }
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(WorkerCrashedException.class);
      }
    }
    assertThat(pool.submit(() -> 1).get(30, TimeUnit.SECONDS)).isEqualTo(1);
    pool.close();

    System.out.printf(
        "remote calls: %d kills, %d of %d tasks succeeded, %d calls, %d interrupted, seed %d%n",
        killer.kills(), succeeded, futures.size(), noted.calls.size(), interrupted, seed);
    assertThat(noted.calls.values()).as("seed %d", seed).allMatch(times -> times.get() == 1);
    await().until(() -> noted.running.get() == 0); // what a killed worker has called runs on
  }

  /// {@return which calls had a result, or their exception; the others were interrupted}
  private static BitSet callFromThreads(Ledger remote, int task, long seed, SharedLong steps)
      throws Exception {
    BitSet settled = new BitSet();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                Random random = new Random(seed + number);
                try {
                  for (int j = number * CALLS; j < (number + 1) * CALLS; j++) {
                    steps.getAndAdd(1);
                    if (isSettled(remote, name(task, j), random)) {
                      synchronized (settled) {
                        settled.set(j);
                      }
                    }
                    steps.getAndAdd(1);
                  }
                } catch (Throwable e) {
                  failure.set(e);
                }
              }));
    }
    Random random = new Random(seed);
    for (int i = random.nextInt(4); i > 0; i--) {
      TimeUnit.MICROSECONDS.sleep(random.nextInt(5_000));
      threads.get(random.nextInt(THREADS)).interrupt();
    }
    for (Thread each : threads) {
      each.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    return settled;
  }

  /// {@return whether the call was not interrupted}
  private static boolean isSettled(Ledger remote, String call, Random random) {
    byte[] content = new byte[random.nextInt(random.nextInt(10) == 0 ? 200_000 : 200)];
    random.nextBytes(content);
    try {
      if (random.nextInt(8) == 0) {
        remote.refuse(call);
        throw new AssertionError("not refused: " + call);
      }
      if (remote.note(call, content) != sum(content)) {
        throw new AssertionError("wrong sum: " + call);
      }
      return true;
    } catch (RefusedException e) {
      if (!call.equals(e.getMessage())) {
        throw new AssertionError(call + " got the exception of " + e.getMessage());
      }
      return true;
    } catch (InterruptedException _) {
      return false;
    } catch (CancellationException _) { // of a method that does not declare it
      var _ = Thread.interrupted();
      return false;
    }
  }

  private static String name(int task, int call) {
    return "%d/%d".formatted(task, call);
  }

  private static long sum(byte[] content) {
    long sum = 0;
    for (byte each : content) {
      sum = 31 * sum + each;
    }
    return sum;
  }
}
