package dev.tandem.queues;

import static dev.tandem.queues.Select.after;
import static dev.tandem.queues.Select.otherwise;
import static dev.tandem.queues.Select.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A select over one channel of each shape and one idle neighbour.
class ChannelSelectTest extends ChannelContract {
  private static final Duration SHORT = Duration.ofMillis(15);

  private final Channel<String> idle = Channel.bounded(1);

  private Select.Clause<String> onIdle() {
    return idle.onTake(element -> "idle " + element);
  }

  @AfterEach
  void clearFlag() {
    var _ = Thread.interrupted();
  }

  @Test
  void takesWhatIsThere() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    assertThat(Select.<String>select(onIdle(), channel.onTake(e -> "took " + e)))
        .isEqualTo("took 0");
    assertThat(channel.size()).isZero();
  }

  @Test
  void putsWhereThereIsRoom() throws Exception {
    Channel<Integer> channel = create();
    needsRoomFor(1);
    assertThat(Select.<String>select(onIdle(), channel.onPut(5, () -> "put"))).isEqualTo("put");
    assertThat(takeAll(channel)).containsExactly(5);
  }

  @Test
  void waitsForAnElement() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> selector = start(() -> Select.<Integer>select(channel.onTake(e -> e + 1)));
    selector.awaitBlocked();
    channel.put(1);
    assertThat(selector.result()).isEqualTo(2);
    assertThat(channel.size()).isZero();
  }

  @Test
  void waitsForRoom() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    Caller<String> selector =
        start(
                () -> {
                  fill(channel);
                  return Select.<String>select(onIdle(), channel.onPut(-1, () -> "put"));
                })
            .awaitBlocked();
    List<Integer> taken = new ArrayList<>();
    taken.add(channel.take());
    assertThat(selector.result()).isEqualTo("put");
    taken.addAll(takeAll(channel));
    assertThat(taken).hasSize(shape.capacity() + 1).contains(-1);
  }

  @Test
  void closeEndsTheWaitOfTheLastSource() throws Exception {
    Channel<Integer> channel = create();
    Caller<String> selector =
        start(() -> Select.<String>select(onIdle(), channel.onTake(e -> "took " + e)))
            .awaitBlocked();
    channel.close();
    selector.awaitBlocked();
    idle.close();
    assertThat(selector.failure()).isInstanceOf(ChannelClosedException.class).hasNoCause();
  }

  @Test
  void sourceThatEndedDropsOut() throws Exception {
    Channel<Integer> channel = create();
    put(channel, Math.min(shape.capacity(), 1));
    channel.close();
    takeAll(channel);
    idle.put("a");
    for (int i = 0; i < 10; i++) {
      assertThat(Select.<String>select(channel.onTake(e -> "took " + e), onIdle()))
          .isEqualTo("idle a");
      idle.put("a");
    }
  }

  @Test
  void closedSourceStillGivesWhatIsLeft() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    channel.close();
    assertThat(Select.<Integer>select(channel.onTake(e -> e))).isEqualTo(0);
    assertClosed(() -> Select.<Integer>select(channel.onTake(e -> e)));
  }

  @Test
  void causeOfSourceIsThrownAtOnce() throws Exception {
    Throwable cause = new IOException("no feed");
    Channel<Integer> channel = create();
    Caller<String> selector =
        start(() -> Select.<String>select(onIdle(), channel.onTake(e -> "took " + e)))
            .awaitBlocked();
    channel.closeExceptionally(cause);
    assertClosed(
        cause,
        () -> {
          throw selector.failure();
        });
    assertClosed(cause, () -> Select.<String>select(onIdle(), channel.onTake(e -> "took " + e)));
    assertClosed(
        cause,
        () ->
            Select.<String>select(
                channel.onTake(e -> "took " + e), after(SHORT, () -> "time"), onIdle()));
  }

  @Test
  void causeIsThrownOnlyWhenTheSourceIsEmpty() throws Exception {
    Throwable cause = new IOException("no feed");
    Channel<Integer> channel = create();
    put(channel, 1);
    channel.closeExceptionally(cause);
    assertThat(Select.<Integer>select(channel.onTake(e -> e))).isEqualTo(0);
    assertClosed(cause, () -> Select.<Integer>select(channel.onTake(e -> e)));
  }

  @Test
  void closedSinkIsThrownAtOnce() throws Exception {
    Channel<Integer> channel = create();
    channel.close();
    assertClosed(() -> Select.<String>select(onIdle(), channel.onPut(1, () -> "put")));
    assertClosed(
        () -> Select.<String>select(after(SHORT, () -> "time"), channel.onPut(1, () -> "put")));
  }

  @Test
  void closeEndsTheWaitForRoom() throws Exception {
    needsBound();
    needsCloseByAnyThread();
    Throwable cause = new IOException("nobody reads");
    Channel<Integer> channel = create();
    Caller<String> selector =
        start(
                () -> {
                  fill(channel);
                  return Select.<String>select(onIdle(), channel.onPut(-1, () -> "put"));
                })
            .awaitBlocked();
    channel.closeExceptionally(cause);
    assertClosed(
        cause,
        () -> {
          throw selector.failure();
        });
    assertThat(takeAll(channel)).hasSize(shape.capacity()).doesNotContain(-1);
  }

  @Test
  void afterIsNotEarlyAndNothingIsTakenLater() throws Exception {
    Channel<Integer> channel = create();
    long start = System.nanoTime();
    String chosen =
        Select.select(channel.onTake(e -> "took " + e), after(SHORT, () -> "time"), onIdle());
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(chosen).isEqualTo("time");
    assertThat(channel.offer(1)).isEqualTo(!shape.isRendezvous());
    assertThat(channel.stats().takes()).isZero();
  }

  @Test
  void nothingIsPutAfterTheTimeIsOver() throws Exception {
    Channel<Integer> channel = create();
    List<Integer> put = fill(channel);
    assertThat(Select.<String>select(channel.onPut(-1, () -> "put"), after(SHORT, () -> "time")))
        .isEqualTo("time");
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void otherwiseNeverWaits() throws Exception {
    Channel<Integer> channel = create();
    Select.Clause<String> take = channel.onTake(e -> "took " + e);
    assertThat(Select.<String>select(take, otherwise(() -> "nothing"))).isEqualTo("nothing");
    if (!shape.isRendezvous()) {
      channel.put(1);
      assertThat(Select.<String>select(otherwise(() -> "nothing"), take)).isEqualTo("took 1");
    }
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
    Caller<String> selector =
        start(
                () -> {
                  fill(channel);
                  return Select.<String>select(onIdle(), channel.onPut(-1, () -> "put"));
                })
            .awaitBlocked();
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
  void elementIsTakenEvenIfTheFunctionThrows() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    RuntimeException failure = new IllegalArgumentException("bad element");
    assertThatThrownBy(() ->
            Select.<String>select(
                channel.onTake(_ -> {
                  throw failure;
                })))
        .isSameAs(failure);
    assertThat(channel.size()).isZero();
    assertThat(channel.stats().takes()).isEqualTo(1);
  }

  @Test
  void functionRunsInTheSelectingThreadAndMayUseTheChannel() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    List<Thread> by = new ArrayList<>();
    int left =
        Select.<Integer>select(
            channel.onTake(e -> {
              by.add(Thread.currentThread());
              putNow(channel, e + 7);
              return channel.size();
            }));
    assertThat(left).isEqualTo(1);
    assertThat(by).containsExactly(Thread.currentThread());
    assertThat(takeAll(channel)).containsExactly(7);
  }

  @Test
  void clauseCanBeUsedAgain() throws Exception {
    Channel<Integer> channel = create();
    needsRoomFor(1);
    Select.Clause<String> put = channel.onPut(3, () -> "put");
    Select.Clause<String> take = channel.onTake(e -> "took " + e);
    for (int i = 0; i < 5; i++) {
      assertThat(Select.<String>select(put)).isEqualTo("put");
      assertThat(Select.<String>select(take)).isEqualTo("took 3");
    }
  }

  @Test
  void selectingConsumersAndPlainProducersMoveEachElementOnce() throws Exception {
    Channel<Integer> channel = create();
    int many = 1_000;
    int producers = shape.ends().singleProducer ? 1 : 2;
    List<Caller<?>> putters = new ArrayList<>();
    for (int p = 0; p < producers; p++) {
      int first = p * many;
      putters.add(
          start(() -> {
            for (int i = first; i < first + many; i++) {
              channel.put(i);
            }
            if (shape.isClosedByProducer()) {
              channel.close();
            }
            return null;
          }));
    }
    List<Caller<List<Integer>>> takers = new ArrayList<>();
    for (int c = 0; c < (shape.ends().singleConsumer ? 1 : 2); c++) {
      takers.add(start(() -> selectToEnd(channel)));
    }
    for (Caller<?> putter : putters) {
      putter.result();
    }
    channel.close();
    List<Integer> taken = new ArrayList<>();
    for (Caller<List<Integer>> taker : takers) {
      taken.addAll(taker.result());
    }
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
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < producers * many; i++) {
      taken.add(channel.take());
    }
    for (Caller<?> putter : putters) {
      putter.result();
    }
    assertThat(taken).doesNotHaveDuplicates();
    assertThat(channel.size()).isZero();
  }

  private static void spin() {
    for (int n = ThreadLocalRandom.current().nextInt(5_000); n > 0; n--) {
      Thread.onSpinWait();
    }
  }
}
