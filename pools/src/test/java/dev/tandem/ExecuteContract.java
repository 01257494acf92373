package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.TaskExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `execute`, and what the JDK builds on it.
interface ExecuteContract extends ExecutorFixture {
  @Test
  default void executedBodyRuns() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    CountDownLatch ran = new CountDownLatch(2);
    Runnable plain = ran::countDown;
    SerializableRunnable serializable = ran::countDown;
    executor.execute(plain);
    executor.execute(serializable);
    assertThat(ran.await(20, SECONDS)).isTrue();
  }

  @Test
  default void nullBodyIsRefusedByExecute() {
    TaskExecutor executor = create();
    assertThatNullPointerException().isThrownBy(() -> executor.execute((Runnable) null));
    assertThatNullPointerException()
        .isThrownBy(() -> executor.execute((SerializableRunnable) null));
    assertThat(executor.stats().submitted()).isZero();
  }

  @Test
  default void failureOfExecutedBodyHarmsNobody() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    Runnable throwsException =
        () -> {
          throw new IllegalStateException("thrown on purpose");
        };
    Runnable throwsError =
        () -> {
          throw new AssertionError("thrown on purpose");
        };
    SerializableRunnable throwsChecked =
        () -> {
          throw new IOException("thrown on purpose");
        };
    // more often than there are threads, and without reaching the caller
    for (int i = 0; i < 5; i++) {
      executor.execute(throwsException);
      executor.execute(throwsError);
      executor.execute(throwsChecked);
    }
    assertThat(soon(executor.submit(() -> "still works"))).isEqualTo("still works");
  }

  @Test
  default void executedBodiesStartInTheOrderOfSubmissionOnOneThread() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    HeldTask first = new HeldTask();
    executor.execute(first.asRunnable());
    first.awaitStarted();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100; i++) {
      int number = i;
      if (i % 2 == 0) {
        executor.execute((Runnable) () -> order.add(number));
      } else {
        var _ = executor.submit(() -> order.add(number));
      }
    }
    first.release();
    executor.close();
    assertThat(order).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  default void completableFutureRunsOnIt() throws Exception {
    needs(Need.SAME_JVM);
    Executor executor = create();
    CompletableFuture<Integer> answer =
        CompletableFuture.supplyAsync(() -> 20, executor)
            .thenApplyAsync(n -> n + 1, executor)
            .thenCombineAsync(
                CompletableFuture.supplyAsync(() -> 2, executor), (a, b) -> a * b, executor);
    assertThat(soon(answer)).isEqualTo(42);
  }

  @Test
  default void failureReachesTheCompletableFutureThatRunsOnIt() {
    needs(Need.SAME_JVM);
    Executor executor = create();
    IllegalStateException failure = new IllegalStateException("thrown on purpose");
    CompletableFuture<String> failing =
        CompletableFuture.supplyAsync(
            () -> {
              throw failure;
            },
            executor);
    assertThatThrownBy(() -> soon(failing)).hasCause(failure);
  }

  @Test
  default void completionServiceOfTheJdkRunsOnIt() throws Exception {
    needs(Need.SAME_JVM);
    ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(create());
    for (int i = 0; i < 10; i++) {
      int number = i;
      var _ = service.submit(() -> number);
    }
    List<Integer> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(soon(service.take()));
    }
    assertThat(results).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }
}
