package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `map`: interrupting the consumer and closing the stream.
interface MapStopContract extends GraceFixture {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void interruptingTheConsumerEndsIt(boolean unordered) throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    Caller<List<String>> consumer =
        Caller.start(() ->
            executor
                .map(numbers(3), _ -> held.call(), c -> unordered ? c.unordered() : c)
                .toList());
    held.awaitStarted();
    consumer.awaitBlocked().interrupt();
    assertThat(consumer.failure()).isExactlyInstanceOf(CancellationException.class);
    assertThat(consumer.keptTheFlag()).isTrue();
    held.awaitInterrupted();
    held.assertEnded();
  }

  @Test
  default void aConsumerInterruptedBeforehandIsEndedOverEndlessInput() throws Exception {
    TaskExecutor executor = create();
    AtomicInteger taken = new AtomicInteger();
    Caller<Void> consumer =
        Caller.start(() -> {
          Thread.currentThread().interrupt();
          executor.map(CountedInput.endless(), n -> n).forEach(_ -> taken.incrementAndGet());
          return null;
        });
    assertThat(consumer.failure()).isExactlyInstanceOf(CancellationException.class);
    assertThat(consumer.keptTheFlag()).isTrue();
  }

  @Test
  default void aConsumerInterruptedBetweenResultsIsEndedOverEndlessInput() throws Exception {
    TaskExecutor executor = create();
    Caller<Void> consumer =
        Caller.start(() -> {
          executor
              .map(CountedInput.endless(), n -> n)
              .forEach(n -> {
                if (n == 1_000) {
                  Thread.currentThread().interrupt();
                }
              });
          return null;
        });
    assertThat(consumer.failure()).isExactlyInstanceOf(CancellationException.class);
    assertThat(consumer.keptTheFlag()).isTrue();
  }

  @Test
  default void abandoningBodiesThatIgnoreInterruptsIsBoundedByTheGracePeriod() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create(cf -> cf.withGrace(Duration.ofMillis(50)));
    HeldTask stubborn = HeldTask.stubborn();
    try {
      Caller<List<String>> consumer =
          Caller.start(() -> executor.map(numbers(1), _ -> stubborn.call()).toList());
      stubborn.awaitStarted();
      consumer.awaitBlocked().interrupt();
      assertThat(consumer.failure()).isExactlyInstanceOf(CancellationException.class);
      stubborn.awaitInterrupted();
      assertThat(stubborn.hasEnded()).isFalse();
    } finally {
      stubborn.release();
    }
  }

  @Test
  default void closingTheStreamCancelsTheRestAndWaitsForIt() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    CountedInput input = CountedInput.endless();
    AtomicInteger runs = new AtomicInteger();
    try (Stream<Integer> results =
        executor.map(
            input,
            n -> {
              runs.incrementAndGet();
              if (n == 2) {
                held.awaitStarted(); // so that the next is pulled before this is taken
              }
              if (n == 3) {
                held.call();
              }
              return n;
            },
            c -> c.withConcurrency(2))) {
      Iterator<Integer> iterator = results.iterator();
      assertThat(List.of(iterator.next(), iterator.next(), iterator.next()))
          .containsExactly(0, 1, 2);
    }
    held.awaitInterrupted();
    held.assertEnded();
    int runsAtClose = runs.get();
    int pulledAtClose = input.pulled();
    await().until(() -> executor.stats().running() == 0 && executor.stats().queued() == 0);
    assertThat(runs).hasValue(runsAtClose);
    assertThat(input.pulled()).isEqualTo(pulledAtClose);
  }

  @Test
  default void closingTwiceOrAfterTheEndDoesNothing() {
    TaskExecutor executor = create();
    Stream<Integer> consumed = executor.map(numbers(10), n -> n);
    assertThat(consumed.toList()).hasSize(10);
    consumed.close();
    consumed.close();

    Stream<Integer> half = executor.map(CountedInput.endless(), n -> n);
    assertThat(half.iterator().next()).isZero();
    half.close();
    half.close();
  }

  @Test
  default void aClosedStreamRunsOtherCloseHandlersToo() {
    TaskExecutor executor = create();
    AtomicInteger closed = new AtomicInteger();
    try (Stream<Integer> results =
        executor.map(numbers(10), n -> n).onClose(closed::incrementAndGet).limit(2)) {
      assertThat(results.toList()).containsExactly(0, 1);
    }
    assertThat(closed).hasValue(1);
  }

  @Test
  default void limitAndFindFirstTakeWhatTheyNeedOfEndlessInput() {
    TaskExecutor executor = create();
    try (Stream<Integer> results = executor.map(CountedInput.endless(), n -> n)) {
      assertThat(results.limit(3).toList()).containsExactly(0, 1, 2);
    }
    try (Stream<Integer> results = executor.map(CountedInput.endless(), n -> n)) {
      assertThat(results.filter(n -> n > 700).findFirst()).hasValue(701);
    }
    try (Stream<Integer> results = executor.map(CountedInput.endless(), n -> n)) {
      assertThat(results.takeWhile(n -> n < 700).count()).isEqualTo(700);
    }
  }

  @Test
  default void aCloseByAThreadThatDidNotConsumeWaitsToo() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    AtomicBoolean left = new AtomicBoolean();
    Stream<Integer> results =
        executor.map(
            CountedInput.endless(),
            n -> {
              if (n == 0) {
                held.awaitStarted(); // so that the next is pulled before this is taken
              }
              if (n == 1) {
                try {
                  held.call();
                } finally {
                  await().pollDelay(Duration.ofMillis(100)).until(() -> true); // cleans up
                  left.set(true);
                }
              }
              return n;
            },
            c -> c.withConcurrency(2));
    assertThat(Caller.start(results.iterator()::next).result()).isZero();
    results.close();
    held.awaitInterrupted();
    assertThat(left).as("the body has ended").isTrue();
  }

  @Test
  default void aCloseByAnotherThreadEndsAWaitingConsumer() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    Stream<String> results = executor.map(numbers(1), _ -> held.call());
    Caller<List<String>> consumer = Caller.start(results::toList);
    held.awaitStarted();
    consumer.awaitBlocked();
    results.close();
    held.assertEnded();
    assertThat(consumer.failure()).isInstanceOf(RuntimeException.class);
  }

  @Test
  default void anInterruptOfTheConsumerDoesNotReachTheNextMap() {
    TaskExecutor executor = create();
    for (int round = 0; round < 30; round++) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> executor.map(CountedInput.endless(), n -> n).forEach(_ -> {}))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(executor.map(numbers(300), n -> n).toList()).isEqualTo(numbers(300));
    }
  }
}
