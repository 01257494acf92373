package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Timeouts of tasks: the task is stopped, and the future says whether it did stop.
interface TimeoutContract extends GraceFixture {
  Duration LONG = Duration.ofMinutes(5);

  @Test
  default void aTaskThatHonoursInterruptsIsGoneSoonAfterItsTimeout() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    long start = System.nanoTime();
    Future<String> future = executor.submit(Task.of("load", held).withTimeout(timeout()));
    TaskTimeoutException timeout = timeoutOf(future);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    held.assertEnded();
    assertThat(timeout.stillRunning()).isFalse();
    assertThat(timeout.taskName()).isEqualTo("load");
    assertThat(timeout.timeout()).isEqualTo(timeout());
    assertThat(timeout).hasMessageContaining("load").hasMessageContaining("PT0.08S");
    assertThat(took).isBetween(timeout(), timeout().plusSeconds(20));
  }

  @Test
  default void aTaskThatIgnoresInterruptsIsReportedAsStillRunningByName() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    try {
      Task<String> task =
          Task.of("spin", stubborn).withTimeout(timeout()).withGrace(Duration.ofMillis(50));
      TaskTimeoutException timeout = timeoutOf(executor.submit(task));
      assertThat(timeout.stillRunning()).isTrue();
      assertThat(timeout.taskName()).isEqualTo("spin");
      stubborn.awaitInterrupted();
      assertThat(stubborn.hasEnded()).isFalse();
      assertThat(executor.stats().running()).isEqualTo(1);
      List<TaskInfo> survivors = executor.close(Duration.ofMillis(50));
      assertThat(survivors).extracting(TaskInfo::name).containsExactly("spin");
    } finally {
      stubborn.release();
    }
  }

  @Test
  default void theTimeoutCountsFromTheStartOfTheBody() throws Exception {
    TaskExecutor executor = createSingle();
    Duration timeout = Duration.ofMillis(150);
    HeldTask blocker = new HeldTask();
    var _ = executor.submit(blocker);
    blocker.awaitStarted();
    Future<String> queued = executor.submit(Task.of("queued", () -> "ran").withTimeout(timeout));
    await().pollDelay(timeout.multipliedBy(2)).until(() -> true);
    assertThat(queued.isDone()).isFalse();
    blocker.release();
    assertThat(soon(queued)).isEqualTo("ran");
  }

  @Test
  default void aResultBeforeTheDeadlineWins() throws Exception {
    TaskExecutor executor = create();
    for (int n = 0; n < 200; n++) {
      int result = n;
      assertThat(soon(executor.submit(Task.of("quick", () -> result).withTimeout(LONG))))
          .isEqualTo(n);
    }
  }

  @Test
  default void anExceptionBeforeTheDeadlineWins() {
    TaskExecutor executor = create();
    IllegalStateException exception = new IllegalStateException("no");
    Task<String> task = Task.of("fail", () -> failWith(exception)).withTimeout(LONG);
    assertThat(causeOf(executor.submit(task))).is(theOne(exception));
  }

  @Test
  default void aBodyThatSwallowsTheInterruptAndReturnsHasTimedOutAllTheSame() {
    TaskExecutor executor = createPatient();
    HeldTask held = new HeldTask();
    Task<String> task =
        Task.of(
                "swallow",
                () -> {
                  try {
                    return held.call();
                  } catch (InterruptedException _) {
                    return "too late";
                  }
                })
            .withTimeout(timeout());
    assertThat(timeoutOf(executor.submit(task)).stillRunning()).isFalse();
  }

  @Test
  default void aTaskCancelledDuringTheGracePeriodIsCancelled() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    try {
      Future<String> future =
          executor.submit(Task.of("spin", stubborn).withTimeout(timeout()).withGrace(LONG));
      stubborn.awaitInterrupted();
      assertThat(future.isDone()).isFalse();
      assertThat(future.cancel(true)).isTrue();
      assertThat(future.isCancelled()).isTrue();
      assertThat(future.cancel(true)).isFalse();
    } finally {
      stubborn.release();
    }
  }

  @Test
  default void aTaskCancelledBeforeItsDeadlineIsNotTimedOutLater() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    Future<String> future = executor.submit(Task.of("load", held).withTimeout(timeout()));
    held.awaitStarted();
    assumeTrue(future.cancel(true), "the machine was slower than the timeout");
    held.awaitEnded();
    await().pollDelay(timeout().multipliedBy(2)).until(() -> true);
    assertThat(future.isCancelled()).isTrue();
    assertThat(executor.stats().failed()).isZero();
    assertThat(executor.stats().cancelled()).isEqualTo(1);
  }

  @Test
  default void theTimeoutOfATaskDoesNotReachTheNextOneOnItsThread() throws Exception {
    TaskExecutor executor = createSingle();
    Future<String> first = executor.submit(Task.of("quick", () -> "done").withTimeout(brief()));
    await().until(first::isDone);
    HeldTask next = new HeldTask();
    Future<String> future = executor.submit(next);
    next.awaitStarted();
    await().pollDelay(brief().plus(timeout())).until(() -> true);
    assertThat(next.wasInterrupted()).isFalse();
    next.release();
    assertThat(soon(future)).isEqualTo(HeldTask.RESULT);
  }

  @Test
  default void anInterruptThatCameTooLateDoesNotReachTheNextTask() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    AtomicInteger leaks = new AtomicInteger();
    Duration tiny = Duration.ofNanos(500_000);
    for (int n = 0; n < 150; n++) {
      // ends at about its deadline, with the flag set or not
      Task<String> racing = Task.of("racing", () -> parkedFor(tiny)).withTimeout(tiny);
      var _ = executor.submit(racing);
      Future<?> next =
          executor.submit(() -> {
            if (Thread.currentThread().isInterrupted()) {
              leaks.incrementAndGet();
            }
          });
      var _ = soon(next);
    }
    assertThat(leaks).hasValue(0);
  }

  @Test
  default void theInterruptOfATimeoutDoesNotReachACallerThatRunsTheTask() {
    TaskExecutor executor = createPatient();
    Task<String> task =
        Task.of("spin", TimeoutContract::spunUntilInterrupted).withTimeout(timeout());
    assertThat(timeoutOf(executor.submit(task)).stillRunning()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  default void theTimeoutOfTheExecutorHoldsForTasksWithoutTheirOwn() throws Exception {
    TaskExecutor executor = create(cf -> cf.withTimeout(timeout()));
    assertThat(timeoutOf(executor.submit(new HeldTask())).timeout()).isEqualTo(timeout());
    assertThat(timeoutOf(executor.submit(Task.of("load", new HeldTask()))).timeout())
        .isEqualTo(timeout());
    HeldTask executed = new HeldTask();
    executor.execute(executed.asRunnable());
    executed.awaitInterrupted();
    executed.awaitEnded();
  }

  @Test
  default void theTimeoutOfATaskReplacesThatOfTheExecutor() throws Exception {
    TaskExecutor executor = create(cf -> cf.withTimeout(LONG));
    Task<String> shorter = Task.of("load", new HeldTask()).withTimeout(timeout());
    assertThat(timeoutOf(executor.submit(shorter)).timeout()).isEqualTo(timeout());
  }

  @Test
  default void aTaskMayBeAllowedLongerThanTheExecutorsTimeout() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create(cf -> cf.withTimeout(timeout()));
    HeldTask held = new HeldTask();
    Future<String> future = executor.submit(Task.of("load", held).withTimeout(LONG));
    held.awaitStarted();
    await().pollDelay(timeout().multipliedBy(2)).until(() -> true);
    assertThat(held.wasInterrupted()).isFalse();
    held.release();
    assertThat(soon(future)).isEqualTo(HeldTask.RESULT);
  }

  @Test
  default void aHugeTimeoutIsNoTimeout() throws Exception {
    TaskExecutor executor = create();
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    Task<String> task = Task.of("load", () -> "done").withTimeout(forever).withGrace(forever);
    assertThat(soon(executor.submit(task))).isEqualTo("done");
  }

  private static String parkedFor(Duration time) {
    LockSupport.parkNanos(time.toNanos());
    return "parked";
  }

  /// Ends with the interrupt flag set.
  private static String spunUntilInterrupted() {
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(1_000_000);
    }
    return "interrupted";
  }

  private static String failWith(RuntimeException exception) {
    throw exception;
  }

  private static Throwable causeOf(Future<?> future) {
    Throwable thrown = catchThrowable(() -> soon(future));
    assertThat(thrown).isExactlyInstanceOf(ExecutionException.class);
    return thrown.getCause();
  }

  private static TaskTimeoutException timeoutOf(Future<?> future) {
    Throwable cause = causeOf(future);
    assertThat(cause).isExactlyInstanceOf(TaskTimeoutException.class);
    return (TaskTimeoutException) cause;
  }
}
