package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.pools.ThreadConfig;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes and options that a kind of executor cannot have.
class ConflictingOptionsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aThreadPoolNeedsAThread(int threads) {
    refused(() -> Tandem.newThreadPool(threads), "threads: " + threads, "expected");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aLimitedVirtualThreadExecutorNeedsOneTask(int limit) {
    refused(() -> Tandem.newVirtualThreadExecutor(limit), "oncurrency: " + limit, "expected");
    refused(
        () -> Tandem.newVirtualThreadExecutor(cf -> cf.withConcurrency(limit)),
        "concurrency: " + limit,
        "expected");
  }

  @Test
  void aQueueHasRoomForZeroTasksOrMore() {
    refused(
        () -> Tandem.newThreadPool(1, cf -> cf.withQueue(-1, Saturation.BLOCK)),
        "capacity: -1",
        "expected");
    try (TaskExecutor handOver = Tandem.newThreadPool(1, cf -> cf.withQueue(0, Saturation.BLOCK))) {
      assertThat(handOver.isShutdown()).isFalse();
    }
  }

  @Test
  void nullIsRefusedByName() {
    refusedNull(() -> Tandem.newThreadPool(1, null), "cf");
    refused(() -> Tandem.newThreadPool(1, _ -> null), "cf: returned null", "expected");
    refusedNull(() -> Tandem.newVirtualThreadExecutor(null), "cf");
    refusedNull(() -> Tandem.taskExecutor(null), "executor");
    refusedNull(() -> Tandem.newThreadPool(1, cf -> cf.withQueue(1, null)), "whenFull");
    refusedNull(() -> Tandem.newThreadPool(1, cf -> cf.withThreadFactory(null)), "actory");
    try (var adapted = Executors.newSingleThreadExecutor()) {
      refusedNull(() -> Tandem.taskExecutor(adapted, null), "cf");
    }
  }

  @Test
  void anUnlimitedVirtualThreadExecutorHasNoQueue() {
    refused(
        () -> Tandem.newVirtualThreadExecutor(cf -> cf.withQueue(10, Saturation.REJECT)),
        "withQueue",
        "10",
        "withConcurrency");
  }

  @Test
  void aLimitedVirtualThreadExecutorMayHaveAQueueInEitherOrder() {
    UnaryOperator<ThreadConfig> queueFirst =
        cf -> cf.withQueue(10, Saturation.REJECT).withConcurrency(2);
    UnaryOperator<ThreadConfig> limitFirst =
        cf -> cf.withConcurrency(2).withQueue(10, Saturation.REJECT);
    try (TaskExecutor one = Tandem.newVirtualThreadExecutor(queueFirst);
        TaskExecutor other = Tandem.newVirtualThreadExecutor(limitFirst)) {
      assertThat(one.isShutdown() || other.isShutdown()).isFalse();
    }
  }

  @Test
  void theSizeOfAThreadPoolIsGivenOnce() {
    refused(
        () -> Tandem.newThreadPool(4, cf -> cf.withConcurrency(2)), "concurrency: 2", "threads");
  }

  @Test
  void anAdapterTakesItsThreadsFromTheAdaptedExecutor() {
    try (var adapted = Executors.newSingleThreadExecutor()) {
      refused(
          () -> Tandem.taskExecutor(adapted, cf -> cf.withThreadFactory(Thread::new)),
          "threadFactory",
          "executor");
    }
  }

  @Test
  void anAdapterNeedsAConcurrencyForAQueue() {
    try (var adapted = Executors.newSingleThreadExecutor()) {
      refused(
          () -> Tandem.taskExecutor(adapted, cf -> cf.withQueue(10, Saturation.REJECT)),
          "withQueue",
          "withConcurrency");
    }
  }

  private static void refused(ThrowingCallable call, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private static void refusedNull(ThrowingCallable call, String argument) {
    assertThatNullPointerException()
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().contains(argument));
  }
}
