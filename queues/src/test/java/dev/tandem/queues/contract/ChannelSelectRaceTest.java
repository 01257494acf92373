package dev.tandem.queues.contract;

import static dev.tandem.queues.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.Select;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A select that is interrupted, and selects that work against plain puts and takes.
public class ChannelSelectRaceTest extends SelectContract {
  @AfterEach
  void clearFlag() {
    var _ = Thread.interrupted();
  }

  @Test
  void interruptBeforeOrInTheWaitLosesNothing() throws Exception {
    Channel<Integer> channel = create();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Select.<Integer>select(channel.onTake(e -> e)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).as("the flag").isFalse();
    Caller<Integer> selector = start(() -> Select.<Integer>select(channel.onTake(e -> e)));
    selector.awaitBlocked().interrupt();
    assertThat(selector.failure()).isInstanceOf(InterruptedException.class);
    assertThat(selector.keptTheFlag()).isFalse();
    Caller<Integer> next = start(channel::take).awaitBlocked();
    channel.put(1);
    assertThat(next.result()).isEqualTo(1);
  }

  @Test
  void interruptOfWaitForRoomPutsNothing() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    Caller<String> selector = selectorOfFull(channel);
    selector.interrupt();
    assertThat(selector.failure()).isInstanceOf(InterruptedException.class);
    assertThat(takeAll(channel)).hasSize(shape.capacity()).doesNotContain(-1);
  }

  @Test
  void interruptThatRacesWithPutLosesNoElement() throws Exception {
    for (int round = 0; round < 20; round++) {
      Channel<Integer> channel = create();
      Caller<String> selector =
          start(() -> Select.<String>select(channel.onTake(e -> "took " + e), onIdle()));
      if (round % 2 == 0) {
        selector.awaitBlocked();
      }
      Caller<Boolean> putter = start(() -> channel.offer(1, Duration.ofMillis(20)));
      spin();
      selector.interrupt();
      boolean put = putter.result();
      selector.end();
      if (channel.stats().takes() == 1) {
        assertThat(selector.result()).isEqualTo("took 1");
      } else {
        assertThat(selector.failure()).isInstanceOf(InterruptedException.class);
        assertThat(takeAll(channel)).hasSize(put ? 1 : 0);
      }
    }
  }

  @Test
  void selectingConsumersAndPlainProducersMoveEachElementOnce() throws Exception {
    Channel<Integer> channel = create();
    int many = 1_000;
    int producers = shape.ends().singleProducer ? 1 : 2;
    List<Integer> taken = new ArrayList<>();
    moveMany(channel, producers, many, () -> selectToEnd(channel)).forEach(taken::addAll);
    assertThat(taken).hasSize(producers * many).doesNotHaveDuplicates();
  }

  private static List<Integer> selectToEnd(Channel<Integer> channel) throws InterruptedException {
    List<Integer> taken = new ArrayList<>();
    Select.Clause<Boolean> take = channel.onTake(taken::add);
    try {
      while (true) {
        var _ = select(take);
      }
    } catch (ChannelClosedException e) {
      return taken;
    }
  }

  @Test
  void selectingProducersAndPlainConsumerMoveEachElementOnce() throws Exception {
    Channel<Integer> channel = create();
    int many = 1_000;
    int producers = shape.ends().singleProducer ? 1 : 2;
    List<Caller<?>> putters = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int first = p * many;
      putters.add(
          start(() -> {
            for (int i = first; i < first + many; i++) {
              var _ = Select.<String>select(onIdle(), channel.onPut(i, () -> "put"));
            }
            return null;
          }));
    }
    List<Integer> taken = take(channel, producers * many);
    awaitAll(putters);
    assertThat(taken).doesNotHaveDuplicates();
    assertThat(channel.size()).isZero();
  }

  private static void spin() {
    for (int n = ThreadLocalRandom.current().nextInt(5_000); n > 0; n--) {
      Thread.onSpinWait();
    }
  }
}
