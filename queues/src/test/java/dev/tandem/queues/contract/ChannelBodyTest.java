package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Bodies close their channel as they end, so that no thread at the other end waits for ever.
public class ChannelBodyTest extends ChannelContract {
  @Test
  void producerThatReturnsClosesTheChannel() throws Exception {
    Channel<Integer> channel = create();
    Caller<Void> producer =
        start(
            channel.producer(sink -> {
              sink.put(1);
              sink.put(2);
            }));
    List<Integer> taken = new ArrayList<>();
    channel.forEach(taken::add);
    assertThat(producer.result()).isNull();
    assertThat(taken).containsExactlyInAnyOrder(1, 2);
    assertThat(channel.isDrained()).isTrue();
    assertClosed(channel::take);
  }

  @Test
  void bodyRunsOnlyWhenItIsCalled() {
    Channel<Integer> channel = create();
    Callable<Void> producer =
        channel.producer(_ -> {
          throw new AssertionError("called too early");
        });
    Callable<Void> consumer =
        channel.consumer(_ -> {
          throw new AssertionError("called too early");
        });
    assertThat(producer).isNotNull();
    assertThat(consumer).isNotNull();
    assertThat(channel.isClosed()).isFalse();
  }

  @Test
  void bodyOfProducerRunsInTheCallingThread() throws Exception {
    Channel<Integer> channel = create();
    List<Thread> by = new ArrayList<>();
    channel.producer(_ -> by.add(Thread.currentThread())).call();
    assertThat(by).containsExactly(Thread.currentThread());
    assertThat(channel.isClosed()).isTrue();
  }

  @Test
  void failureOfProducerIsTheCauseAfterWhatItPut() throws Exception {
    for (Throwable failure :
        List.of(
            new IOException("no feed"),
            new IllegalStateException("bad state"),
            new AssertionError("an error"),
            new InterruptedException("stopped"))) {
      Channel<Integer> channel = create();
      Caller<Void> producer =
          start(
              channel.producer(sink -> {
                sink.put(1);
                sneak(failure);
              }));
      assertThat(channel.take()).isEqualTo(1);
      assertClosed(failure, channel::take);
      assertThat(producer.failure()).isSameAs(failure).hasNoSuppressedExceptions();
    }
  }

  @Test
  void producerWhoseChannelIsClosedUnderItThrowsThat() throws Exception {
    needsCloseByAnyThread();
    Throwable cause = new IOException("nobody reads");
    Channel<Integer> channel = create();
    Caller<Void> producer = endlessProducer(channel);
    assertThat(channel.take()).isNotNull();
    channel.closeExceptionally(cause);
    assertThat(producer.failure()).isInstanceOf(ChannelClosedException.class).hasCause(cause);
    takeAll(channel);
    assertClosed(cause, channel::take);
  }

  @Test
  void consumerThatReturnsLeavesTheChannelAsItIs() throws Exception {
    Channel<Integer> channel = create();
    Caller<Void> consumer =
        start(channel.consumer(source -> assertThat(source.take()).isEqualTo(1)));
    channel.put(1);
    assertThat(consumer.result()).isNull();
    assertThat(channel.isClosed()).isFalse();
    assertThat(channel.offer(2)).isEqualTo(!shape.isRendezvous());
  }

  @Test
  void failureOfConsumerStopsTheProducer() throws Exception {
    Throwable failure = new IOException("disk full");
    Channel<Integer> channel = create();
    Caller<Void> producer = endlessProducer(channel);
    assertThatThrownBy(() ->
            channel
                .consumer(source -> {
                  assertThat(source.take()).isNotNull();
                  sneak(failure);
                })
                .call())
        .satisfies(e -> assertThat(e).isSameAs(failure))
        .hasNoSuppressedExceptions();
    assertThat(producer.failure())
        .isInstanceOf(ChannelClosedException.class)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThat(channel.isClosed()).isTrue();
    takeAll(channel);
    assertClosed(failure, channel::take);
  }

  @Test
  void failureOfConsumerStopsProducerThatWaitsForRoom() throws Exception {
    needsBound();
    Error failure = new AssertionError("an error");
    Channel<Integer> channel = create();
    Caller<Void> producer = endlessProducer(channel).awaitBlocked();
    assertThatThrownBy(() ->
            channel
                .consumer(_ -> {
                  throw failure;
                })
                .call())
        .isSameAs(failure);
    assertThat(producer.failure())
        .isInstanceOf(ChannelClosedException.class)
        .satisfies(e -> assertThat(e.getCause()).isSameAs(failure));
    assertThat(takeAll(channel)).hasSize(shape.capacity());
  }

  @Test
  void failureAfterCloseKeepsTheFirstReason() {
    Channel<Integer> channel = create();
    IOException failure = new IOException("too late");
    assertThatThrownBy(() ->
            channel
                .producer(sink -> {
                  sink.close();
                  throw failure;
                })
                .call())
        .isSameAs(failure);
    assertClosed(channel::take);
  }

  @Test
  void interruptOfProducerIsTheCause() throws Exception {
    needsBound();
    Channel<Integer> channel = create();
    Caller<Void> producer = endlessProducer(channel).awaitBlocked();
    producer.interrupt();
    Throwable failure = producer.failure();
    assertThat(failure).isInstanceOf(InterruptedException.class);
    assertThat(takeAll(channel)).hasSize(shape.capacity());
    assertClosed(failure, channel::take);
  }

  /// {@return a thread whose producer's body puts until it cannot any more}
  private Caller<Void> endlessProducer(Channel<Integer> channel) {
    return start(
        channel.producer(sink -> {
          for (int i = 0; true; i++) {
            sink.put(i);
          }
        }));
  }

  @SuppressWarnings("unchecked")
  private static <X extends Throwable> void sneak(Throwable failure) throws X {
    throw (X) failure;
  }
}
