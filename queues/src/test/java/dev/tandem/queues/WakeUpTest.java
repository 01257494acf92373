package dev.tandem.queues;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// A woken thread that does not need the wake-up, because it leaves or found something elsewhere,
/// wakes another one; and no thread is left waiting because waking it would not pay yet. The
/// wake-up and the reason to leave come directly after one another, so that both are there when the
/// thread gets to run, in one order or the other.
class WakeUpTest {
  private static final int ROUNDS = 100;
  private static final int LARGE = 32;

  private record Waiting<T>(Thread thread, FutureTask<T> result) {
    static <T> Waiting<T> start(boolean virtual, Callable<T> body) {
      FutureTask<T> result = new FutureTask<>(body);
      Thread thread = virtual ? Thread.startVirtualThread(result) : platform(result);
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofNanos(20_000))
          .until(() -> thread.getState() == Thread.State.WAITING);
      return new Waiting<>(thread, result);
    }

    private static Thread platform(Runnable body) {
      return Thread.ofPlatform().daemon().start(body);
    }

    T get() throws Exception {
      return result.get(10, SECONDS);
    }
  }

  private static Channel<StressItem> of(StressShape shape) {
    return shape.create(1, cf -> cf);
  }

  /// The element that it took, or its interrupt.
  private static StressItem takeOrNull(Channel<StressItem> channel) {
    try {
      return channel.take();
    } catch (InterruptedException _) {
      return null;
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PRODUCER_CLOSED")
  void interruptedTakerThatWasWokenWakesTheNext(StressShape shape) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      boolean virtual = i % 2 == 0;
      Channel<StressItem> channel = of(shape);
      Waiting<StressItem> first = Waiting.start(virtual, () -> takeOrNull(channel));
      Waiting<StressItem> second = Waiting.start(virtual, channel::take);
      if (i % 4 < 2) {
        channel.put(new StressItem(0, i));
        first.thread.interrupt();
      } else {
        first.thread.interrupt();
        channel.put(new StressItem(0, i));
      }
      if (first.get() != null) {
        channel.put(new StressItem(1, i));
      }
      assertThat(second.get().number()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"PRODUCER_CLOSED", "UNBOUNDED"})
  void interruptedPutterThatWasWokenWakesTheNext(StressShape shape) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      boolean virtual = i % 2 == 0;
      Channel<StressItem> channel = of(shape);
      List<StressItem> expected = new ArrayList<>();
      StressItem before = new StressItem(0, i);
      if (channel.offer(before)) {
        expected.add(before);
      }
      Waiting<Boolean> first = Waiting.start(virtual, () -> putOrNot(channel, 1));
      Waiting<Boolean> second = Waiting.start(virtual, () -> putOrNot(channel, 2));
      List<StressItem> taken = new ArrayList<>();
      if (i % 4 < 2) {
        taken.add(channel.take());
        first.thread.interrupt();
      } else {
        first.thread.interrupt();
        taken.add(channel.take());
      }
      if (first.get()) {
        expected.add(new StressItem(1, 0));
        taken.add(channel.take());
      }
      expected.add(new StressItem(2, 0));
      assertThat(second.get()).isTrue();
      channel.drain(taken::add, 9);
      assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static boolean putOrNot(Channel<StressItem> channel, int producer) {
    try {
      channel.put(new StressItem(producer, 0));
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"PRODUCER_CLOSED", "RENDEZVOUS"})
  void selectThatWasWokenAndTookElsewhereWakesTheNext(StressShape shape) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      boolean virtual = i % 2 == 0;
      Channel<StressItem> a = of(shape);
      Channel<StressItem> b = of(shape);
      Waiting<Channel<StressItem>> select =
          Waiting.start(
              virtual,
              () -> Select.<Channel<StressItem>>select(a.onTake(_ -> a), b.onTake(_ -> b)));
      Waiting<StressItem> ofA = Waiting.start(virtual, a::take);
      Waiting<StressItem> ofB = Waiting.start(virtual, b::take);
      a.put(new StressItem(0, i));
      b.put(new StressItem(1, i));
      Channel<StressItem> chosen = select.get();
      assertThat((chosen == a ? ofB : ofA).get().number()).isEqualTo(i);
      chosen.put(new StressItem(2, i));
      assertThat((chosen == a ? ofA : ofB).get().producer()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void singleTakeFromALargeChannelLetsInAPutterThatWaits(boolean virtual) throws Exception {
    for (int taken = 0; taken < 2 * LARGE; taken++) {
      Channel<Integer> channel = Channel.bounded(LARGE);
      for (int i = 0; i < taken; i++) {
        channel.put(i);
        channel.take();
      }
      while (channel.offer(0)) {
        // until it is full
      }
      Waiting<Boolean> putter =
          Waiting.start(
              virtual,
              () -> {
                channel.put(1);
                return true;
              });
      channel.take();
      assertThat(putter.get()).isTrue();
    }
  }
}
