package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.contract.ChannelShape.Need;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// `closeNow` hands back the elements that no taker got.
public class ChannelCloseNowTest extends ChannelContract {
  /// {@return what closeNow returns} Where only the producer closes, it closes first.
  private List<Integer> closeNow(Channel<Integer> channel) {
    if (shape.isClosedByProducer()) {
      channel.close();
    }
    return channel.closeNow();
  }

  @Test
  void handsBackWhatIsLeftInTheOrderOfTakes() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 100));
    List<Integer> expected = new ArrayList<>(shape.inTakeOrder(put));
    if (!put.isEmpty()) {
      assertThat(channel.poll()).isEqualTo(expected.removeFirst());
    }
    assertThat(closeNow(channel)).isEqualTo(expected);
    assertThat(channel.isClosed()).isTrue();
    assertThat(channel.isDrained()).isTrue();
    assertThat(channel.size()).isZero();
    assertClosed(channel::take);
    assertClosed(() -> channel.put(1));
  }

  @Test
  void handsBackNothingASecondTime() {
    Channel<Integer> channel = create();
    put(channel, Math.min(shape.capacity(), 3));
    assertThat(closeNow(channel)).hasSize(Math.min(shape.capacity(), 3));
    assertThat(closeNow(channel)).isEmpty();
  }

  @Test
  void worksAfterCloseAndKeepsItsCause() {
    Throwable cause = new IOException("gone");
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 3));
    channel.closeExceptionally(cause);
    assertThat(channel.closeNow()).isEqualTo(shape.inTakeOrder(put));
    assertClosed(cause, channel::take);
  }

  @Test
  void endsTakerThatWaits() throws Exception {
    needsCloseByAnyThread();
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(channel::take).awaitBlocked();
    assertThat(channel.closeNow()).isEmpty();
    assertThat(taker.failure()).isInstanceOf(ChannelClosedException.class);
  }

  @Test
  void endsPutterThatWaitsAndLeavesItItsElement() throws Exception {
    needsBound();
    needsCloseByAnyThread();
    Channel<Integer> channel = create();
    Caller<?> putter = putterOfFull(channel, -1);
    assertThat(channel.closeNow()).hasSize(shape.capacity()).doesNotContain(-1);
    assertThat(putter.failure()).isInstanceOf(ChannelClosedException.class);
  }

  @Test
  void undeliveredElementsGoToTheActionInThisThreadAndInOrder() {
    needs(Need.UNDELIVERED);
    List<Integer> seen = new ArrayList<>();
    List<Thread> by = new ArrayList<>();
    Channel<Integer> channel =
        create(cf ->
            cf.withUndelivered(e -> {
              seen.add(e);
              by.add(Thread.currentThread());
            }));
    List<Integer> put = put(channel, Math.min(shape.capacity(), 10));
    List<Integer> back = closeNow(channel);
    assertThat(back).isEqualTo(shape.inTakeOrder(put));
    assertThat(seen).isEqualTo(back);
    assertThat(by).hasSameSizeAs(put).allMatch(Thread.currentThread()::equals);
  }

  @Test
  void deliveredElementsDoNotGoToTheAction() {
    needs(Need.UNDELIVERED);
    List<Integer> seen = new ArrayList<>();
    Channel<Integer> channel = create(cf -> cf.withUndelivered(seen::add));
    int n = put(channel, Math.min(shape.capacity(), 10)).size();
    channel.close();
    assertThat(takeAll(channel)).hasSize(n);
    assertThat(channel.closeNow()).isEmpty();
    assertThat(seen).isEmpty();
  }

  @Test
  void actionThatThrowsIsStillCalledForTheOthers() {
    needs(Need.UNDELIVERED);
    needsRoomFor(3);
    List<Integer> seen = new ArrayList<>();
    List<RuntimeException> thrown = new ArrayList<>();
    Channel<Integer> channel =
        create(cf ->
            cf.withUndelivered(e -> {
              seen.add(e);
              RuntimeException failure = new IllegalArgumentException("element " + e);
              thrown.add(failure);
              throw failure;
            }));
    List<Integer> put = put(channel, 3);
    assertThatThrownBy(() -> closeNow(channel))
        .isInstanceOf(CompletionException.class)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(thrown.getFirst()))
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    assertThat(seen).isEqualTo(shape.inTakeOrder(put));
    assertThat(channel.isDrained()).isTrue();
    assertThat(closeNow(channel)).isEmpty();
  }

  @Test
  void actionThatThrowsTheSameAgainAndAgainIsStillCalledForTheOthers() {
    needs(Need.UNDELIVERED);
    needsRoomFor(3);
    List<Integer> seen = new ArrayList<>();
    RuntimeException failure = new IllegalArgumentException("always the same");
    Channel<Integer> channel =
        create(cf ->
            cf.withUndelivered(e -> {
              seen.add(e);
              throw failure;
            }));
    put(channel, 3);
    assertThatThrownBy(() -> closeNow(channel))
        .cause()
        .isSameAs(failure)
        .hasNoSuppressedExceptions();
    assertThat(seen).hasSize(3);
  }

  @Test
  void whatIsHandedBackCountsAsTakenAndDone() throws Exception {
    Channel<Integer> channel = create();
    int n = put(channel, Math.min(shape.capacity(), 10)).size();
    closeNow(channel);
    assertThat(channel.stats().takes()).isEqualTo(n);
    assertThat(channel.awaitDone(Duration.ZERO)).isTrue();
    channel.awaitDone();
  }

  @Test
  void openChannelThatOnlyItsProducerClosesRefuses() {
    Channel<Integer> channel = create();
    assumeTrue(shape.isClosedByProducer());
    put(channel, 1);
    assertThatThrownBy(channel::closeNow)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("withCloseByProducer");
    assertThat(channel.isClosed()).isFalse();
    assertThat(takeAll(channel)).hasSize(1);
  }
}
