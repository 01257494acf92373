package dev.tandem;

import static dev.tandem.core.Saturation.BLOCK;
import static dev.tandem.core.Saturation.REJECT;
import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A bounded queue: full means refused or waiting, and every place that gets free is used.
interface QueueContract extends ExecutorFixture {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  default void fullQueueRejectsAndTakesAgainWhenThereIsRoom(int capacity) throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withName("errands").withQueue(capacity, REJECT));
    HeldTask running = running(executor);
    List<Future<String>> waiting = new ArrayList<>();
    for (int i = 0; i < capacity; i++) {
      waiting.add(executor.submit(() -> "waited"));
    }
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.submit(() -> "too many"))
        .withMessageContaining("errands");
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.execute(() -> {}))
        .withMessageContaining("errands");
    assertThat(executor.stats().submitted()).isEqualTo(capacity + 1);
    running.release();
    for (Future<String> future : waiting) {
      assertThat(soon(future)).isEqualTo("waited");
    }
    // the last one may still be on its way off the thread
    await().until(() -> executor.stats().running() == 0);
    await().until(() -> accepted(executor));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  default void fullQueueBlocksUntilThereIsRoom(int capacity) throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withQueue(capacity, BLOCK));
    HeldTask running = running(executor);
    for (int i = 0; i < capacity; i++) {
      executor.execute(() -> {});
    }
    Caller<Future<String>> submitter =
        Caller.start(() -> (Future<String>) executor.submit(() -> "late")).awaitBlocked();
    running.release();
    assertThat(soon(submitter.result())).isEqualTo("late");
    assertThat(submitter.keptTheFlag()).isFalse();
  }

  @Test
  default void interruptEndsTheWaitForRoomAndKeepsTheFlag() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withName("errands").withQueue(1, BLOCK));
    HeldTask running = running(executor);
    Future<String> waiting = executor.submit(() -> "waited");
    HeldTask late = new HeldTask();
    Caller<Future<String>> submitter =
        Caller.start(() -> (Future<String>) executor.submit(late)).awaitBlocked();
    submitter.interrupt();
    assertThat(submitter.failure())
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("errands");
    assertThat(submitter.keptTheFlag()).isTrue();
    assertThat(executor.stats().submitted()).isEqualTo(2);
    running.release();
    assertThat(soon(waiting)).isEqualTo("waited");
    assertThat(soon(executor.submit(() -> "next"))).isEqualTo("next");
    assertThat(late.hasStarted()).isFalse();
  }

  @Test
  default void interruptedThreadDoesNotWaitForRoom() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withQueue(1, BLOCK));
    HeldTask running = running(executor);
    executor.execute(() -> {});
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.submit(() -> "late"));
    assertThat(Thread.interrupted()).as("the submitter's flag").isTrue();
    running.release();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void shutdownEndsTheWaitForRoom(boolean now) throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withName("errands").withQueue(1, BLOCK));
    HeldTask running = running(executor);
    executor.execute(() -> {});
    List<Caller<Future<String>>> submitters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      submitters.add(
          Caller.start(() -> (Future<String>) executor.submit(() -> "late")).awaitBlocked());
    }
    if (now) {
      assertThat(executor.shutdownNow()).hasSize(1);
    } else {
      executor.shutdown();
    }
    for (Caller<?> submitter : submitters) {
      assertThat(submitter.failure())
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("errands");
      assertThat(submitter.keptTheFlag()).isFalse();
    }
    running.release();
  }

  @ParameterizedTest
  @EnumSource
  default void taskOfTheSameExecutorIsRefusedInsteadOfWaiting(Saturation whenFull)
      throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle(cf -> cf.withName("errands").withQueue(1, whenFull));
    Future<String> outer =
        executor.submit(() -> {
          var _ = executor.submit(() -> "there was room for this one");
          var _ = executor.submit(() -> "and none for this one");
          return "accepted";
        });
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> soon(outer))
        .withCauseInstanceOf(RejectedExecutionException.class)
        .withStackTraceContaining("errands");
    executor.close();
    assertThat(executor.stats().submitted()).isEqualTo(2);
  }

  @Test
  default void taskOfAnotherExecutorMayWaitForRoom() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle(cf -> cf.withQueue(1, BLOCK));
    TaskExecutor other = createSingle();
    HeldTask running = running(executor);
    executor.execute(() -> {});
    Future<Future<String>> outer = other.submit(() -> executor.submit(() -> "late"));
    await().until(() -> other.stats().running() == 1);
    running.release();
    assertThat(soon(soon(outer))).isEqualTo("late");
  }

  @Test
  default void cancelOfWaitingTaskMakesRoomAtOnce() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withQueue(2, REJECT));
    HeldTask running = running(executor);
    for (int i = 0; i < 100; i++) {
      Future<String> one = executor.submit(() -> "one");
      Future<String> two = executor.submit(() -> "two");
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(() -> executor.submit(() -> "three"));
      assertThat(i % 2 == 0 ? one.cancel(true) : two.cancel(false)).isTrue();
      assertThat(executor.stats().queued()).isEqualTo(1);
      Future<String> three = executor.submit(() -> "three");
      assertThat(three.cancel(false)).isTrue();
      assertThat(one.isCancelled() ? two.cancel(true) : one.cancel(true)).isTrue();
    }
    assertThat(executor.stats().queued()).isZero();
    running.release();
  }

  @Test
  default void cancelOfWaitingTaskReleasesBlockedSubmitter() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withQueue(1, BLOCK));
    HeldTask running = running(executor);
    Future<String> waiting = executor.submit(() -> "waited");
    Caller<Future<String>> submitter =
        Caller.start(() -> (Future<String>) executor.submit(() -> "late")).awaitBlocked();
    waiting.cancel(false);
    Future<String> late = submitter.result();
    assertThat(running.hasEnded()).isFalse();
    running.release();
    assertThat(soon(late)).isEqualTo("late");
  }

  @Test
  default void timedInvokeAllDoesNotWaitForRoomBeyondItsTimeout() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withQueue(1, BLOCK));
    List<HeldTask> tasks = List.of(new HeldTask(), new HeldTask(), new HeldTask(), new HeldTask());
    assertThat(executor.invokeAll(tasks, 100, MILLISECONDS)).hasSize(4).allMatch(Future::isDone);
    assertThat(soon(executor.submit(() -> "next"))).isEqualTo("next");
  }

  @Test
  default void timedInvokeAnyDoesNotWaitForRoomBeyondItsTimeout() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withQueue(1, BLOCK));
    List<HeldTask> tasks = List.of(new HeldTask(), new HeldTask(), new HeldTask(), new HeldTask());
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> executor.invokeAny(tasks, 100, MILLISECONDS));
    assertThat(soon(executor.submit(() -> "next"))).isEqualTo("next");
  }

  @Test
  default void manySubmittersShareLittleRoom() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle(cf -> cf.withQueue(2, BLOCK));
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Caller<Void>> submitters = new ArrayList<>();
    for (int s = 0; s < 8; s++) {
      submitters.add(
          Caller.start(() -> {
            for (int i = 0; i < 200; i++) {
              executor.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                runs.incrementAndGet();
                running.decrementAndGet();
              });
            }
            return null;
          }));
    }
    for (Caller<Void> submitter : submitters) {
      var _ = submitter.result();
    }
    executor.close();
    assertThat(runs).hasValue(1_600);
    assertThat(most).hasValue(1);
  }

  private static HeldTask running(TaskExecutor executor) throws InterruptedException {
    HeldTask running = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    return running;
  }

  private static boolean accepted(TaskExecutor executor) throws Exception {
    try {
      return soon(executor.submit(() -> true));
    } catch (RejectedExecutionException e) {
      return false;
    }
  }
}
