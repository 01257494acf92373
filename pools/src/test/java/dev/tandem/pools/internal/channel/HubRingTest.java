package dev.tandem.pools.internal.channel;

import static dev.tandem.pools.internal.channel.LocalHub.parcel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.pools.internal.channel.LocalHub.LocalWorker;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// How often processes tell each other: no ring that nothing follows from.
class HubRingTest {
  private static final int ROUNDS = 50;

  private static void awaitWaiting(Thread thread) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> thread.getState() == Thread.State.WAITING);
  }

  /// A worker that takes is rung for each element for which it waits, and has nothing to answer:
  /// that it has places for puts, which no thread of it wants, is none of that.
  @Test
  void workerThatTakesWhatItIsRungForDoesNotRingBack() throws Exception {
    LocalHub local = new LocalHub(64);
    LocalWorker worker = local.worker();
    for (int i = 0; i < ROUNDS; i++) {
      FutureTask<Parcel> taker = new FutureTask<>(worker.channel::take);
      Thread thread = Thread.ofPlatform().daemon().start(taker);
      awaitWaiting(thread);
      int before = worker.ringsToPool.get();

      local.pool.put(parcel(i));

      taker.get(20, TimeUnit.SECONDS);
      assertThat(worker.ringsToPool).as("round %d", i).hasValue(before);
    }
    assertThat(worker.ringsToWorker).hasValue(ROUNDS);
  }

  /// The same for a worker that puts, and has elements that no thread of it wants.
  @Test
  void workerThatPutsWhenItIsRungDoesNotRingBack() throws Exception {
    LocalHub local = new LocalHub(1);
    LocalWorker worker = local.worker();
    local.pool.put(parcel(0));
    for (int i = 1; i <= ROUNDS; i++) {
      int number = i;
      FutureTask<Void> putter =
          new FutureTask<>(() -> {
            worker.channel.put(parcel(number));
            return null;
          });
      Thread thread = Thread.ofPlatform().daemon().start(putter);
      awaitWaiting(thread);
      int before = worker.ringsToWorker.get();

      assertThat(LocalHub.number(local.pool.take())).isEqualTo(i - 1);

      putter.get(20, TimeUnit.SECONDS);
      assertThat(worker.ringsToWorker).as("round %d", i).hasValue(before + 1);
    }
  }

  /// Waits that run out tell the pool that they have begun, and no more.
  @Test
  void idleWorkerRingsOnceForEachWait() throws Exception {
    LocalHub local = new LocalHub(64);
    LocalWorker worker = local.worker();
    LocalWorker other = local.worker();
    int before = worker.ringsToPool.get();
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(worker.channel.poll(Duration.ofMillis(1))).isNull();
    }

    assertThat(worker.ringsToPool.get() - before).isLessThanOrEqualTo(ROUNDS);
    assertThat(worker.ringsToWorker).hasValue(0);
    assertThat(other.ringsToPool.get() + other.ringsToWorker.get()).isZero();
  }
}
