package dev.tandem;

import static dev.tandem.MapOrderContract.numbers;
import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.internal.StatsSnapshot;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The counts of an executor.
interface StatsContract extends ExecutorFixture {
  @Test
  default void aNewExecutorHasCountedNothing() {
    TaskExecutor executor = create(cf -> cf.withName("net"));
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot("net", 0, 0, 0, 0, 0, 0));
  }

  @Test
  default void countsAreExactOnceIdle() throws Exception {
    TaskExecutor executor = create(cf -> cf.withName("net"));
    List<Future<?>> futures = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      futures.add(executor.submit(() -> "fine"));
    }
    for (int n = 0; n < 7; n++) {
      futures.add(executor.submit(() -> fail()));
    }
    executor.execute(() -> {});
    futures.add(executor.submit(Task.of("late", new HeldTask()).withTimeout(timeout())));
    await().until(() -> futures.stream().allMatch(Future::isDone));
    awaitIdle(executor);
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot("net", 59, 51, 8, 0, 0, 0));
    assertThat(executor.stats().completed()).isEqualTo(59);
  }

  @Test
  default void countsAreExactAfterManyThreadsSubmitted() throws Exception {
    TaskExecutor executor = create();
    List<Caller<Void>> callers = new ArrayList<>();
    for (int c = 0; c < 4; c++) {
      callers.add(
          Caller.start(() -> {
            for (int n = 0; n < 500; n++) {
              var _ = soon(executor.submit(() -> "fine"));
            }
            return null;
          }));
    }
    for (Caller<Void> caller : callers) {
      caller.result();
    }
    awaitIdle(executor);
    ExecutorStats stats = executor.stats();
    assertThat(stats).isEqualTo(new StatsSnapshot(stats.name(), 2_000, 2_000, 0, 0, 0, 0));
  }

  @Test
  default void whatRunsAndWhatWaitsIsCounted() throws Exception {
    TaskExecutor executor = createSingle();
    String name = executor.stats().name();
    HeldTask running = new HeldTask();
    var first = executor.submit(running);
    running.awaitStarted();
    var second = executor.submit(() -> "second");
    var third = executor.submit(() -> "third");
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 3, 0, 0, 0, 1, 2));
    assertThat(third.cancel(true)).isTrue();
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 3, 0, 0, 1, 1, 1));
    running.release();
    assertThat(soon(first)).isEqualTo(HeldTask.RESULT);
    assertThat(soon(second)).isEqualTo("second");
    awaitIdle(executor);
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 3, 2, 0, 1, 0, 0));
  }

  @Test
  default void aCancelledBodyCountsAsRunningUntilItIsGone() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    String name = executor.stats().name();
    HeldTask stubborn = HeldTask.stubborn();
    var future = executor.submit(stubborn);
    stubborn.awaitStarted();
    assertThat(future.cancel(true)).isTrue();
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 1, 0, 0, 1, 1, 0));
    stubborn.release();
    awaitIdle(executor);
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 1, 0, 0, 1, 0, 0));
  }

  @Test
  default void eachInputOfAMapCountsAsOneTask() throws Exception {
    TaskExecutor executor = create();
    String name = executor.stats().name();
    assertThat(executor.map(numbers(500), n -> n).toList()).hasSize(500);
    awaitIdle(executor);
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 500, 500, 0, 0, 0, 0));
    assertThat(
            executor
                .mapSettled(numbers(30), n -> n % 3 == 0 ? fail() : n, c -> c.withChunkSize(7))
                .toList())
        .hasSize(30);
    awaitIdle(executor);
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 530, 520, 10, 0, 0, 0));
    executor.forEach(numbers(20), _ -> {});
    awaitIdle(executor);
    assertThat(executor.stats()).isEqualTo(new StatsSnapshot(name, 550, 540, 10, 0, 0, 0));
  }

  @Test
  default void everyInputThatAMapPulledHasAnOutcomeAfterItsEnd() {
    TaskExecutor executor = create();
    CountedInput input = CountedInput.endless();
    try (Stream<Integer> results = executor.map(input, n -> n, c -> c.withConcurrency(2))) {
      assertThat(results.limit(400).toList()).hasSize(400);
    }
    awaitIdle(executor);
    ExecutorStats stats = executor.stats();
    assertThat(stats.submitted()).isEqualTo(input.pulled());
    assertThat(stats.completed()).isEqualTo(stats.submitted());
    assertThat(stats.failed()).isZero();
    assertThat(stats.succeeded()).isGreaterThanOrEqualTo(400);
  }

  @Test
  default void rejectedTasksAreNotCounted() {
    TaskExecutor executor = create();
    executor.shutdown();
    assertThatThrownBy(() -> executor.submit(() -> 1))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(executor.stats().submitted()).isZero();
    assertThat(executor.stats().completed()).isZero();
  }

  @Test
  default void anExecutorWithoutANameHasOneAllTheSame() {
    assertThat(create().stats().name()).isNotBlank();
  }

  private static void awaitIdle(TaskExecutor executor) {
    await().until(() -> executor.stats().running() == 0 && executor.stats().queued() == 0);
  }

  private static <T> T fail() throws IOException {
    throw new IOException("no route");
  }
}
