package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.internal.Parker;
import dev.tandem.queues.internal.Waiter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A waiter leaves between the two steps of a waker, which has got hold of it and has not signalled
/// it yet. One thread does the steps of all of them, in the order that matters. The waiters have
/// not set the flag, so the put (or take) that has got hold of one is a step that looks at no list,
/// and a look at the first of the list.
class LeavingWaiterTest {
  private static BufferedChannel<StressItem> of(StressShape shape) {
    return (BufferedChannel<StressItem>) shape.create(2, cf -> cf);
  }

  private static Waiter waiter() {
    return new Waiter(new Parker(), true);
  }

  /// Puts up to the point where the put has got hold of this waiter.
  private static Waiter putThatGotHoldOf(BufferedChannel<StressItem> channel, Waiter looking) {
    assertThat(channel.tryPut(new StressItem(0, 1))).isEqualTo(AbstractChannel.PUT);
    assertThat(channel.takers.peek()).isSameAs(looking);
    return looking;
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RENDEZVOUS", "PRODUCER_CLOSED"})
  void takerThatFindsItsElementByItselfLeavesTheWakeUpToTheNext(StressShape shape) {
    BufferedChannel<StressItem> channel = of(shape);
    Waiter looking = waiter();
    Waiter behind = waiter();
    channel.takers.add(looking);
    channel.takers.add(behind);
    Waiter gotHoldOf = putThatGotHoldOf(channel, looking);

    assertThat(channel.tryTake()).isEqualTo(new StressItem(0, 1));
    channel.leaveTake(looking);
    channel.tryPut(new StressItem(0, 2)); // finds no flag
    assertThat(behind.parker().winner()).isNull();
    channel.rearmTake();
    if (!gotHoldOf.signal()) {
      channel.wakeTakers(1);
    }

    assertThat(behind.parker().winner()).isSameAs(behind);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RENDEZVOUS", "UNBOUNDED", "PRODUCER_CLOSED"})
  void putterThatFindsRoomByItselfLeavesTheWakeUpToTheNext(StressShape shape) {
    BufferedChannel<StressItem> channel = of(shape);
    for (int i = 0; i < channel.capacity(); i++) {
      channel.tryPut(new StressItem(0, i));
    }
    Waiter looking = waiter();
    Waiter behind = waiter();
    assertThat(channel.tryTake()).isNotNull(); // finds no flag
    channel.putters.add(looking);
    channel.putters.add(behind);
    assertThat(channel.putters.peek()).isSameAs(looking);

    assertThat(channel.tryPut(new StressItem(0, 8))).isEqualTo(AbstractChannel.PUT);
    channel.leavePut(looking);
    channel.tryTake(); // finds no flag
    assertThat(behind.parker().winner()).isNull();
    channel.rearmPut(true);
    if (!looking.signal()) {
      channel.wakePutter();
    }

    assertThat(behind.parker().winner()).isSameAs(behind);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RENDEZVOUS", "PRODUCER_CLOSED"})
  void takerThatWasToldAndLeavesWakesTheNext(StressShape shape) {
    BufferedChannel<StressItem> channel = of(shape);
    Waiter told = waiter();
    Waiter behind = waiter();
    channel.takers.add(told);
    channel.takers.add(behind);
    putThatGotHoldOf(channel, told);
    assertThat(told.signal()).isTrue();
    channel.leaveTake(told);
    assertThat(behind.parker().winner()).isSameAs(behind);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RENDEZVOUS", "PRODUCER_CLOSED"})
  void selectThatWasWokenElsewhereLeavesTheWakeUpToTheNext(StressShape shape) {
    BufferedChannel<StressItem> channel = of(shape);
    Parker select = new Parker();
    Waiter here = new Waiter(select, true);
    Waiter elsewhere = new Waiter(select, true);
    Waiter behind = waiter();
    channel.takers.add(here);
    channel.takers.add(behind);
    Waiter gotHoldOf = putThatGotHoldOf(channel, here);
    assertThat(elsewhere.signal()).isTrue();
    channel.tryTake();
    channel.leaveTake(here); // there is nothing to take: it owes nothing
    channel.tryPut(new StressItem(0, 2)); // finds no flag
    assertThat(behind.parker().winner()).isNull();
    assertThat(gotHoldOf.signal()).isFalse(); // so the put goes on
    channel.wakeTakers(1);
    assertThat(behind.parker().winner()).isSameAs(behind);
  }
}
