package dev.tandem.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.contract.ChannelShape;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad arguments give an exception that names the argument, its value and what was expected, and
/// change nothing.
@ParameterizedClass
@MethodSource("dev.tandem.queues.contract.ChannelShape#all")
class ChannelArgumentsTest {
  private static final Duration SOON = Duration.ofMillis(1);

  @Parameter ChannelShape shape;

  private Channel<Integer> create(UnaryOperator<Channel.Config<Integer>> cf) {
    return shape.create(cf);
  }

  @Test
  void nullElementIsRefusedByEveryPut() {
    Channel<Integer> channel = create(cf -> cf);
    isNull("element", () -> channel.put(null));
    isNull("element", () -> channel.offer(null));
    isNull("element", () -> channel.offer(null, SOON));
    isNull("element", () -> channel.onPut(null, () -> 1));
    isNull("elements", () -> channel.putAll(null));
    isNull("elements", () -> channel.putAll(Arrays.asList(1, null)));
    assertThat(channel.size()).isZero();
    assertThat(channel.stats().puts()).isZero();
  }

  @Test
  void nullElementIsRefusedByFullChannelAndByClosedOne() {
    Channel<Integer> channel = create(cf -> cf);
    for (int i = 0; i < Math.min(shape.capacity(), 2_000); i++) {
      assertThat(channel.offer(i)).isTrue();
    }
    isNull("element", () -> channel.put(null));
    isNull("element", () -> channel.offer(null));
    channel.close();
    isNull("element", () -> channel.put(null));
    isNull("element", () -> channel.offer(null));
  }

  @Test
  void nullDurationIsRefused() {
    Channel<Integer> channel = create(cf -> cf);
    isNull("duration", () -> channel.offer(1, null));
    isNull("duration", () -> channel.poll(null));
    isNull("duration", () -> channel.drain(_ -> {}, 1, null));
    isNull("duration", () -> channel.awaitDone(null));
    assertThat(channel.size()).isZero();
  }

  @Test
  void nullFunctionsAreRefused() {
    Channel<Integer> channel = create(cf -> cf);
    isNull("action", () -> channel.drain(null, 1));
    isNull("action", () -> channel.drain(null, 1, SOON));
    isNull("then", () -> channel.onPut(1, null));
    isNull("then", () -> channel.onTake(null));
    isNull("body", () -> channel.producer(null));
    isNull("body", () -> channel.consumer(null));
    isNull("cause", () -> channel.closeExceptionally(null));
    assertThat(channel.isClosed()).isFalse();
  }

  @Test
  void negativeMaximumIsRefusedAndTakesNothing() {
    Channel<Integer> channel = create(cf -> cf);
    channel.offer(1);
    int size = channel.size();
    isBad("max", "-1", () -> channel.drain(_ -> {}, -1));
    isBad("max", "-7", () -> channel.drain(_ -> {}, -7, SOON));
    assertThat(channel.size()).isEqualTo(size);
  }

  @Test
  void badConfigurationIsRefused() {
    isNull("cf", () -> shape.factory().create(null));
    isNull("cf", () -> create(_ -> null));
    isNull("name", () -> create(cf -> cf.withName(null)));
    isBad("name", "", () -> create(cf -> cf.withName("")));
    isBad("name", "", () -> create(cf -> cf.withName(" \t")));
    isNull("action", () -> create(cf -> cf.withUndelivered(null)));
  }

  @Test
  void configurationIsImmutable() {
    Channel<Integer> channel =
        create(cf -> {
          var _ = cf.withName("dropped");
          Channel.Config<Integer> named = cf.withName("kept");
          var _ = named.withName("dropped, too");
          return named;
        });
    assertThat(channel.stats().name()).isEqualTo("kept");
  }

  @Test
  void onlyBoundedChannelsCanBeClosedByTheirProducerAlone() {
    UnaryOperator<Channel.Config<Integer>> cf = Channel.Config::withCloseByProducer;
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> Channel.unbounded(cf),
            () -> Channel.rendezvous(cf),
            () -> Channel.lifo(3, cf),
            () -> Channel.priority(3, Comparator.naturalOrder(), cf))) {
      assertThatThrownBy(call)
          .isInstanceOfAny(
              IllegalArgumentException.class,
              IllegalStateException.class,
              UnsupportedOperationException.class)
          .hasMessageContaining("withCloseByProducer");
    }
  }

  @Test
  void capacityMustBePositive() {
    for (int capacity : new int[] {0, -1, Integer.MIN_VALUE}) {
      String value = String.valueOf(capacity);
      isBad("capacity", value, () -> Channel.bounded(capacity));
      isBad(
          "capacity", value, () -> Channel.bounded(capacity, Channel.Config::withCloseByProducer));
      isBad("capacity", value, () -> Channel.bounded(capacity, Channel.Config::withSingleConsumer));
      isBad("capacity", value, () -> Channel.lifo(capacity));
      isBad(
          "capacity", value, () -> Channel.priority(capacity, Comparator.<Integer>naturalOrder()));
    }
    isNull("order", () -> Channel.priority(1, null));
    Consumer<Object> nothing = _ -> {};
    isNull("order", () -> Channel.priority(1, null, cf -> cf.withUndelivered(nothing)));
  }

  @Test
  void badSelectIsRefused() {
    Channel<Integer> channel = create(cf -> cf);
    channel.offer(1);
    int size = channel.size();
    Select.Clause<Integer> take = channel.onTake(e -> e);
    Select.Clause<Integer> after = Select.after(SOON, () -> 1);
    Select.Clause<Integer> otherwise = Select.otherwise(() -> 1);
    isBad("clauses", "", () -> Select.<Integer>select());
    isBad("clauses", "", () -> Select.<Integer>select(take, after, after));
    isBad("clauses", "", () -> Select.<Integer>select(otherwise, take, otherwise));
    isNull("clauses", () -> Select.<Integer>select((Select.Clause<Integer>[]) null));
    isNull("clauses", () -> Select.<Integer>select(take, null));
    isNull("duration", () -> Select.after(null, () -> 1));
    isNull("then", () -> Select.after(SOON, null));
    isNull("then", () -> Select.otherwise(null));
    assertThat(channel.size()).isEqualTo(size);
  }

  private static void isBad(String argument, String value, ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessageMatching("(?s).*\\b" + argument + "\\b.*")
        .withMessageContaining(value)
        .withMessageMatching("(?s).*expected: .*");
  }

  private static void isNull(String argument, ThrowingCallable call) {
    assertThatNullPointerException()
        .isThrownBy(call)
        .satisfies(
            e -> assertThat(e.getMessage()).isNotNull().containsPattern("\\b" + argument + "\\b"));
  }
}
