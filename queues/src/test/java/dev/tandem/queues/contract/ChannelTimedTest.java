package dev.tandem.queues.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A wait with a time is never over early, and leaves nothing behind when it is over.
public class ChannelTimedTest extends ChannelContract {
  private static final Duration SHORT = Duration.ofMillis(15);
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  /// A call that gives nothing when its time is over.
  private interface Timed<T> {
    T call() throws InterruptedException;
  }

  private static <T> T notEarly(Timed<T> call) throws InterruptedException {
    long start = System.nanoTime();
    T result = call.call();
    long took = System.nanoTime() - start;
    assertThat(took).isGreaterThanOrEqualTo(SHORT.toNanos());
    return result;
  }

  @Test
  void pollIsNotOverEarly() throws Exception {
    Channel<Integer> channel = create();
    assertThat(notEarly(() -> channel.poll(SHORT))).isNull();
  }

  @Test
  void drainIsNotOverEarly() throws Exception {
    Channel<Integer> channel = create();
    assertThat(notEarly(() -> channel.drain(_ -> {}, 3, SHORT))).isZero();
  }

  @Test
  void offerIsNotOverEarly() throws Exception {
    Channel<Integer> channel = create();
    fill(channel);
    assertThat(notEarly(() -> channel.offer(-1, SHORT))).isFalse();
  }

  @Test
  void awaitDoneIsNotOverEarly() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    assertThat(notEarly(() -> channel.awaitDone(SHORT))).isFalse();
  }

  @Test
  void manyShortWaitsAreNeverOverEarly() throws Exception {
    Channel<Integer> channel = create();
    for (int micros = 1; micros <= 400; micros += 7) {
      Duration wait = Duration.ofNanos(micros * 1_000L + micros);
      long start = System.nanoTime();
      assertThat(channel.poll(wait)).isNull();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(wait.toNanos());
    }
  }

  @Test
  void elementOfOfferWhoseTimeIsOverIsNotInTheChannel() throws Exception {
    Channel<Integer> channel = create();
    List<Integer> put = fill(channel);
    assertThat(channel.offer(-1, SHORT)).isFalse();
    assertThat(takeAll(channel)).isEqualTo(shape.inTakeOrder(put));
    assertThat(channel.stats().puts()).isEqualTo(shape.capacity());
  }

  @Test
  void takerWhoseTimeIsOverTakesNothingLater() throws Exception {
    Channel<Integer> channel = create();
    for (int i = 0; i < 3; i++) {
      assertThat(channel.poll(Duration.ofMillis(1))).isNull();
    }
    assertThat(channel.offer(1)).isEqualTo(!shape.isRendezvous());
    assertThat(channel.stats().takes()).isZero();
  }

  @Test
  void wakeForTakerWhoseTimeIsOverReachesTheNext() throws Exception {
    needsManyConsumers();
    for (int round = 0; round < 20; round++) {
      Channel<Integer> channel = create();
      Caller<Integer> impatient = start(() -> channel.poll(Duration.ofNanos(300_000)));
      Caller<Integer> patient = start(channel::take);
      channel.put(1);
      if (impatient.result() == null) {
        assertThat(patient.result()).isEqualTo(1);
      } else {
        channel.put(2);
        assertThat(patient.result()).isEqualTo(2);
      }
    }
  }

  @Test
  void durationThatNoClockCanHoldIsLong() throws Exception {
    Channel<Integer> channel = create();
    Caller<Integer> taker = start(() -> channel.poll(FOR_EVER)).awaitBlocked();
    channel.put(1);
    assertThat(taker.result()).isEqualTo(1);
    Caller<Integer> drainer = start(() -> channel.drain(_ -> {}, 1, FOR_EVER)).awaitBlocked();
    assertThat(channel.offer(2, FOR_EVER)).isTrue();
    assertThat(drainer.result()).isEqualTo(1);
    channel.taskDone();
    assertThat(channel.awaitDone(Duration.ofMillis(1))).isFalse();
    channel.taskDone();
    assertThat(channel.awaitDone(FOR_EVER)).isTrue();
  }

  @Test
  void waitThatIsLongerThanNeededEndsAtOnce() throws Exception {
    Channel<Integer> channel = create();
    put(channel, 1);
    assertThat(channel.poll(FOR_EVER)).isEqualTo(0);
    assertThat(channel.offer(1, FOR_EVER)).isTrue();
    assertThat(channel.drain(_ -> {}, 5, FOR_EVER)).isEqualTo(1);
  }

  @Test
  void zeroMeansDoNotWaitButTakeWhatIsThere() throws Exception {
    Channel<Integer> channel = create();
    needsRoomFor(1);
    assertThat(channel.offer(1, Duration.ZERO)).isTrue();
    assertThat(channel.poll(Duration.ZERO)).isEqualTo(1);
    assertThat(channel.offer(2, Duration.ofSeconds(-3))).isTrue();
    assertThat(channel.poll(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(2);
    assertThat(channel.drain(_ -> {}, 1, Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    assertThat(channel.awaitDone(Duration.ofSeconds(-1))).isFalse();
  }
}
