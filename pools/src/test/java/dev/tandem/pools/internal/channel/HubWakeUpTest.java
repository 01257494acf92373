package dev.tandem.pools.internal.channel;

import static dev.tandem.pools.internal.channel.LocalHub.number;
import static dev.tandem.pools.internal.channel.LocalHub.parcel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.pools.internal.channel.LocalHub.LocalWorker;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A thread that can go on is woken, whatever others have waited for and given up: in one JVM, with
/// real lanes.
class HubWakeUpTest {
  private static final Duration SOON = Duration.ofMillis(5);

  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void endThreads() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  /// {@return the result of a call that has begun to wait}
  private <T> FutureTask<T> waiting(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = Thread.ofPlatform().start(task);
    threads.add(thread);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> isParked(thread) || task.isDone());
    return task;
  }

  private static boolean isParked(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private static <T> T result(FutureTask<T> task) throws Exception {
    return task.get(10, TimeUnit.SECONDS);
  }

  private static Callable<Void> put(Channel<Parcel> channel, int number) {
    return () -> {
      channel.put(parcel(number));
      return null;
    };
  }

  @Test
  void elementGoesToTheTakerHereAlthoughAWorkerHadWaitedBefore() throws Exception {
    LocalHub local = new LocalHub(4);
    LocalWorker worker = local.consumer();
    assertThat(worker.channel.poll(SOON)).isNull();
    var taker = waiting(local.pool::take);

    local.pool.put(parcel(7));

    assertThat(number(result(taker))).isEqualTo(7);
  }

  @Test
  void elementGoesToTheWorkerThatWaitsAlthoughAnotherHadWaitedBefore() throws Exception {
    for (boolean firstGivesUp : new boolean[] {true, false}) {
      LocalHub local = new LocalHub(4);
      LocalWorker first = local.consumer();
      LocalWorker second = local.consumer();
      LocalWorker givesUp = firstGivesUp ? first : second;
      LocalWorker waits = firstGivesUp ? second : first;
      assertThat(givesUp.channel.poll(SOON)).isNull();
      var taker = waiting(waits.channel::take);

      local.pool.put(parcel(7));

      assertThat(number(result(taker))).isEqualTo(7);
    }
  }

  @Test
  void roomGoesToTheWorkerThatWaitsAlthoughAPutterHereHadWaitedBefore() throws Exception {
    LocalHub local = new LocalHub(1);
    LocalWorker worker = local.producer();
    worker.channel.put(parcel(1));
    var putter = waiting(put(worker.channel, 2));
    assertThat(local.pool.offer(parcel(3), SOON)).isFalse();

    assertThat(number(local.pool.take())).isEqualTo(1);
    var taker = waiting(local.pool::take);

    assertThat(number(result(taker))).isEqualTo(2);
    result(putter);
  }

  @Test
  void roomGoesToTheWorkerThatWaitsAlthoughAnotherHadWaitedBefore() throws Exception {
    for (boolean firstGivesUp : new boolean[] {true, false}) {
      LocalHub local = new LocalHub(1);
      LocalWorker first = local.producer();
      LocalWorker second = local.producer();
      LocalWorker givesUp = firstGivesUp ? first : second;
      LocalWorker waits = firstGivesUp ? second : first;
      local.pool.put(parcel(1));
      assertThat(givesUp.channel.offer(parcel(3), SOON)).isFalse();
      var putter = waiting(put(waits.channel, 2));

      assertThat(number(local.pool.take())).isEqualTo(1);

      result(putter);
      assertThat(number(local.pool.take())).isEqualTo(2);
    }
  }

  @Test
  void roomForTwoWakesAPutterHereAndOneInAWorker() throws Exception {
    LocalHub local = new LocalHub(2);
    LocalWorker consumer = local.consumer();
    LocalWorker producer = local.producer();
    local.pool.put(parcel(1));
    local.pool.put(parcel(2));
    var here = waiting(put(local.pool, 3));
    var there = waiting(put(producer.channel, 4));

    assertThat(number(consumer.channel.poll())).isEqualTo(1);
    Awaitility.await().until(() -> consumer.channel.poll() != null); // 2, or what was put first

    result(here);
    result(there);
  }

  @Test
  void eachClaimedElementMakesRoomForAPutterInAWorker() throws Exception {
    LocalHub local = new LocalHub(100);
    LocalWorker consumer = local.consumer();
    LocalWorker producer = local.producer();
    for (int i = 0; i < 50; i++) { // so that more and more is given ahead
      local.pool.put(parcel(i));
      assertThat(number(consumer.channel.take())).isEqualTo(i);
    }
    for (int i = 0; i < 100; i++) {
      local.pool.put(parcel(i));
    }
    var putter = waiting(put(producer.channel, 100));

    assertThat(number(consumer.channel.take())).isZero();

    result(putter);
  }

  @Test
  void doneElementMakesRoomForAPutterHere() throws Exception {
    LocalHub local = new LocalHub(1, true);
    LocalWorker consumer = local.consumer();
    local.pool.put(parcel(1));
    assertThat(number(consumer.channel.take())).isEqualTo(1);
    var putter = waiting(put(local.pool, 2));

    assertThat(consumer.steps.taskDone()).isTrue();

    result(putter);
  }

  @Test
  void doneElementMakesRoomForAPutterInAWorker() throws Exception {
    LocalHub local = new LocalHub(1, true);
    LocalWorker consumer = local.consumer();
    LocalWorker producer = local.producer();
    local.pool.put(parcel(1));
    var putter = waiting(put(producer.channel, 2));
    assertThat(number(consumer.channel.take())).isEqualTo(1);

    assertThat(consumer.steps.taskDone()).isTrue();

    result(putter);
  }

  @Test
  void lastElementThatIsDoneEndsAClosedChannel() throws Exception {
    LocalHub local = new LocalHub(1, true);
    LocalWorker consumer = local.consumer();
    LocalWorker other = local.consumer();
    local.pool.put(parcel(1));
    assertThat(number(consumer.channel.take())).isEqualTo(1);
    local.pool.close();
    var here = waiting(local.pool::take);
    var there = waiting(other.channel::take);

    assertThat(consumer.steps.taskDone()).isTrue();

    assertThatThrownBy(() -> result(here)).hasCauseInstanceOf(ChannelClosedException.class);
    assertThatThrownBy(() -> result(there)).hasCauseInstanceOf(ChannelClosedException.class);
  }

  @Test
  void closeIsSeenByThoseThatWaitForWhatIsNotDone() throws Exception {
    LocalHub local = new LocalHub(1, true);
    LocalWorker consumer = local.consumer();
    local.pool.put(parcel(1));
    assertThat(number(consumer.channel.take())).isEqualTo(1);
    var here = waiting(local.pool::take);
    local.pool.close();

    assertThat(consumer.steps.taskDone()).isTrue();

    assertThatThrownBy(() -> result(here)).hasCauseInstanceOf(ChannelClosedException.class);
  }

  @Test
  void elementOfADeadWorkerGoesToOneThatWaits() throws Exception {
    LocalHub local = new LocalHub(4, true);
    LocalWorker dies = local.consumer();
    LocalWorker waits = local.consumer();
    local.pool.put(parcel(1));
    local.pool.put(parcel(2));
    int taken = number(dies.channel.take());
    int rest = number(waits.channel.take());
    var taker = waiting(waits.channel::take);

    dies.die();

    assertThat(number(result(taker))).isEqualTo(taken);
    assertThat(taken + rest).isEqualTo(3);
  }

  /// The thread that was woken for the place is interrupted before it runs.
  @Test
  void roomGoesToTheOtherWorkerWhenAPutterIsInterruptedAsItIsWoken() throws Exception {
    for (int i = 0; i < 50; i++) {
      LocalHub local = new LocalHub(1);
      List<LocalWorker> workers = List.of(local.producer(), local.producer());
      local.pool.put(parcel(1));
      List<FutureTask<Void>> puts = new ArrayList<>();
      AtomicBoolean interrupted = new AtomicBoolean();
      for (LocalWorker worker : workers) {
        puts.add(waiting(put(worker.channel, 2)));
        Thread putter = threads.getLast();
        worker.afterRing =
            () -> {
              if (hasSteps(worker.up) && interrupted.compareAndSet(false, true)) {
                putter.interrupt();
              }
            };
      }

      assertThat(number(local.pool.take())).isEqualTo(1);

      assertThat(number(local.pool.poll(Duration.ofSeconds(10)))).as("round %d", i).isEqualTo(2);
    }
  }

  @Test
  void elementGoesToTheTakerHereWhenOneInAWorkerIsInterruptedAsItIsWoken() throws Exception {
    for (int i = 0; i < 50; i++) {
      LocalHub local = new LocalHub(4);
      LocalWorker worker = local.consumer();
      var there = waiting(worker.channel::take);
      Thread taker = threads.getLast();
      worker.afterRing =
          () -> {
            if (hasSteps(worker.down)) {
              taker.interrupt();
            }
          };
      var here = waiting(local.pool::take);

      local.pool.put(parcel(2));

      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> here.isDone() || there.state() == Future.State.SUCCESS);
    }
  }

  private static boolean hasSteps(@Nullable Lane lane) {
    return lane != null && lane.quota.left() > 0;
  }

  @Test
  void placesOfADeadWorkerGoToOthers() throws Exception {
    LocalHub local = new LocalHub(1);
    LocalWorker dies = local.producer(); // it has the only place
    var putter = waiting(put(local.pool, 1));
    result(putter);
    assertThat(number(local.pool.take())).isEqualTo(1);
    dies.die();

    local.pool.put(parcel(2));

    assertThat(local.pool.size()).isEqualTo(1);
  }
}
