package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tandem.queues.contract.ThreadKind;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A second thread at the single end of a channel is named when checks are on.
@ParameterizedClass
@EnumSource
class ChannelChecksTest {
  @Parameter ThreadKind threads;

  private final CountDownLatch testEnds = new CountDownLatch(1);

  /// A call on a channel.
  private interface Call {
    void on(Channel<Integer> channel) throws Exception;
  }

  private static final List<Call> PUTS =
      List.of(
          channel -> channel.put(1),
          channel -> channel.offer(1),
          channel -> channel.offer(1, Duration.ofSeconds(50)),
          channel -> channel.putAll(List.of(1, 2)),
          channel -> channel.asBlockingQueue().put(1),
          channel -> channel.asBlockingQueue().add(1),
          channel -> Select.<Integer>select(channel.onPut(1, () -> 1)));

  private static final List<Call> TAKES =
      List.of(
          Channel::take,
          Channel::poll,
          channel -> channel.poll(Duration.ofSeconds(50)),
          channel -> channel.drain(_ -> {}, 1),
          channel -> channel.drain(_ -> {}, 1, Duration.ofSeconds(50)),
          channel -> channel.iterator().hasNext(),
          channel -> channel.stream().findFirst(),
          channel -> channel.asBlockingQueue().poll(),
          channel -> channel.asBlockingQueue().take(),
          channel -> Select.<Integer>select(channel.onTake(e -> e)));

  private static List<Channel<Integer>> channels(UnaryOperator<Channel.Config<Integer>> cf) {
    UnaryOperator<Channel.Config<Integer>> named = c -> cf.apply(c.withName("orders"));
    return List.of(
        Channel.bounded(3, named),
        Channel.bounded(1000, named),
        Channel.unbounded(named),
        Channel.lifo(5, named),
        Channel.priority(5, Integer::compare, named));
  }

  private static List<Channel<Integer>> closedByProducer() {
    return List.of(
        Channel.bounded(5, cf -> cf.withName("orders").withCloseByProducer().withChecks()));
  }

  @AfterEach
  void endThreads() {
    testEnds.countDown();
  }

  /// {@return a thread that has made the call and lives until the end of the test}
  private Thread holder(Channel<Integer> channel, Call call) throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread thread =
        threads.newThread(() -> {
          try {
            call.on(channel);
            called.countDown();
            testEnds.await();
          } catch (Exception e) {
            failure.set(e);
            called.countDown();
          }
        });
    thread.setName("the-holder");
    thread.start();
    called.await();
    assertThat(failure).hasNullValue();
    return thread;
  }

  private Throwable intruder(Channel<Integer> channel, Call call) throws InterruptedException {
    return Caller.start(
            threads,
            () -> {
              Thread.currentThread().setName("the-intruder");
              call.on(channel);
              return "no misuse was seen";
            })
        .failure();
  }

  private void assertIntrudersAreNamed(Channel<Integer> channel, List<Call> calls)
      throws InterruptedException {
    int size = channel.size();
    for (Call call : calls) {
      assertThat(intruder(channel, call))
          .isInstanceOf(IllegalStateException.class)
          .isNotInstanceOf(ChannelClosedException.class)
          .hasMessageContaining("the-holder")
          .hasMessageContaining("the-intruder")
          .hasMessageContaining("orders");
    }
    assertThat(channel.size()).as("what is in the channel").isEqualTo(size);
  }

  @Test
  void secondProducerIsNamed() throws Exception {
    List<Channel<Integer>> channels =
        new ArrayList<>(channels(cf -> cf.withSingleProducer().withChecks()));
    channels.addAll(closedByProducer());
    for (Channel<Integer> channel : channels) {
      holder(channel, c -> c.put(1));
      assertIntrudersAreNamed(channel, PUTS);
    }
  }

  @Test
  void secondConsumerIsNamed() throws Exception {
    List<Channel<Integer>> channels =
        new ArrayList<>(channels(cf -> cf.withSingleConsumer().withChecks()));
    channels.addAll(closedByProducer());
    for (Channel<Integer> channel : channels) {
      holder(channel, Channel::poll);
      channel.put(1);
      assertIntrudersAreNamed(channel, TAKES);
    }
  }

  @Test
  void everyPutMakesAProducer() throws Exception {
    for (Call put : PUTS) {
      for (Channel<Integer> channel : channels(cf -> cf.withSingleProducer().withChecks())) {
        holder(channel, put);
        assertIntrudersAreNamed(channel, List.of(c -> c.offer(1)));
      }
    }
  }

  @Test
  void everyTakeMakesAConsumer() throws Exception {
    for (Call take : TAKES) {
      for (Channel<Integer> channel : channels(cf -> cf.withSingleConsumer().withChecks())) {
        channel.put(1);
        holder(channel, take);
        assertIntrudersAreNamed(channel, List.of(Channel::poll));
      }
    }
  }

  @Test
  void theOneThreadMayDoEverything() throws Exception {
    List<Channel<Integer>> channels =
        new ArrayList<>(channels(cf -> cf.withSingleProducer().withSingleConsumer().withChecks()));
    channels.addAll(closedByProducer());
    for (Channel<Integer> channel : channels) {
      for (Call put : PUTS) {
        put.on(channel);
        while (channel.size() > 0) {
          channel.take();
        }
      }
      for (Call take : TAKES) {
        channel.put(1);
        take.on(channel);
      }
      assertThat(channel.size()).isZero();
    }
  }

  @Test
  void anotherThreadMayTakeOverWhenTheFirstHasEnded() throws Exception {
    List<Channel<Integer>> channels =
        new ArrayList<>(channels(cf -> cf.withSingleProducer().withSingleConsumer().withChecks()));
    channels.addAll(closedByProducer());
    for (Channel<Integer> channel : channels) {
      for (int i = 0; i < 10; i++) {
        int element = i;
        assertThat(Caller.start(threads, () -> channel.offer(element)).result()).isTrue();
        assertThat(Caller.start(threads, channel::take).result()).isEqualTo(element);
      }
      holder(channel, c -> c.put(1));
      assertIntrudersAreNamed(channel, PUTS.subList(0, 1));
    }
  }

  @Test
  void manyEndedThreadsMayHaveBeenBefore() throws Exception {
    Channel<Integer> channel = Channel.bounded(1, cf -> cf.withSingleConsumer().withChecks());
    for (int i = 0; i < 200; i++) {
      channel.put(i);
      assertThat(Caller.start(threads, channel::take).result()).isEqualTo(i);
    }
  }

  @Test
  void endThatIsForManyIsNotChecked() throws Exception {
    for (Channel<Integer> channel : channels(cf -> cf.withSingleConsumer().withChecks())) {
      holder(channel, c -> c.put(1));
      assertThat(Caller.start(threads, () -> channel.offer(2)).result()).isTrue();
    }
    for (Channel<Integer> channel : channels(cf -> cf.withSingleProducer().withChecks())) {
      holder(channel, Channel::poll);
      assertThat(Caller.start(threads, channel::poll).result()).isNull();
    }
  }

  @Test
  void closingAndLookingAreForEveryThread() throws Exception {
    for (Channel<Integer> channel :
        channels(cf -> cf.withSingleProducer().withSingleConsumer().withChecks())) {
      holder(channel, c -> c.put(1));
      holder(channel, Channel::take);
      Caller<List<Integer>> other =
          Caller.start(
              threads,
              () -> {
                assertThat(channel.size()).isZero();
                assertThat(channel.stats().puts()).isEqualTo(1);
                assertThat(channel.isDrained()).isFalse();
                channel.taskDone();
                assertThat(channel.awaitDone(Duration.ZERO)).isTrue();
                channel.close();
                return channel.closeNow();
              });
      assertThat(other.result()).isEmpty();
    }
  }

  @Test
  void producerMayAlsoBeTheConsumerOfNobodyElse() throws Exception {
    for (Channel<Integer> channel : channels(cf -> cf.withSingleProducer().withChecks())) {
      holder(channel, c -> c.put(1));
      assertThat(channel.take()).isEqualTo(1);
    }
  }

  @Test
  void systemPropertyTurnsChecksOnForEveryChannel() throws Exception {
    List<Channel<Integer>> channels;
    System.setProperty("dev.tandem.queues.checks", "true");
    try {
      channels = channels(cf -> cf.withSingleProducer());
    } finally {
      System.clearProperty("dev.tandem.queues.checks");
    }
    for (Channel<Integer> channel : channels) {
      holder(channel, c -> c.put(1));
      assertIntrudersAreNamed(channel, PUTS.subList(0, 2));
    }
  }

  @Test
  void withoutChecksMisuseGoesUnnoticed() throws Exception {
    assumeFalse(Boolean.getBoolean("dev.tandem.queues.checks"), "checks are off");
    for (Channel<Integer> channel : channels(cf -> cf.withSingleProducer().withSingleConsumer())) {
      holder(channel, c -> c.put(1));
      holder(channel, Channel::take);
      assertThat(Caller.start(threads, () -> channel.offer(2)).result()).isTrue();
      assertThat(Caller.start(threads, channel::poll).result()).isEqualTo(2);
    }
  }
}
