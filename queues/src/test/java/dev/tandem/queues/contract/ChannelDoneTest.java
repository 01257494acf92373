package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `awaitDone` waits until the work is done, and not only until the queue is empty.
public class ChannelDoneTest extends ChannelContract {
  private static final Duration LONG = Duration.ofSeconds(50);

  private Caller<?> startAwaitDone(Channel<Integer> channel) {
    return start(
            () -> {
              channel.awaitDone();
              return null;
            })
        .awaitBlocked();
  }

  @Test
  void nothingToDoIsDone() throws Exception {
    Channel<Integer> channel = create();
    channel.awaitDone();
    assertThat(channel.awaitDone(Duration.ZERO)).isTrue();
    assertThat(channel.awaitDone(LONG)).isTrue();
    channel.close();
    channel.awaitDone();
  }

  @Test
  void elementThatWasTakenIsNotDoneYet() throws Exception {
    Channel<Integer> channel = create();
    needsRoomFor(1);
    channel.put(1);
    assertThat(channel.awaitDone(Duration.ZERO)).isFalse();
    assertThat(channel.take()).isEqualTo(1);
    assertThat(channel.awaitDone(Duration.ZERO)).isFalse();
    channel.taskDone();
    assertThat(channel.awaitDone(Duration.ZERO)).isTrue();
    channel.awaitDone();
  }

  @Test
  void awaitDoneWaitsForTheLastOne() throws Exception {
    Channel<Integer> channel = create();
    int n = put(channel, Math.max(1, Math.min(shape.capacity(), 10))).size();
    Caller<?> waiter = startAwaitDone(channel);
    for (int i = 0; i < n; i++) {
      waiter.awaitBlocked();
      assertThat(channel.take()).isNotNull();
      channel.taskDone();
    }
    waiter.result();
  }

  @Test
  void timedAwaitDoneEndsWhenAllIsDone() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    Caller<Boolean> waiter = start(() -> channel.awaitDone(LONG)).awaitBlocked();
    assertThat(channel.take()).isEqualTo(0);
    channel.taskDone();
    assertThat(waiter.result()).isTrue();
  }

  @Test
  void awaitDoneWaitsForElementsPutMeanwhile() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    Caller<?> waiter = startAwaitDone(channel);
    assertThat(channel.take()).isEqualTo(0);
    channel.put(1);
    channel.taskDone();
    waiter.awaitBlocked();
    assertThat(channel.take()).isEqualTo(1);
    channel.taskDone();
    waiter.result();
  }

  @Test
  void severalMayWait() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    List<Caller<?>> waiters =
        List.of(startAwaitDone(channel), startAwaitDone(channel), startAwaitDone(channel));
    assertThat(channel.take()).isEqualTo(0);
    channel.taskDone();
    for (Caller<?> waiter : waiters) {
      waiter.result();
    }
  }

  @Test
  void everyWayToTakeCounts() throws Exception {
    needs(Need.QUEUE_VIEW);
    Channel<Integer> channel = create();
    needsRoomFor(1);
    channel.put(1);
    assertThat(channel.drain(_ -> {}, 1)).isEqualTo(1);
    channel.put(2);
    assertThat(channel.iterator().next()).isEqualTo(2);
    channel.put(3);
    assertThat(channel.asBlockingQueue().poll()).isEqualTo(3);
    channel.put(4);
    assertThat(channel.stream().findFirst()).hasValue(4);
    for (int i = 0; i < 4; i++) {
      assertThat(channel.awaitDone(Duration.ZERO)).isFalse();
      channel.taskDone();
    }
    assertThat(channel.awaitDone(Duration.ZERO)).isTrue();
  }

  @Test
  void elementThatIsHandedOverCounts() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(channel::take).awaitBlocked();
    channel.put(1);
    assertThat(taker.result()).isEqualTo(1);
    assertThat(channel.awaitDone(Duration.ZERO)).isFalse();
    channel.taskDone();
    channel.awaitDone();
  }

  @Test
  void doneForNothingIsRefused() throws Exception {
    Channel<Integer> channel = create();
    assertThatIllegalStateException()
        .isThrownBy(channel::taskDone)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    put(channel, Math.min(shape.capacity(), 1));
    assertThatIllegalStateException().isThrownBy(channel::taskDone);
    int taken = takeAll(channel).size();
    for (int i = 0; i < taken; i++) {
      channel.taskDone();
    }
    assertThatIllegalStateException().isThrownBy(channel::taskDone);
    channel.awaitDone();
  }

  @Test
  void closeNowFinishesWhatWasNotTaken() throws Exception {
    needsCloseByAnyThread();
    Channel<Integer> channel = create();
    needsRoomFor(2);
    put(channel, 2);
    assertThat(channel.take()).isNotNull();
    Caller<?> waiter = startAwaitDone(channel);
    assertThat(channel.closeNow()).hasSize(1);
    waiter.awaitBlocked();
    channel.taskDone();
    waiter.result();
  }

  @Test
  void closeNowWakesWhoWaits() throws Exception {
    needsCloseByAnyThread();
    Channel<Integer> channel = create();
    put(channel, 1);
    Caller<?> waiter = startAwaitDone(channel);
    assertThat(channel.closeNow()).hasSize(1);
    waiter.result();
  }

  @Test
  void plainCloseChangesNothing() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    Caller<?> waiter = startAwaitDone(channel);
    channel.close();
    waiter.awaitBlocked();
    assertThat(channel.take()).isEqualTo(0);
    channel.taskDone();
    waiter.result();
  }

  @Test
  void closeWithCauseEndsTheWait() throws Exception {
    Throwable cause = new IOException("the worker died");
    Channel<Integer> channel = create();
    put(channel, 1);
    Caller<?> waiter = startAwaitDone(channel);
    Caller<?> timed = start(() -> channel.awaitDone(LONG)).awaitBlocked();
    channel.closeExceptionally(cause);
    for (Caller<?> caller : List.of(waiter, timed)) {
      assertThat(caller.failure())
          .isInstanceOf(ChannelClosedException.class)
          .cause()
          .is(theOne(cause));
    }
    assertClosed(cause, channel::awaitDone);
    assertClosed(cause, () -> channel.awaitDone(Duration.ZERO));
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    Caller<?> waiter = startAwaitDone(channel);
    waiter.interrupt();
    assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
    assertThat(waiter.keptTheFlag()).isFalse();
    Caller<Boolean> timed = start(() -> channel.awaitDone(LONG)).awaitBlocked();
    timed.interrupt();
    assertThat(timed.failure()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void awaitDoneSeesTheEndOfAllWork() throws Exception {
    for (int round = 0; round < shape.factory().many(20); round++) {
      Channel<Integer> channel = create();
      int[] sum = new int[1];
      Caller<?> worker =
          start(() -> {
            for (Integer element : channel) {
              sum[0] += element;
              channel.taskDone();
            }
            return null;
          });
      int expected = 0;
      for (int i = 1; i <= 50; i++) {
        channel.put(i);
        expected += i;
        if (i % 10 == 0) {
          channel.awaitDone();
          assertThat(sum[0]).isEqualTo(expected);
        }
      }
      channel.close();
      worker.result();
    }
  }
}
