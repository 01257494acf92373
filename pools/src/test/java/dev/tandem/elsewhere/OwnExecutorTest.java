package dev.tandem.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Saturation;
import dev.tandem.core.Settled;
import dev.tandem.core.Task;
import dev.tandem.pools.internal.executor.AbstractTaskExecutor;
import dev.tandem.pools.internal.executor.CommonOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// An executor can be written outside of Tandem's packages, on the room `executor` alone, as that
/// of a cluster is.
class OwnExecutorTest {
  private static AbstractTaskExecutor executor() {
    return new OwnExecutor("own", CommonOptions.DEFAULTS);
  }

  @Test
  void tasksRunAndFail() throws Exception {
    try (var own = executor()) {
      assertThat(own.submit(() -> 42).get()).isEqualTo(42);
      assertThat(own.submit(Task.of("named", () -> 43)).get()).isEqualTo(43);
      Future<?> failing =
          own.submit(() -> {
            throw new IllegalStateException("on purpose");
          });
      assertThatThrownBy(failing::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("on purpose");
      assertThat(own.stats().succeeded()).isEqualTo(2);
      assertThat(own.stats().failed()).isEqualTo(1);
    }
  }

  @Test
  void fullQueueRefusesAndCancelMakesRoom() throws Exception {
    var options = CommonOptions.DEFAULTS.withQueue(1, Saturation.REJECT);
    CountDownLatch held = new CountDownLatch(1);
    try (var own = new OwnExecutor("own", options)) {
      Future<?> running = own.submit(() -> held.await());
      Future<?> queued = own.submit(() -> 1);
      assertThatThrownBy(() -> own.submit(() -> 2)).isInstanceOf(RejectedExecutionException.class);
      assertThat(queued.cancel(true)).isTrue();
      Future<Integer> next = own.submit(() -> 3);
      held.countDown();
      running.get();
      assertThat(next.get()).isEqualTo(3);
    }
  }

  @Test
  void shutdownNowGivesBackWhatHasNotStarted() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    var own = executor();
    Future<?> running = own.submit(() -> held.await());
    Future<?> queued = own.submit(() -> 1);
    assertThat(own.shutdownNow()).hasSize(1);
    assertThat(queued.isCancelled()).isTrue();
    held.countDown();
    running.get();
    assertThat(own.close(Duration.ofMinutes(1))).isEmpty();
    assertThat(own.isTerminated()).isTrue();
  }

  @Test
  void mapsGiveResultsInOrder() {
    try (var own = executor()) {
      List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();
      assertThat(own.map(inputs, i -> i + 1)).containsExactlyElementsOf(addOne(inputs));
      assertThat(own.stats().succeeded()).isEqualTo(1_000);
    }
  }

  private static List<Integer> addOne(List<Integer> inputs) {
    return inputs.stream().map(i -> i + 1).toList();
  }

  @Test
  void failureEndsAMapAndIsAResultOfASettledOne() {
    try (var own = executor()) {
      List<Integer> inputs = List.of(1, 0, 2);
      assertThatThrownBy(() -> own.map(inputs, i -> 1 / i).toList())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ArithmeticException.class);
      assertThat(own.mapSettled(inputs, i -> 1 / i).map(Settled::input)).isEqualTo(inputs);
    }
  }

  @Test
  void closeByAnotherThreadIsWokenWhenWhatRunsHasEnded() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    var options = CommonOptions.DEFAULTS.withGrace(Duration.ofMinutes(5));
    try (var own = new OwnExecutor("own", options)) {
      Stream<Integer> stream =
          own.map(
              List.of(1),
              i -> {
                running.countDown();
                held.await();
                return i;
              });
      var consumed = new FutureTask<>(stream::findFirst);
      Thread.startVirtualThread(consumed);
      running.await();
      Thread closer = Thread.startVirtualThread(stream::close);
      await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
      held.countDown();
      assertThat(closer.join(Duration.ofMinutes(1))).isTrue();
      assertThatThrownBy(consumed::get).hasCauseInstanceOf(CancellationException.class);
    }
  }
}
