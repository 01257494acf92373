package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.queues.contract.ChannelShape.Order;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Elements get from putters to takers: each once, in order, and both can wait.
public class ChannelPutTakeTest extends ChannelContract {
  private static final int MANY = 2_000;

  @Test
  void elementsThatWaitAreTakenInTheOrderOfTheShape() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.max(1, Math.min(shape.capacity(), MANY)));
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void orderHoldsWhenPutsAndTakesAlternate() throws Exception {
    needsRoomFor(3);
    Channel<Integer> channel = create();
    int many = shape.factory().many(MANY);
    for (int round = 0; round < many; round += 3) {
      List<Integer> put = List.of(round + 1, round + 2, round);
      channel.putAll(put);
      assertThat(List.of(channel.take(), channel.take(), channel.take()))
          .isEqualTo(shape.inTakeOrder(put));
    }
  }

  @Test
  void emptyChannelGivesNothing() throws Exception {
    Channel<Integer> channel = create();
    assertThat(channel.poll()).isNull();
    assertThat(channel.poll(Duration.ZERO)).isNull();
    assertThat(channel.poll(Duration.ofSeconds(-1))).isNull();
  }

  @Test
  void fullChannelTakesNothing() throws Exception {
    Channel<Integer> channel = create();
    List<Integer> put = fill(channel);
    assertThat(channel.offer(-1)).isFalse();
    assertThat(channel.offer(-1, Duration.ZERO)).isFalse();
    assertThat(channel.offer(-1, Duration.ofSeconds(-1))).isFalse();
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void takeWaitsForAnElement() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(channel::take).awaitBlocked();
    channel.put(1);
    assertThat(taker.result()).isEqualTo(1);
  }

  @Test
  void timedPollWaitsForAnElement() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(() -> channel.poll(Duration.ofSeconds(50))).awaitBlocked();
    channel.put(1);
    assertThat(taker.result()).isEqualTo(1);
  }

  @Test
  void offerReachesTakerThatWaits() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(channel::take).awaitBlocked();
    assertThat(channel.offer(1)).isTrue();
    assertThat(taker.result()).isEqualTo(1);
  }

  @Test
  void putWaitsForRoom() throws Exception {
    Channel<Integer> channel = create();
    needsBound();
    Caller<?> putter = putterOfFull(channel, shape.capacity());
    assertThat(channel.take()).isNotNull();
    putter.result();
    assertThat(takeAll(channel)).hasSize(shape.capacity());
  }

  @Test
  void timedOfferWaitsForRoom() throws Exception {
    Channel<Integer> channel = create();
    needsBound();
    Caller<Boolean> putter =
        start(
                () -> {
                  fill(channel);
                  return channel.offer(shape.capacity(), Duration.ofSeconds(50));
                })
            .awaitBlocked();
    assertThat(channel.take()).isNotNull();
    assertThat(putter.result()).isTrue();
    assertThat(takeAll(channel)).hasSize(shape.capacity());
  }

  @Test
  void pollTakesFromPutterThatWaits() throws Exception {
    Channel<Integer> channel = create();
    needsBound();
    int all = shape.capacity() + 1;
    Caller<?> putter = putterOfFull(channel, shape.capacity());
    assertThat(channel.poll()).isNotNull();
    putter.result();
    assertThat(takeAll(channel)).hasSize(all - 1);
  }

  @Test
  void everyTakerThatWaitsGetsOneElement() throws Exception {
    needsManyConsumers();
    Channel<Integer> channel = create();
    List<Caller<Integer>> takers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      takers.add(start(channel::take).awaitBlocked());
    }
    List<Integer> put = ChannelShape.numbers(5);
    for (Integer element : put) {
      channel.put(element);
    }
    List<Integer> taken = new ArrayList<>();
    for (Caller<Integer> taker : takers) {
      taken.add(taker.result());
    }
    assertThat(taken).containsExactlyInAnyOrderElementsOf(put);
  }

  @Test
  void everyPutterThatWaitsGetsRoom() throws Exception {
    needsManyProducers();
    Channel<Integer> channel = create();
    List<Integer> all = new ArrayList<>(fill(channel));
    List<Caller<?>> putters = waitingPutters(channel, 5, all);
    List<Integer> taken = take(channel, all.size());
    awaitAll(putters);
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void everyElementArrivesOnceAndEachProducersInOrder() throws Exception {
    Channel<Integer> channel = create();
    int many = shape.factory().many(MANY);
    int producers = shape.ends().singleProducer ? 1 : 3;
    List<Integer> taken = new ArrayList<>();
    for (List<Integer> mine : moveMany(channel, producers, many, () -> takeToEnd(channel))) {
      taken.addAll(mine);
      if (shape.order() == Order.FIFO) {
        assertEachProducersInOrder(mine, many);
      }
    }
    assertThat(taken).hasSize(producers * many).doesNotHaveDuplicates();
    assertThat(channel.size()).isZero();
  }

  private static void assertEachProducersInOrder(List<Integer> taken, int many) {
    Map<Integer, Integer> last = new HashMap<>();
    for (Integer element : taken) {
      Integer before = last.put(element / many, element);
      assertThat(before == null || before < element)
          .as("%s came after %s", element, before)
          .isTrue();
    }
  }

  /// A plain field, no synchronization of its own.
  private static final class Plain implements Comparable<Plain> {
    int value;

    @Override
    public int compareTo(Plain other) {
      return 0;
    }
  }

  @Test
  void takerSeesWhatWasDoneBeforeThePut() throws Exception {
    needs(Need.SAME_ELEMENT);
    Channel<Plain> channel = shape.create(cf -> cf);
    int rounds = 500;
    start(() -> {
      for (int i = 1; i <= rounds; i++) {
        Plain plain = new Plain();
        plain.value = i;
        channel.put(plain);
      }
      return null;
    });
    for (int i = 0; i < rounds; i++) {
      assertThat(channel.take().value).isPositive();
    }
  }
}
