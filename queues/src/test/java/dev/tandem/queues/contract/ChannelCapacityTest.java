package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// The capacity is exact, at every moment and after many turns.
public class ChannelCapacityTest extends ChannelContract {
  @Test
  void exactlyTheCapacityFits() {
    Channel<Integer> channel = create();
    needsBound();
    int accepted = 0;
    while (accepted <= shape.capacity() && channel.offer(accepted)) {
      accepted++;
    }
    assertThat(accepted).isEqualTo(shape.capacity());
    assertThat(channel.capacity()).isEqualTo(shape.capacity());
    assertThat(channel.size()).isEqualTo(shape.capacity());
  }

  @Test
  void unboundedChannelAlwaysHasRoom() {
    Channel<Integer> channel = create();
    needsRoomFor(20_000);
    for (int i = 0; i < 20_000; i++) {
      putNow(channel, i);
    }
    assertThat(channel.capacity()).isEqualTo(Integer.MAX_VALUE);
    assertThat(channel.size()).isEqualTo(20_000);
    assertThat(takeAll(channel)).hasSize(20_000);
  }

  @Test
  void sizeFollowsEachPutAndTake() {
    Channel<Integer> channel = create();
    int n = Math.min(shape.capacity(), 50);
    assertThat(channel.size()).isZero();
    for (int i = 1; i <= n; i++) {
      putNow(channel, i);
      assertThat(channel.size()).isEqualTo(i);
    }
    for (int i = n - 1; i >= 0; i--) {
      assertThat(channel.poll()).isNotNull();
      assertThat(channel.size()).isEqualTo(i);
    }
  }

  @Test
  void eachTakeFromFullChannelMakesRoomForOne() {
    Channel<Integer> channel = create();
    int capacity = fill(channel).size();
    for (int i = 0; i < 2 * capacity; i++) {
      assertThat(channel.poll()).isNotNull();
      assertThat(channel.size()).isEqualTo(capacity - 1);
      putNow(channel, capacity + i);
      assertThat(channel.offer(-1)).isFalse();
      assertThat(channel.size()).isEqualTo(capacity);
    }
  }

  @Test
  void capacityIsExactAfterManyTurnsOfAnyLength() {
    Channel<Integer> channel = create();
    needsBound();
    Random random = new Random(shape.capacity());
    int next = 0;
    for (int turn = 0; turn < 30; turn++) {
      for (int n = random.nextInt(shape.capacity() + 1); n > 0 && channel.poll() != null; n--) {
        // makes room
      }
      int room = shape.capacity() - channel.size();
      for (int i = 0; i < room; i++) {
        putNow(channel, next++);
      }
      assertThat(channel.offer(-1)).isFalse();
    }
    assertThat(takeAll(channel)).hasSize(shape.capacity()).doesNotContain(-1);
  }

  @Test
  void producersThatRaceDoNotOverfill() throws Exception {
    needsManyProducers();
    needsBound();
    for (int round = 0; round < 20; round++) {
      Channel<Integer> channel = create();
      CountDownLatch together = new CountDownLatch(1);
      List<Caller<Integer>> putters = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        putters.add(
            start(() -> {
              together.await();
              int accepted = 0;
              for (int i = 0; i <= shape.capacity(); i++) {
                accepted += channel.offer(i) ? 1 : 0;
              }
              return accepted;
            }));
      }
      together.countDown();
      int accepted = 0;
      for (Caller<Integer> putter : putters) {
        accepted += putter.result();
      }
      assertThat(accepted).isEqualTo(shape.capacity());
      assertThat(channel.size()).isEqualTo(shape.capacity());
      assertThat(takeAll(channel)).hasSize(shape.capacity());
    }
  }

  @Test
  void sizeIsNeverOutOfBoundsWhileOthersWork() throws Exception {
    Channel<Integer> channel = create();
    int many = shape.factory().many(5_000);
    Caller<?> producer =
        start(() -> {
          for (int i = 0; i < many; i++) {
            channel.put(i);
          }
          channel.close();
          return null;
        });
    Caller<List<Integer>> consumer = start(() -> takeToEnd(channel));
    while (!channel.isDrained()) {
      assertThat(channel.size()).isBetween(0, shape.capacity());
      Thread.yield();
    }
    producer.result();
    assertThat(consumer.result()).hasSize(many);
    assertThat(channel.size()).isZero();
  }
}
