package dev.tandem.queues.contract;

import static dev.tandem.queues.Select.after;
import static dev.tandem.queues.Select.otherwise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.Select;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A select over one channel of each shape and one idle neighbour.
public class ChannelSelectTest extends SelectContract {
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
    Caller<String> selector = selectorOfFull(channel);
    List<Integer> taken = new ArrayList<>();
    taken.add(channel.take());
    assertThat(selector.result()).isEqualTo("put");
    taken.addAll(takeAll(channel));
    assertThat(taken).hasSize(shape.capacity() + 1).contains(-1);
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
}
