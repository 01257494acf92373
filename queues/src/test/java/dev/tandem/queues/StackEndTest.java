package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Operations of a thread at the end of its stack: each is done, or is not done and throws, and the
/// channel serves all other threads afterwards.
class StackEndTest {
  private static final int DEPTHS = 400;
  private static final int SMALL_STACK = 256 << 10;
  private static final int WAITING = 3;

  /// Runs an action at each of the last depths of a small stack.
  private static void atTheEndOfTheStack(Runnable action) throws InterruptedException {
    Thread deep = new Thread(null, () -> descend(action), "deep", SMALL_STACK);
    deep.start();
    deep.join();
  }

  private static int descend(Runnable action) {
    int below;
    try {
      below = descend(action);
    } catch (StackOverflowError _) {
      below = 0;
    }
    if (below < DEPTHS) {
      try {
        action.run();
      } catch (StackOverflowError _) {
        // not done
      }
    }
    return below + 1;
  }

  private static List<Thread> start(Runnable body) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      threads.add(Thread.ofPlatform().daemon().start(body));
    }
    return threads;
  }

  private static void awaitWaiting(List<Thread> threads) {
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PRODUCER_CLOSED")
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void putsThereStrandNoTaker(StressShape shape) throws InterruptedException {
    Channel<StressItem> channel = shape.create(1 << 12, cf -> cf);
    AtomicInteger put = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<Thread> takers =
        start(() -> {
          for (StressItem _ : channel) {
            taken.incrementAndGet();
          }
        });
    awaitWaiting(takers);
    Runnable offer =
        () -> {
          if (channel.offer(new StressItem(0, 0))) {
            put.incrementAndGet();
          }
        };
    atTheEndOfTheStack(offer);
    for (int i = 0; i < 2 * WAITING; i++) {
      offer.run();
    }
    while (taken.get() < put.get()) {
      Thread.onSpinWait(); // without a close, which would wake all threads
    }
    channel.close();
    for (Thread taker : takers) {
      taker.join();
    }
    assertThat(taken).hasValue(put.get());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"PRODUCER_CLOSED", "UNBOUNDED"})
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void takesThereLoseNothingAndStrandNoPutter(StressShape shape) throws InterruptedException {
    Channel<StressItem> channel = shape.create(2, cf -> cf);
    int puts = 200;
    AtomicInteger taken = new AtomicInteger();
    List<Thread> putters =
        start(() -> {
          try {
            for (int i = 0; i < puts; i++) {
              channel.put(new StressItem(0, i));
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    awaitWaiting(putters);
    Runnable poll =
        () -> {
          if (channel.poll() != null) {
            taken.incrementAndGet();
          }
        };
    atTheEndOfTheStack(poll);
    while (taken.get() < WAITING * puts) {
      poll.run();
    }
    for (Thread putter : putters) {
      putter.join();
    }
    assertThat(channel.poll()).isNull();
  }
}
