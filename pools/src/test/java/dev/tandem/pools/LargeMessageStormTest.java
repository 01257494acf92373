package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Large arguments and large results pass through memory that a worker shares with its pool, while
/// workers are killed at random, for five seconds; `-Dtandem.storm.seconds=60` for longer. Each
/// arrives whole, or its worker has crashed.
class LargeMessageStormTest {
  private static final long SECONDS = Long.getLong("tandem.storm.seconds", 5);

  private static final int ROOM = 8;

  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void largeArraysGoThroughMemoryOfTheWorkerUntilItIsGone() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf);
    assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    assertThat(pool.stats().sharedBytes()).as("for small ones there is none").isZero();

    for (int i = 0; i < 3; i++) { // the first goes over the connection
      byte[] sent = pattern(3_000_000 + i, i);
      assertThat(Arrays.equals(pool.submit(() -> turned(sent)).get(), turned(sent))).isTrue();
    }
    assertThat(pool.stats().sharedBytes()).isPositive();

    Workers.kill(Workers.pids(pool).getFirst());
    assertThat(pool.submit(() -> 1).get()).isEqualTo(1); // by another
    assertThat(pool.stats().sharedBytes()).as("the memory of the dead one is free").isZero();
  }

  /// The pool hears of large arrays from the results alone.
  @Test
  void largeResultsOfSmallTasksArriveWhole() throws Exception {
    ProcessPool pool = probe.open(1, cf -> cf);
    for (int i = 0; i < 5; i++) {
      int seed = i;
      byte[][] results = pool.submit(() -> patterns(seed)).get();
      assertThat(Arrays.deepEquals(results, patterns(seed))).isTrue();
    }
    assertThat(pool.stats().sharedBytes()).isPositive();
  }

  private static byte[][] patterns(int seed) {
    return new byte[][] {pattern(700_000, seed), pattern(20_000, seed), pattern(2_000_000, seed)};
  }

  @Test
  @Timeout(300)
  void messagesAreWholeOrTheWorkerHasCrashed() throws Exception {
    long seed = Long.getLong("tandem.stress.seed", System.nanoTime());
    Random random = new Random(seed);
    ProcessPool pool = probe.open(2, cf -> cf.withSpares(1));
    Semaphore room = new Semaphore(ROOM);
    SharedLong steps = pool.newLong(0);
    AtomicInteger whole = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    Queue<Object> wrong = new ConcurrentLinkedQueue<>();
    WorkerKiller killer = new WorkerKiller(pool, steps, seed);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try {
      while (System.nanoTime() < end) {
        assertThat(room.tryAcquire(30, TimeUnit.SECONDS)).as("it goes on, seed %d", seed).isTrue();
        byte[] sent = pattern(random.nextInt(1 << random.nextInt(10, 23)), random.nextInt());
        var future =
            pool.submit(() -> {
              steps.getAndAdd(1 + sent.length / 4096);
              return turned(sent);
            });
        future.addListener(
            () -> {
              switch (future.state()) {
                case SUCCESS -> {
                  if (Arrays.equals(future.resultNow(), turned(sent))) {
                    whole.incrementAndGet();
                  } else {
                    wrong.add(sent.length);
                  }
                }
                case FAILED -> {
                  if (future.exceptionNow() instanceof WorkerCrashedException) {
                    lost.incrementAndGet();
                  } else {
                    wrong.add(future.exceptionNow());
                  }
                }
                default -> wrong.add(future.state());
              }
              room.release();
            },
            Runnable::run);
      }
      assertThat(room.tryAcquire(ROOM, 30, TimeUnit.SECONDS)).as("seed %d", seed).isTrue();
    } finally {
      killer.end();
    }
    pool.close();
    System.out.println(
        "large messages: %d kills, %s arrived, %s lost, seed %d"
            .formatted(killer.kills(), whole, lost, seed));
    assertThat(wrong).as("seed %d", seed).isEmpty();
    assertThat(whole.get()).isPositive();
    assertThat(pool.stats().sharedBytes()).isZero();
  }

  private static byte[] turned(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = (byte) ~bytes[i];
    }
    return result;
  }

  private static byte[] pattern(int size, int seed) {
    byte[] result = new byte[size];
    new Random(seed).nextBytes(result);
    return result;
  }
}
