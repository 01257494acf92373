package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.pools.ThreadConfig;
import dev.tandem.testing.Caller;
import dev.tandem.testing.CapturedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Closing within a bounded time, and what it says of tasks that did not stop.
interface CloseDurationContract extends GraceFixture {
  Duration A_MOMENT = Duration.ofMillis(50);
  Duration FOR_EVER = Duration.ofMinutes(5);

  @Test
  default void closeReturnsNothingWhenEveryTaskHasEnded() {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    AtomicInteger runs = new AtomicInteger();
    for (int n = 0; n < 50; n++) {
      executor.execute(() -> runs.incrementAndGet());
    }
    assertThat(executor.close(FOR_EVER)).isEmpty();
    assertThat(runs).as("tasks accepted before the close").hasValue(50);
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
    assertThatThrownBy(() -> executor.submit(() -> 1))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  default void closeDoesNotInterruptWhatEndsInTime() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    Future<String> future = executor.submit(held);
    held.awaitStarted();
    Caller<List<TaskInfo>> closer = Caller.start(() -> executor.close(FOR_EVER));
    closer.awaitBlocked();
    held.release();
    assertThat(closer.result()).isEmpty();
    assertThat(held.wasInterrupted()).isFalse();
    assertThat(future.resultNow()).isEqualTo(HeldTask.RESULT);
  }

  @Test
  default void whatStillRunsAfterTheWaitIsInterrupted() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask first = new HeldTask();
    HeldTask second = new HeldTask();
    Future<String> firstFuture = executor.submit(first);
    Future<String> secondFuture = executor.submit(second);
    first.awaitStarted();
    second.awaitStarted();
    assertThat(executor.close(A_MOMENT)).isEmpty();
    first.awaitInterrupted();
    second.awaitInterrupted();
    assertThat(first.hasEnded() && second.hasEnded()).isTrue();
    assertThat(firstFuture.isDone() && secondFuture.isDone()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void whatHasNotStartedAfterTheWaitIsCancelled() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle(cf -> cf.withGrace(AMPLE));
    HeldTask running = new HeldTask();
    AtomicInteger runs = new AtomicInteger();
    var _ = executor.submit(running);
    running.awaitStarted();
    List<Future<?>> queued = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      queued.add(executor.submit(() -> runs.incrementAndGet()));
    }
    assertThat(executor.close(A_MOMENT)).isEmpty();
    assertThat(queued).allSatisfy(future -> assertThat(future.isCancelled()).isTrue());
    assertThat(runs).hasValue(0);
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void whatDoesNotStopIsNamed() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create(cf -> cf.withName("net").withGrace(A_MOMENT));
    HeldTask first = HeldTask.stubborn();
    HeldTask second = HeldTask.stubborn();
    try {
      var _ = executor.submit(Task.of("spin", first));
      var cancelled = executor.submit(Task.of("whirl", second));
      first.awaitStarted();
      second.awaitStarted();
      assertThat(cancelled.cancel(true)).isTrue();

      List<TaskInfo> survivors = executor.close(A_MOMENT);
      assertThat(survivors).extracting(TaskInfo::name).containsExactlyInAnyOrder("spin", "whirl");
      assertThat(survivors).extracting(TaskInfo::executor).containsOnly("net");
      assertThat(survivors).allSatisfy(task -> assertThat(task.isRunning()).isTrue());
      first.awaitInterrupted();
      assertThat(executor.isShutdown()).isTrue();
      assertThat(executor.isTerminated()).isFalse();
      assertThat(executor.close(Duration.ZERO)).hasSize(2);

      first.release();
      second.release();
      await().until(executor::isTerminated);
      assertThat(survivors).allSatisfy(task -> assertThat(task.isRunning()).isFalse());
      assertThat(executor.close(Duration.ZERO)).isEmpty();
    } finally {
      first.release();
      second.release();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void anInputOfAMapThatDoesNotStopIsNamed(boolean listened) throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    UnaryOperator<ThreadConfig> brief = cf -> cf.withName("net").withGrace(A_MOMENT);
    TaskExecutor executor =
        create(
            cf -> listened ? brief.apply(cf).withListener(new EventRecorder()) : brief.apply(cf));
    HeldTask stubborn = HeldTask.stubborn();
    try {
      Caller<List<String>> consumer =
          Caller.start(
              () -> executor.map(MapOrderContract.numbers(1), _ -> stubborn.call()).toList());
      stubborn.awaitStarted();
      assertThat(executor.close(A_MOMENT))
          .hasSize(1)
          .allSatisfy(task -> assertThat(task.name()).contains("net"));
      assertThat(consumer.failure()).isInstanceOf(RuntimeException.class);
    } finally {
      stubborn.release();
    }
  }

  @Test
  default void anInterruptedCallerStopsWhatRunsAtOnceAndKeepsItsFlag() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    Caller<List<TaskInfo>> closer = Caller.start(() -> executor.close(FOR_EVER));
    closer.awaitBlocked().interrupt();
    assertThat(closer.result()).isEmpty();
    assertThat(closer.keptTheFlag()).isTrue();
    held.awaitInterrupted();
    held.assertEnded();
  }

  @Test
  default void aCallerInterruptedBeforehandStillHearsOfSurvivors() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create(cf -> cf.withGrace(A_MOMENT));
    HeldTask stubborn = HeldTask.stubborn();
    try {
      var _ = executor.submit(Task.of("spin", stubborn));
      stubborn.awaitStarted();
      Caller<List<TaskInfo>> closer =
          Caller.start(() -> {
            Thread.currentThread().interrupt();
            return executor.close(FOR_EVER);
          });
      assertThat(closer.result()).extracting(TaskInfo::name).containsExactly("spin");
      assertThat(closer.keptTheFlag()).isTrue();
      stubborn.awaitInterrupted();
    } finally {
      stubborn.release();
    }
  }

  @Test
  default void closingTwiceIsHarmless() {
    TaskExecutor executor = createPatient();
    assertThat(executor.close(A_MOMENT)).isEmpty();
    assertThat(executor.close(A_MOMENT)).isEmpty();
    executor.close();
    assertThat(executor.close(Duration.ZERO)).isEmpty();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void closingWithoutWaitingStopsAtOnce() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    assertThat(executor.close(Duration.ZERO)).isEmpty();
    held.awaitInterrupted();
    held.assertEnded();
  }

  @Test
  default void severalThreadsMayCloseAtOnce() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    Caller<List<TaskInfo>> patient = Caller.start(() -> executor.close(FOR_EVER));
    patient.awaitBlocked();
    assertThat(Caller.start(() -> executor.close(A_MOMENT)).result()).isEmpty();
    assertThat(patient.result()).isEmpty();
    held.awaitInterrupted();
  }

  @Test
  default void aCloseTimeoutBoundsThePlainCloseAndLogsWhatDidNotStop() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    String name = "survivor-" + getClass().getSimpleName();
    TaskExecutor executor = create(cf -> cf.withCloseTimeout(A_MOMENT).withGrace(A_MOMENT));
    HeldTask stubborn = HeldTask.stubborn();
    HeldTask polite = new HeldTask();
    try (CapturedLog log = CapturedLog.of("dev.tandem")) {
      var _ = executor.submit(Task.of(name, stubborn));
      var _ = executor.submit(polite);
      stubborn.awaitStarted();
      polite.awaitStarted();
      executor.close();
      polite.awaitEnded();
      stubborn.awaitInterrupted();
      assertThat(stubborn.hasEnded()).isFalse();
      assertThat(log.about(name)).hasSize(1);
    } finally {
      stubborn.release();
    }
  }
}
