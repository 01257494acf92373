package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A close with a cause reaches all threads with that cause, after the elements accepted before.
public class ChannelCloseExceptionallyTest extends ChannelContract {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final Throwable cause = new IOException("no such feed");

  @Test
  void putsAreRefusedWithTheCause() {
    Channel<Integer> channel = create();
    channel.closeExceptionally(cause);
    assertThat(channel.isClosed()).isTrue();
    assertClosed(cause, () -> channel.put(1));
    assertClosed(cause, () -> channel.offer(1));
    assertClosed(cause, () -> channel.offer(1, LONG));
    assertClosed(cause, () -> channel.putAll(List.of(1)));
  }

  @Test
  void takesFindTheCauseAtTheEnd() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 3));
    channel.closeExceptionally(cause);
    assertThat(channel.isDrained()).isEqualTo(put.isEmpty());
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
    assertThat(channel.isDrained()).isTrue();
    assertClosed(cause, channel::take);
    assertClosed(cause, channel::poll);
    assertClosed(cause, () -> channel.poll(LONG));
    assertClosed(cause, () -> channel.drain(_ -> {}, 1));
    assertClosed(cause, () -> channel.drain(_ -> {}, 1, LONG));
  }

  @Test
  void iteratorAndStreamEndWithTheCause() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 3));
    channel.closeExceptionally(cause);
    List<Integer> taken = new ArrayList<>();
    Iterator<Integer> iterator = channel.iterator();
    for (int i = 0; i < put.size(); i++) {
      taken.add(iterator.next());
    }
    assertThat(taken).isEqualTo(shape.inTakeOrder(put));
    assertClosed(cause, iterator::hasNext);
    assertClosed(cause, iterator::next);
    assertClosed(cause, () -> channel.stream().count());
  }

  @Test
  void takerThatWaitsGetsTheCause() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(channel::take).awaitBlocked();
    channel.closeExceptionally(cause);
    assertClosed(
        cause,
        () -> {
          throw taker.failure();
        });
  }

  @Test
  void putterThatWaitsGetsTheCause() throws Exception {
    needsBound();
    needsCloseByAnyThread();
    Channel<Integer> channel = create();
    Caller<?> putter = putterOfFull(channel, -1);
    channel.closeExceptionally(cause);
    assertClosed(
        cause,
        () -> {
          throw putter.failure();
        });
  }

  @Test
  void firstOfTwoCausesCounts() {
    Channel<Integer> channel = create();
    channel.closeExceptionally(cause);
    channel.closeExceptionally(new IllegalStateException("too late"));
    channel.close();
    assertClosed(cause, channel::take);
    assertClosed(cause, () -> channel.put(1));
  }

  @Test
  void causeAfterPlainCloseIsDropped() {
    Channel<Integer> channel = create();
    channel.close();
    channel.closeExceptionally(cause);
    assertClosed(channel::take);
    assertClosed(() -> channel.put(1));
    assertThat(channel.iterator().hasNext()).isFalse();
  }

  @Test
  void causeIsLeftAsItIs() {
    Channel<Integer> channel = create();
    channel.closeExceptionally(cause);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(channel::take).isNotSameAs(cause);
    }
    assertThat(cause).hasNoSuppressedExceptions().hasNoCause();
  }

  @Test
  void anErrorAndAnInterruptAreCausesLikeAnyOther() {
    for (Throwable any : List.of(new OutOfMemoryError("not really"), new InterruptedException())) {
      Channel<Integer> channel = create();
      channel.closeExceptionally(any);
      assertClosed(any, channel::take);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }
}
