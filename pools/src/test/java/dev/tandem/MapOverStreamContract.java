package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.MapConfig;
import dev.tandem.core.Outcome;
import dev.tandem.core.Settled;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.List;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `map`, `mapSettled` and `forEach` over a stream: pulled like an iterable, closed exactly once.
interface MapOverStreamContract extends GraceFixture {
  UnaryOperator<MapConfig> OUT_OF_RANGE = cf -> cf.withConcurrency(0);

  private static Stream<Integer> stream(Iterable<Integer> inputs, AtomicInteger closings) {
    return StreamSupport.stream(inputs.spliterator(), false).onClose(closings::incrementAndGet);
  }

  private static int failAtSeven(int n) throws IOException {
    if (n == 7) {
      throw new IOException("seven");
    }
    return n;
  }

  @Test
  default void theElementsAreTheInputs() {
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> doubled = create().map(stream(numbers(1_000), closings), n -> 2 * n);
    assertThat(closings).hasValue(0);
    assertThat(doubled.toList())
        .containsExactlyElementsOf(numbers(1_000).stream().map(n -> 2 * n).toList());
    assertThat(closings).as("closed by its last result").hasValue(1);
    doubled.close();
    assertThat(closings).hasValue(1);
  }

  @Test
  default void mapSettledHasAnOutcomeForEachElement() {
    AtomicInteger closings = new AtomicInteger();
    List<Settled<Integer, Integer>> settled =
        create()
            .mapSettled(stream(List.of(6, 7), closings), MapOverStreamContract::failAtSeven)
            .toList();
    assertThat(settled).extracting(Settled::input).containsExactly(6, 7);
    assertThat(settled.getFirst().outcome()).isEqualTo(new Outcome.Success<>(6));
    assertThat(settled.getLast().outcome()).isInstanceOf(Outcome.Failure.class);
    assertThat(closings).hasValue(1);
  }

  @Test
  default void forEachPerformsTheActionOnEachElement() throws Exception {
    needs(Need.SAME_JVM);
    AtomicInteger closings = new AtomicInteger();
    TaskExecutor executor = create();
    executor.forEach(stream(numbers(100), closings), _ -> {});
    assertThat(executor.stats().succeeded()).isEqualTo(100);
    assertThat(closings).hasValue(1);
  }

  @Test
  default void nothingIsPulledBeforeTheTerminalOperationFromAStream() {
    CountedInput input = CountedInput.endless();
    AtomicInteger closings = new AtomicInteger();
    try (Stream<Integer> results = create().map(stream(input, closings), n -> n).limit(3)) {
      assertThat((Object) results).isNotNull();
      assertThat(input.pulled()).isZero();
    }
    assertThat(input.pulled()).as("closing unused results pulls nothing").isZero();
    assertThat(closings).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 256", "2, 0", "2, 1", "5, 1", "300, 0"})
  default void anEndlessStreamIsPulledAtMostConcurrencyPlusBufferAhead(
      int concurrency, int buffer) {
    CountedInput input = CountedInput.endless();
    AtomicInteger closings = new AtomicInteger();
    UnaryOperator<MapConfig> cf = c -> c.withConcurrency(concurrency).withBuffer(buffer);
    try (Stream<Integer> results = create().map(stream(input, closings), n -> n, cf)) {
      Spliterator<Integer> spliterator = results.spliterator();
      for (int n = 0; n < 1_000; n++) {
        assertThat(input.take(spliterator)).isEqualTo(n);
      }
      assertThat(closings).hasValue(0);
    }
    assertThat(input.mostAhead()).isBetween(1, concurrency + buffer);
    assertThat(input.pullers()).containsExactly(Thread.currentThread());
    assertThat(closings).as("closed with the results").hasValue(1);
  }

  @Test
  default void aParallelStreamIsPulledByTheConsumerAlone() {
    CountedInput input = CountedInput.of(100);
    Stream<Integer> parallel = stream(input, new AtomicInteger()).parallel().distinct();
    assertThat(create().map(parallel, n -> n).toList()).containsExactlyElementsOf(numbers(100));
    assertThat(input.pullers()).containsExactly(Thread.currentThread());
  }

  @Test
  default void aFailureOfTheFunctionClosesTheStream() {
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> results =
        create().map(stream(numbers(100), closings), MapOverStreamContract::failAtSeven);
    assertThatThrownBy(results::toList)
        .isExactlyInstanceOf(CompletionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThat(closings).hasValue(1);
    results.close();
    assertThat(closings).hasValue(1);
  }

  @Test
  default void aFailureOfTheActionClosesTheStream() {
    AtomicInteger closings = new AtomicInteger();
    assertThatThrownBy(() ->
            create().forEach(stream(numbers(100), closings), MapOverStreamContract::failAtSeven))
        .isExactlyInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThat(closings).hasValue(1);
  }

  @Test
  default void aFailureOfTheStreamArrivesAsItIsAndClosesIt() {
    AtomicInteger closings = new AtomicInteger();
    IllegalStateException failure = new IllegalStateException("unreadable");
    CountedInput failing =
        CountedInput.endless(n -> {
          if (n == 5) {
            throw failure;
          }
        });
    Stream<Integer> results = create().map(stream(failing, closings), n -> n);
    assertThatThrownBy(results::toList).isSameAs(failure);
    assertThat(closings).hasValue(1);
  }

  @Test
  default void aNullElementClosesTheStream() {
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> none = Stream.of((Integer) null).onClose(closings::incrementAndGet);
    Stream<Integer> results = create().map(none, n -> n);
    assertThatNullPointerException().isThrownBy(results::toList).withMessageContaining("inputs");
    assertThat(closings).hasValue(1);
  }

  @Test
  default void interruptingTheConsumerClosesTheStream() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    AtomicInteger closings = new AtomicInteger();
    HeldTask held = new HeldTask();
    Caller<List<String>> consumer =
        Caller.start(() -> executor.map(stream(numbers(3), closings), _ -> held.call()).toList());
    held.awaitStarted();
    consumer.awaitBlocked().interrupt();
    assertThat(consumer.failure()).isExactlyInstanceOf(CancellationException.class);
    assertThat(consumer.keptTheFlag()).isTrue();
    assertThat(closings).hasValue(1);
  }

  @Test
  default void interruptingForEachClosesTheStream() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    AtomicInteger closings = new AtomicInteger();
    HeldTask held = new HeldTask();
    Caller<Void> consumer =
        Caller.start(() -> {
          executor.forEach(stream(numbers(3), closings), _ -> held.call());
          return null;
        });
    held.awaitStarted();
    consumer.awaitBlocked().interrupt();
    assertThat(consumer.failure()).isExactlyInstanceOf(InterruptedException.class);
    assertThat(closings).hasValue(1);
  }

  @Test
  default void closingTheResultsWhileTheConsumerWaitsClosesTheStream() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    AtomicInteger closings = new AtomicInteger();
    HeldTask held = new HeldTask();
    Stream<String> results = executor.map(stream(numbers(3), closings), _ -> held.call());
    Caller<List<String>> consumer = Caller.start(results::toList);
    held.awaitStarted();
    consumer.awaitBlocked();
    results.close();
    assertThat(consumer.failure()).isExactlyInstanceOf(CancellationException.class);
    assertThat(closings).hasValue(1);
  }

  @Test
  default void aStreamThatIsBeingPulledIsClosedByItsConsumer() throws Exception {
    needs(Need.BACKGROUND);
    CountDownLatch pulling = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountedInput slow =
        CountedInput.endless(_ -> {
          pulling.countDown();
          awaitUninterruptibly(goOn);
        });
    AtomicReference<Thread> closer = new AtomicReference<>();
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> inputs =
        stream(slow, closings).onClose(() -> closer.set(Thread.currentThread()));
    Stream<Integer> results = create().map(inputs, n -> n);
    AtomicReference<Thread> consuming = new AtomicReference<>();
    Caller<List<Integer>> consumer =
        Caller.start(() -> {
          consuming.set(Thread.currentThread());
          return results.toList();
        });
    pulling.await();
    results.close();
    assertThat(closings).as("closed while it is pulled").hasValue(0);
    goOn.countDown();
    assertThat(consumer.failure()).isExactlyInstanceOf(CancellationException.class);
    assertThat(closings).hasValue(1);
    assertThat(closer).hasValue(consuming.get());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  default void anExecutorThatIsShutDownClosesTheStream() {
    TaskExecutor executor = create();
    executor.shutdown();
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> results = executor.map(stream(numbers(3), closings), n -> n);
    assertThatThrownBy(results::toList).isInstanceOf(RejectedExecutionException.class);
    assertThat(closings).hasValue(1);
    assertThatThrownBy(() -> executor.forEach(stream(numbers(3), closings), _ -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(closings).hasValue(2);
  }

  @Test
  @SuppressWarnings({"CheckReturnValue", "ReturnValueIgnored"}) // the calls throw
  default void refusedArgumentsCloseTheStream() {
    TaskExecutor executor = create();
    AtomicInteger closings = new AtomicInteger();
    List<Integer> inputs = numbers(3);
    assertThatNullPointerException()
        .isThrownBy(() -> executor.map(stream(inputs, closings), null))
        .withMessageContaining("fn");
    assertThatNullPointerException()
        .isThrownBy(() -> executor.mapSettled(stream(inputs, closings), n -> n, null))
        .withMessageContaining("cf");
    assertThatNullPointerException()
        .isThrownBy(() -> executor.forEach(stream(inputs, closings), null))
        .withMessageContaining("action");
    assertThat(closings).hasValue(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.map(stream(inputs, closings), n -> n, OUT_OF_RANGE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.mapSettled(stream(inputs, closings), n -> n, OUT_OF_RANGE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.forEach(stream(inputs, closings), _ -> {}, OUT_OF_RANGE));
    assertThat(closings).hasValue(6);
    assertThatNullPointerException()
        .isThrownBy(() -> executor.map((Stream<Integer>) null, n -> n))
        .withMessageContaining("inputs");
  }

  @Test
  @SuppressWarnings({"CheckReturnValue", "ReturnValueIgnored"}) // the calls throw
  default void aStreamThatWasUsedIsRefusedAndLeftAlone() {
    TaskExecutor executor = create();
    AtomicInteger closings = new AtomicInteger();
    Stream<Integer> used = stream(numbers(3), closings);
    assertThat(used.toList()).hasSize(3);
    assertThatIllegalStateException().isThrownBy(() -> executor.map(used, n -> n));
    assertThatIllegalStateException().isThrownBy(() -> executor.mapSettled(used, n -> n));
    assertThatIllegalStateException().isThrownBy(() -> executor.forEach(used, _ -> {}));
    assertThat(closings).hasValue(0);
  }

  @Test
  default void whatClosingThrowsIsTheFailureOrSuppressedInIt() {
    TaskExecutor executor = create();
    IllegalStateException failure = new IllegalStateException("cannot be closed");
    UnaryOperator<Stream<Integer>> thatCannotBeClosed =
        stream ->
            stream.onClose(() -> {
              throw failure;
            });
    Stream<Integer> good = executor.map(thatCannotBeClosed.apply(Stream.of(1)), n -> n);
    assertThatThrownBy(good::toList).isSameAs(failure);
    Stream<Integer> bad =
        executor.map(thatCannotBeClosed.apply(Stream.of(7)), MapOverStreamContract::failAtSeven);
    assertThatThrownBy(bad::toList)
        .isExactlyInstanceOf(CompletionException.class)
        .hasSuppressedException(failure);
    assertThatThrownBy(() ->
            executor.forEach(
                thatCannotBeClosed.apply(Stream.of(7)), MapOverStreamContract::failAtSeven))
        .isExactlyInstanceOf(ExecutionException.class)
        .hasSuppressedException(failure);
  }

  @Test
  default void anExceptionOfALaterStageLeavesTheStreamToTheTryStatement() {
    AtomicInteger closings = new AtomicInteger();
    try (Stream<Integer> results = create().map(stream(numbers(10), closings), n -> n)) {
      assertThatThrownBy(() ->
              results.forEach(n -> {
                throw new IllegalStateException("stage " + n);
              }))
          .hasMessage("stage 0");
      assertThat(closings).hasValue(0);
    }
    assertThat(closings).hasValue(1);
  }
}
