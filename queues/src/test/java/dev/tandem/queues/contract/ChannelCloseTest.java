package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A close refuses what comes later, delivers what came before, and ends every wait.
public class ChannelCloseTest extends ChannelContract {
  private static final Duration LONG = Duration.ofSeconds(50);

  /// The end of a channel that is waited for.
  private interface Wait {
    Object call(Channel<Integer> channel) throws Exception;
  }

  @Test
  void newChannelIsOpen() {
    Channel<Integer> channel = create();
    assertThat(channel.isClosed()).isFalse();
    assertThat(channel.isDrained()).isFalse();
  }

  @Test
  void everyPutAfterCloseIsRefused() {
    Channel<Integer> channel = create();
    channel.close();
    assertThat(channel.isClosed()).isTrue();
    assertClosed(() -> channel.put(1));
    assertClosed(() -> channel.offer(1));
    assertClosed(() -> channel.offer(1, Duration.ZERO));
    assertClosed(() -> channel.offer(1, LONG));
    assertClosed(() -> channel.putAll(List.of(1, 2)));
    assertThat(channel.size()).isZero();
  }

  @Test
  void fullChannelThatIsClosedRefusesInsteadOfWaiting() {
    Channel<Integer> channel = create();
    List<Integer> put = fill(channel);
    channel.close();
    assertClosed(() -> channel.put(1));
    assertClosed(() -> channel.offer(1));
    assertClosed(() -> channel.offer(1, LONG));
    assertClosed(() -> channel.putAll(List.of(1)));
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void closeDeliversEverythingAcceptedBefore() throws Exception {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.max(1, Math.min(shape.capacity(), 100)));
    channel.close();
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < put.size(); i++) {
      assertThat(channel.isDrained()).isFalse();
      taken.add(channel.take());
    }
    assertThat(taken).isEqualTo(shape.inTakeOrder(put));
    assertThat(channel.isDrained()).isTrue();
  }

  @Test
  void everyTakeFindsTheEnd() {
    Channel<Integer> channel = create();
    channel.close();
    for (int i = 0; i < 2; i++) {
      assertClosed(channel::take);
      assertClosed(channel::poll);
      assertClosed(() -> channel.poll(Duration.ZERO));
      assertClosed(() -> channel.poll(LONG));
      assertClosed(() -> channel.drain(_ -> {}, 1));
      assertClosed(() -> channel.drain(_ -> {}, 1, LONG));
      assertThat(channel.iterator().hasNext()).isFalse();
      assertThat(channel.stream()).isEmpty();
      assertThat(channel.isDrained()).isTrue();
    }
  }

  @Test
  void drainOfNothingDoesNotMindTheEnd() {
    Channel<Integer> channel = create();
    channel.close();
    assertThat(channel.drain(_ -> {}, 0)).isZero();
  }

  @Test
  void drainGivesTheLastElementsBeforeTheEnd() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.max(1, Math.min(shape.capacity(), 100)));
    channel.close();
    List<Integer> drained = new ArrayList<>();
    while (drained.size() < put.size()) {
      assertThat(channel.drain(drained::add, Integer.MAX_VALUE)).isPositive();
    }
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
    assertClosed(() -> channel.drain(drained::add, Integer.MAX_VALUE));
  }

  @Test
  void closeEndsEveryKindOfWaitingTake() throws Exception {
    for (Wait wait :
        List.<Wait>of(
            Channel::take,
            channel -> channel.poll(LONG),
            channel -> channel.drain(_ -> {}, 5, LONG))) {
      Channel<Integer> channel = create();
      Caller<Object> taker = start(() -> wait.call(channel)).awaitBlocked();
      channel.close();
      assertThat(taker.failure()).isInstanceOf(ChannelClosedException.class).hasNoCause();
    }
  }

  @Test
  void closeEndsAllWhoWaitToTake() throws Exception {
    needsManyConsumers();
    Channel<Integer> channel = create();
    List<Caller<Integer>> takers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      takers.add(start(channel::take).awaitBlocked());
    }
    channel.close();
    for (Caller<Integer> taker : takers) {
      assertThat(taker.failure()).isInstanceOf(ChannelClosedException.class);
    }
  }

  @Test
  void closeEndsEveryKindOfWaitingPut() throws Exception {
    needsBound();
    needsCloseByAnyThread();
    for (Wait wait :
        List.<Wait>of(
            channel -> {
              channel.put(-1);
              return "put";
            },
            channel -> channel.offer(-1, LONG),
            channel -> {
              channel.putAll(List.of(-1, -2));
              return "put";
            })) {
      Channel<Integer> channel = create();
      Caller<Object> putter =
          start(
                  () -> {
                    fill(channel);
                    return wait.call(channel);
                  })
              .awaitBlocked();
      channel.close();
      assertThat(putter.failure()).isInstanceOf(ChannelClosedException.class).hasNoCause();
      assertThat(takeAll(channel)).hasSize(shape.capacity()).doesNotContain(-1, -2);
    }
  }

  @Test
  void closeEndsAllWhoWaitToPut() throws Exception {
    needsManyProducers();
    Channel<Integer> channel = create();
    List<Integer> put = fill(channel);
    List<Caller<?>> putters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      putters.add(
          start(
                  () -> {
                    channel.put(-1);
                    return null;
                  })
              .awaitBlocked());
    }
    channel.close();
    for (Caller<?> putter : putters) {
      assertThat(putter.failure()).isInstanceOf(ChannelClosedException.class);
    }
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void anyThreadMayClose() throws Exception {
    needsCloseByAnyThread();
    Channel<Integer> channel = create(Channel.Config::withChecks);
    put(channel, Math.min(shape.capacity(), 1));
    start(
            () -> {
              channel.close();
              return null;
            })
        .result();
    assertThat(channel.isClosed()).isTrue();
    assertClosed(() -> channel.put(2));
  }

  @Test
  void secondCloseDoesNothing() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 3));
    channel.close();
    channel.close();
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
    channel.close();
    assertThat(channel.isDrained()).isTrue();
  }

  @Test
  void exceptionsNameTheChannel() {
    Channel<Integer> channel = create(cf -> cf.withName("orders"));
    channel.close();
    assertThatThrownBy(() -> channel.put(1)).hasMessageContaining("orders");
    assertThatThrownBy(channel::take).hasMessageContaining("orders");
    assertThatThrownBy(channel::poll).hasMessageContaining("orders");
  }
}
