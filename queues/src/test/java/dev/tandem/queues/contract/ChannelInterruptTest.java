package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An interrupt ends each wait, before or in it, and loses no element.
public class ChannelInterruptTest extends ChannelContract {
  private static final Duration LONG = Duration.ofSeconds(50);

  /// A call that waits.
  private interface Wait {
    Object call(Channel<Integer> channel) throws Exception;
  }

  private static final List<Wait> TAKES =
      List.of(
          Channel::take, channel -> channel.poll(LONG), channel -> channel.drain(_ -> {}, 3, LONG));

  private static final List<Wait> PUTS =
      List.of(
          channel -> {
            channel.put(-1);
            return "put";
          },
          channel -> channel.offer(-1, LONG),
          channel -> {
            channel.putAll(List.of(-1, -2));
            return "put";
          });

  @AfterEach
  void clearFlag() {
    var _ = Thread.interrupted();
  }

  @Test
  void interruptBeforeAWaitToTakeEndsIt() {
    Channel<Integer> channel = create();
    for (Wait take : TAKES) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> take.call(channel)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).as("the flag").isFalse();
    }
    assertThat(channel.offer(1)).isEqualTo(!shape.isRendezvous());
  }

  @Test
  void interruptBeforeAWaitToPutEndsIt() {
    Channel<Integer> channel = create();
    List<Integer> put = fill(channel);
    for (Wait wait : PUTS) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> wait.call(channel)).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).as("the flag").isFalse();
    }
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void interruptEndsEveryKindOfWaitingTake() throws Exception {
    Channel<Integer> channel = create();
    for (Wait take : TAKES) {
      Caller<Object> taker = start(() -> take.call(channel)).awaitBlocked();
      taker.interrupt();
      assertThat(taker.failure()).isInstanceOf(InterruptedException.class);
      assertThat(taker.keptTheFlag()).isFalse();
    }
    Caller<Integer> next = start(channel::take).awaitBlocked();
    channel.put(1);
    assertThat(next.result()).isEqualTo(1);
    assertThat(channel.stats().takes()).isEqualTo(1);
  }

  @Test
  void interruptEndsEveryKindOfWaitingPut() throws Exception {
    needsBound();
    for (Wait wait : PUTS) {
      Channel<Integer> channel = create();
      Caller<Object> putter =
          start(
                  () -> {
                    fill(channel);
                    return wait.call(channel);
                  })
              .awaitBlocked();
      putter.interrupt();
      assertThat(putter.failure()).isInstanceOf(InterruptedException.class);
      assertThat(putter.keptTheFlag()).isFalse();
      assertThat(takeAll(channel)).hasSize(shape.capacity()).doesNotContain(-1, -2);
      assertThat(channel.offer(7)).isEqualTo(!shape.isRendezvous());
    }
  }

  @Test
  void callsThatDoNotWaitIgnoreTheInterruptAndKeepIt() {
    Channel<Integer> channel = create();
    Thread.currentThread().interrupt();
    assertThat(channel.poll()).isNull();
    assertThat(channel.offer(1)).isEqualTo(!shape.isRendezvous());
    assertThat(channel.drain(_ -> {}, 5)).isEqualTo(shape.isRendezvous() ? 0 : 1);
    channel.close();
    assertThat(channel.closeNow()).isEmpty();
    assertThat(Thread.interrupted()).as("the flag").isTrue();
  }

  @Test
  void interruptWhenNoWaitIsNeededLosesNothing() throws Exception {
    for (Wait take : TAKES) {
      Channel<Integer> channel = create();
      put(channel, 1);
      Thread.currentThread().interrupt();
      boolean taken = false;
      try {
        take.call(channel);
        taken = true;
      } catch (InterruptedException e) {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      }
      assertThat(Thread.interrupted()).as("the flag").isEqualTo(taken);
      assertThat(takeAll(channel)).hasSize(taken ? 0 : 1);
    }
  }

  @Test
  void interruptThatRacesWithPutLosesNoElement() throws Exception {
    for (int round = 0; round < 24; round++) {
      Channel<Integer> channel = create();
      Wait take = TAKES.get(round % 2);
      Caller<Object> taker = start(() -> take.call(channel));
      if (round % 4 < 3) {
        taker.awaitBlocked();
      }
      Caller<Boolean> putter = start(() -> channel.offer(1, Duration.ofMillis(20)));
      spin();
      taker.interrupt();
      boolean put = putter.result();
      taker.end();
      boolean taken = channel.stats().takes() == 1;
      if (taken) {
        assertThat(taker.result()).isEqualTo(1);
        assertThat(put).isTrue();
      } else {
        assertThat(taker.failure()).isInstanceOf(InterruptedException.class);
        assertThat(takeAll(channel)).hasSize(put ? 1 : 0);
      }
    }
  }

  @Test
  void interruptThatRacesWithTakeLosesNoElement() throws Exception {
    needsBound();
    for (int round = 0; round < 24; round++) {
      Channel<Integer> channel = create();
      Caller<?> putter =
          start(() -> {
            fill(channel);
            channel.put(-1);
            return null;
          });
      if (round % 4 < 3) {
        putter.awaitBlocked();
      }
      Caller<Integer> taker = start(() -> channel.poll(Duration.ofMillis(20)));
      spin();
      putter.interrupt();
      int taken = taker.result() == null ? 0 : 1;
      putter.end();
      long puts = channel.stats().puts();
      if (puts == shape.capacity() + 1) {
        putter.result();
      } else {
        assertThat(putter.failure()).isInstanceOf(InterruptedException.class);
      }
      assertThat(taken + takeAll(channel).size()).isEqualTo((int) puts);
    }
  }

  @Test
  void wakeForTakerThatIsInterruptedReachesTheNext() throws Exception {
    needsManyConsumers();
    for (int round = 0; round < 20; round++) {
      Channel<Integer> channel = create();
      List<Caller<Integer>> takers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        takers.add(start(channel::take).awaitBlocked());
      }
      Caller<?> interrupter =
          start(() -> {
            takers.getFirst().interrupt();
            return null;
          });
      spin();
      channel.put(1);
      channel.put(2);
      interrupter.result();
      soon().until(() -> channel.stats().takes() == 2);
      channel.close();
      int got = 0;
      for (Caller<Integer> taker : takers) {
        taker.end();
        got += gaveElement(taker) ? 1 : 0;
      }
      assertThat(got).isEqualTo(2);
    }
  }

  private static boolean gaveElement(Caller<Integer> taker) {
    try {
      return taker.result() > 0;
    } catch (Exception e) {
      return false;
    }
  }

  private static void spin() {
    for (int n = ThreadLocalRandom.current().nextInt(5_000); n > 0; n--) {
      Thread.onSpinWait();
    }
  }
}
