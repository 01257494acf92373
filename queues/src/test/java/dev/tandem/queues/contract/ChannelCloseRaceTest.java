package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/// A close that races with puts and takes: what a put accepted arrives once, what it refused never.
public class ChannelCloseRaceTest extends ChannelContract {
  private static final int ROUNDS = 20;
  private static final int MOST = 2_000;

  @Test
  void everyAcceptedElementArrivesAndNoOther() throws Exception {
    for (int round = 0; round < shape.factory().many(ROUNDS); round++) {
      Channel<Integer> channel = create();
      List<Caller<List<Integer>>> takers = new ArrayList<>();
      for (int c = 0; c < (shape.ends().singleConsumer ? 1 : 2); c++) {
        takers.add(start(() -> takeToEnd(channel)));
      }
      List<Integer> accepted = putAndClose(channel, false);
      assertThat(all(takers)).containsExactlyInAnyOrderElementsOf(accepted);
      assertThat(channel.isDrained()).isTrue();
      assertThat(channel.size()).isZero();
    }
  }

  @Test
  void closeNowHandsBackWhatNobodyTook() throws Exception {
    needsCloseByAnyThread();
    for (int round = 0; round < shape.factory().many(ROUNDS); round++) {
      Channel<Integer> channel = create();
      Caller<List<Integer>> taker = start(() -> takeToEnd(channel));
      Caller<List<Integer>> other = start(() -> closeNowSoon(channel));
      List<Integer> accepted = putAndClose(channel, true);
      List<Integer> ends = new ArrayList<>(taker.result());
      ends.addAll(other.result());
      ends.addAll(channel.closeNow());
      assertThat(ends).containsExactlyInAnyOrderElementsOf(accepted);
      assertThat(channel.stats().puts()).isEqualTo(accepted.size());
      assertThat(channel.stats().takes()).isEqualTo(accepted.size());
    }
  }

  @Test
  void twoCloseNowShareWhatIsLeft() throws Exception {
    needsCloseByAnyThread();
    for (int round = 0; round < shape.factory().many(ROUNDS); round++) {
      Channel<Integer> channel = create();
      List<Integer> put = put(channel, Math.min(shape.capacity(), 100));
      Caller<List<Integer>> one = start(channel::closeNow);
      Caller<List<Integer>> two = start(channel::closeNow);
      assertThat(all(List.of(one, two))).containsExactlyInAnyOrderElementsOf(put);
    }
  }

  @Test
  void closeReachesTakerThatIsJustGoingToWait() throws Exception {
    for (int round = 0; round < shape.factory().many(5 * ROUNDS); round++) {
      Channel<Integer> channel = create();
      Caller<List<Integer>> taker = start(() -> takeToEnd(channel));
      pause();
      channel.close();
      assertThat(taker.result()).isEmpty();
    }
  }

  @Test
  void closeReachesPutterThatIsJustGoingToWait() throws Exception {
    needsBound();
    needsCloseByAnyThread();
    for (int round = 0; round < shape.factory().many(5 * ROUNDS); round++) {
      Channel<Integer> channel = create();
      Caller<?> putter =
          start(() -> {
            fill(channel);
            channel.put(-1);
            return null;
          });
      soon().until(() -> channel.size() == shape.capacity());
      pause();
      channel.close();
      assertThat(putter.failure()).isInstanceOf(ChannelClosedException.class);
      assertThat(takeAll(channel)).hasSize(shape.capacity());
    }
  }

  private static List<Integer> closeNowSoon(Channel<Integer> channel) {
    pause();
    return channel.closeNow();
  }

  /// {@return what was accepted by producers that put until the channel was closed under them}
  private List<Integer> putAndClose(Channel<Integer> channel, boolean now) throws Exception {
    List<Caller<List<Integer>>> putters = new ArrayList<>();
    for (int p = 0; p < (shape.ends().singleProducer ? 1 : 2); p++) {
      int first = p * MOST;
      putters.add(start(() -> putUntilClosed(channel, first)));
    }
    if (!shape.isClosedByProducer()) {
      pause();
      if (!now) {
        channel.close();
      }
    }
    return all(putters);
  }

  private List<Integer> putUntilClosed(Channel<Integer> channel, int first) throws Exception {
    List<Integer> accepted = new ArrayList<>();
    int closeAt = shape.isClosedByProducer() ? ThreadLocalRandom.current().nextInt(100) : MOST;
    try {
      for (int i = first; i < first + MOST; i++) {
        if (i == first + closeAt) {
          channel.close();
        }
        channel.put(i);
        accepted.add(i);
      }
    } catch (ChannelClosedException e) {
      // the end that was raced for
    }
    return accepted;
  }

  private static List<Integer> all(List<Caller<List<Integer>>> callers) throws Exception {
    List<Integer> all = new ArrayList<>();
    for (Caller<List<Integer>> caller : callers) {
      all.addAll(caller.result());
    }
    return all;
  }

  /// Lets the others get a little further, each time another way.
  private static void pause() {
    for (int n = ThreadLocalRandom.current().nextInt(2_000); n > 0; n--) {
      Thread.onSpinWait();
    }
    if (ThreadLocalRandom.current().nextBoolean()) {
      Thread.yield();
    }
  }
}
