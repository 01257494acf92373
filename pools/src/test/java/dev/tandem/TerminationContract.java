package dev.tandem;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// `isTerminated` and `awaitTermination`: an executor is terminated when no body is left on a
/// thread.
interface TerminationContract extends ExecutorFixture {
  @Test
  default void awaitTerminationOfOpenExecutorTimesOut() throws Exception {
    ExecutorService executor = create();
    assertThat(executor.awaitTermination(20, MILLISECONDS)).isFalse();
    assertThat(executor.awaitTermination(0, MILLISECONDS)).isFalse();
    assertThat(executor.awaitTermination(-1, MILLISECONDS)).isFalse();
    assertThat(executor.awaitTermination(Long.MIN_VALUE, DAYS)).isFalse();
  }

  @Test
  default void awaitTerminationRefusesNullUnit() {
    ExecutorService executor = create();
    assertThatNullPointerException().isThrownBy(() -> executor.awaitTermination(1, null));
  }

  @Test
  default void idleExecutorTerminatesAfterShutdown() throws Exception {
    TaskExecutor executor = create();
    var _ = executor.submit(() -> "done").get();
    executor.shutdown();
    assertThat(executor.awaitTermination(Long.MAX_VALUE, DAYS)).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(executor.awaitTermination(0, SECONDS)).isTrue();
  }

  @Test
  default void unusedExecutorTerminatesAfterShutdown() throws Exception {
    ExecutorService executor = create();
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void executorIsNotTerminatedWhileTaskRuns() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    executor.shutdown();
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.awaitTermination(20, MILLISECONDS)).isFalse();
    assertThat(executor.isTerminated()).isFalse();
    held.release();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void executorIsNotTerminatedWhileTaskWaitsToStart() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask first = new HeldTask();
    HeldTask second = new HeldTask();
    var _ = executor.submit(first);
    var _ = executor.submit(second);
    executor.shutdown();
    first.release();
    second.awaitStarted();
    assertThat(executor.isTerminated()).isFalse();
    second.release();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void executorIsNotTerminatedWhileCancelledBodyStillRuns() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    Future<String> future = executor.submit(stubborn);
    stubborn.awaitStarted();
    future.cancel(true);
    stubborn.awaitInterrupted();
    executor.shutdown();
    assertThat(executor.awaitTermination(20, MILLISECONDS)).isFalse();
    assertThat(executor.isTerminated()).isFalse();
    stubborn.release();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    stubborn.assertEnded();
  }

  @Test
  default void everyBodyHasEndedWhenAwaitTerminationReturns() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    List<HeldTask> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HeldTask task = new HeldTask();
      tasks.add(task);
      executor.execute(task.asRunnable());
    }
    executor.shutdown();
    tasks.forEach(HeldTask::release);
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(tasks).allMatch(HeldTask::hasEnded);
  }

  @Test
  default void terminationReleasesEveryWaiter() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    List<Caller<Boolean>> waiters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiters.add(Caller.start(() -> executor.awaitTermination(1, DAYS)).awaitBlocked());
    }
    executor.shutdown();
    held.release();
    for (Caller<Boolean> waiter : waiters) {
      assertThat(waiter.result()).isTrue();
    }
  }

  @Test
  default void awaitTerminationEndsWhenInterrupted() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    executor.shutdown();
    Caller<Boolean> waiter = Caller.start(() -> executor.awaitTermination(1, DAYS)).awaitBlocked();
    waiter.interrupt();
    assertThat(waiter.failure()).isInstanceOf(InterruptedException.class);
    assertThat(held.wasInterrupted()).as("the task, which is none of the waiter's").isFalse();
    held.release();
  }

  @Test
  default void interruptedThreadCannotAwaitTermination() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    executor.shutdown();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> executor.awaitTermination(20, SECONDS));
    assertThat(Thread.interrupted()).isFalse();
    held.release();
  }

  @Test
  default void taskThatAwaitsTheEndOfItsOwnExecutorTimesOut() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    Future<Boolean> future =
        executor.submit(() -> {
          executor.shutdown();
          return executor.awaitTermination(20, MILLISECONDS);
        });
    await().until(future::isDone);
    assertThat(future.get()).isFalse();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }
}
