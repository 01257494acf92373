package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// Draining takes many at once and loses none, whatever the action does.
public class ChannelDrainTest extends ChannelContract {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final List<Integer> drained = new ArrayList<>();

  @Test
  void takesWhatIsThereInOrder() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 2_000));
    assertThat(channel.drain(drained::add, Integer.MAX_VALUE)).isEqualTo(put.size());
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
    assertThat(channel.size()).isZero();
    assertThat(channel.drain(drained::add, Integer.MAX_VALUE)).isZero();
  }

  @Test
  void takesNoMoreThanAsked() {
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 1_000));
    assertThat(channel.drain(drained::add, 0)).isZero();
    for (int max = 1; drained.size() < put.size(); max++) {
      int before = drained.size();
      int n = channel.drain(drained::add, max);
      assertThat(n).isEqualTo(Math.min(max, put.size() - before));
      assertThat(drained).hasSize(before + n);
    }
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void timedDrainTakesWhatIsThereWithoutWaiting() throws Exception {
    Channel<Integer> channel = create();
    needsRoomFor(1);
    List<Integer> put = put(channel, Math.min(shape.capacity(), 5));
    assertThat(channel.drain(drained::add, 1, LONG)).isEqualTo(1);
    if (put.size() > 1) {
      assertThat(channel.drain(drained::add, 100, LONG)).isEqualTo(put.size() - 1);
    }
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void timedDrainWaitsForTheFirstOnly() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> drainer = start(() -> channel.drain(drained::add, 100, LONG)).awaitBlocked();
    channel.put(1);
    assertThat(drainer.result()).isEqualTo(1);
    assertThat(drained).containsExactly(1);
  }

  @Test
  void timedDrainOfNothingDoesNotWait() throws Exception {
    Channel<Integer> channel = create();
    assertThat(channel.drain(drained::add, 0, LONG)).isZero();
  }

  @Test
  void drainMakesRoomForAllWhoWaitToPut() throws Exception {
    needsManyProducers();
    Channel<Integer> channel = create();
    List<Integer> all = new ArrayList<>(fill(channel));
    List<Caller<?>> putters = waitingPutters(channel, 3, all);
    while (drained.size() < all.size()) {
      channel.drain(drained::add, Integer.MAX_VALUE, LONG);
    }
    awaitAll(putters);
    assertThat(drained).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void actionThatThrowsOnceLosesNothing() {
    needsRoomFor(2);
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 500));
    RuntimeException failure = new IllegalArgumentException("the first");
    assertThatThrownBy(() ->
            channel.drain(
                e -> {
                  drained.add(e);
                  if (drained.size() == 1) {
                    throw failure;
                  }
                },
                Integer.MAX_VALUE))
        .satisfies(e -> assertThat(e).isSameAs(failure));
    assertThat(drained).isNotEmpty();
    drained.addAll(takeAll(channel));
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void laterExceptionsOfTheActionAreSuppressed() {
    needsRoomFor(2);
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 500));
    List<Throwable> thrown = new ArrayList<>();
    Throwable failure =
        catchThrowable(() ->
            channel.drain(
                e -> {
                  drained.add(e);
                  RuntimeException each = new IllegalArgumentException("element " + e);
                  thrown.add(each);
                  throw each;
                },
                Integer.MAX_VALUE));
    assertThat(failure).isInstanceOf(CompletionException.class).cause().isSameAs(thrown.getFirst());
    assertThat(failure.getSuppressed()).containsExactlyElementsOf(thrown.subList(1, thrown.size()));
    drained.addAll(takeAll(channel));
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void actionMayThrowTheSameAgainAndAgain() {
    needsRoomFor(2);
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 100));
    Error failure = new AssertionError("always the same");
    assertThatThrownBy(() ->
            channel.drain(
                e -> {
                  drained.add(e);
                  throw failure;
                },
                Integer.MAX_VALUE))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(failure)
        .hasNoSuppressedExceptions();
    drained.addAll(takeAll(channel));
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void timedDrainLosesNothingWhenTheActionThrows() {
    needsRoomFor(1);
    Channel<Integer> channel = create();
    List<Integer> put = put(channel, Math.min(shape.capacity(), 100));
    assertThatThrownBy(() ->
            channel.drain(
                e -> {
                  drained.add(e);
                  throw new IllegalArgumentException("element " + e);
                },
                Integer.MAX_VALUE,
                LONG))
        .satisfies(e ->
            assertThat(e instanceof CompletionException ? e.getCause() : e)
                .isInstanceOf(IllegalArgumentException.class));
    drained.addAll(takeAll(channel));
    assertThat(drained).isEqualTo(shape.inTakeOrder(put));
  }

  @Test
  void channelWorksOnAfterAnActionThrew() throws Exception {
    Channel<Integer> channel = create();
    List<Integer> put = fill(channel);
    needsRoomFor(1);
    assertThatThrownBy(() ->
            channel.drain(
                _ -> {
                  throw new IllegalArgumentException("no");
                },
                1))
        .hasMessage("no");
    assertThat(channel.size()).isEqualTo(put.size() - 1);
    putNow(channel, -1);
    assertThat(takeAll(channel)).hasSize(shape.capacity());
    channel.put(1);
    assertThat(channel.take()).isEqualTo(1);
  }

  @Test
  void actionMayUseTheChannel() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    int n =
        channel.drain(
            e -> {
              drained.add(e);
              putNow(channel, e + 1);
              assertThat(channel.size()).isEqualTo(1);
            },
            1);
    assertThat(n).isEqualTo(1);
    assertThat(channel.poll(Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void otherThreadsMayUseTheChannelWhileTheActionRuns() {
    Channel<Integer> channel = create();
    put(channel, 1);
    channel.drain(
        _ -> {
          try {
            assertThat(start(channel::size).result()).isZero();
            assertThat(start(channel::isClosed).result()).isFalse();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        1);
  }
}
