package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.testing.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// `shutdown` and `shutdownNow`: what they do to accepted tasks and to later ones.
interface ShutdownContract extends ExecutorFixture {
  @Test
  default void newExecutorIsOpen() {
    ExecutorService executor = create();
    assertThat(executor.isShutdown()).isFalse();
    assertThat(executor.isTerminated()).isFalse();
  }

  @Test
  default void shutdownMayBeRepeated() throws Exception {
    ExecutorService executor = create();
    executor.shutdown();
    executor.shutdown();
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    executor.shutdown();
    assertThat(executor.shutdownNow()).isEmpty();
    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void everythingIsRejectedAfterShutdownWithTheNameOfTheExecutor() {
    TaskExecutor executor = create(cf -> cf.withName("errands"));
    AtomicInteger runs = new AtomicInteger();
    SerializableRunnable serializable = runs::incrementAndGet;
    Runnable runnable = runs::incrementAndGet;
    Callable<Integer> callable = runs::incrementAndGet;
    SerializableCallable<Integer> serializableCallable = runs::incrementAndGet;
    Task<Integer> task = Task.of("late", serializableCallable);
    executor.shutdown();
    List<ThrowingCallable> attempts =
        List.of(
            () -> executor.submit(callable),
            () -> executor.submit(runnable),
            () -> executor.submit(runnable, "result"),
            () -> executor.submit(serializableCallable),
            () -> executor.submit(serializable),
            () -> executor.submit(task),
            () -> executor.submit(task, new TaskListener() {}),
            () -> executor.execute(runnable),
            () -> executor.execute(serializable));
    assertThat(attempts)
        .allSatisfy(attempt ->
            assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(attempt)
                .withMessageContaining("errands"));
    assertThat(runs).hasValue(0);
    assertThat(executor.stats().submitted()).isZero();
  }

  @Test
  default void acceptedTasksRunAfterShutdown() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    Future<String> first = executor.submit(running);
    running.awaitStarted();
    List<Future<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      waiting.add(executor.submit(() -> number));
    }
    executor.shutdown();
    assertThat(running.wasInterrupted()).isFalse();
    running.release();
    assertThat(soon(first)).isEqualTo(HeldTask.RESULT);
    for (int i = 0; i < 10; i++) {
      assertThat(soon(waiting.get(i))).isEqualTo(i);
    }
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void waitingTaskMayBeCancelledAfterShutdown() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> future = executor.submit(waiting);
    executor.shutdown();
    assertThat(future.cancel(true)).isTrue();
    running.release();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(waiting.hasStarted()).isFalse();
  }

  @Test
  default void shutdownNowInterruptsWhatRuns() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask submitted = new HeldTask();
    HeldTask executed = new HeldTask();
    Future<String> future = executor.submit(submitted);
    executor.execute(executed.asRunnable());
    submitted.awaitStarted();
    executed.awaitStarted();
    assertThat(executor.shutdownNow()).isEmpty();
    assertThat(executor.isShutdown()).isTrue();
    submitted.awaitInterrupted();
    executed.awaitInterrupted();
    await().until(future::isDone);
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void shutdownNowGivesBackExecutedBodiesThatDidNotStartAsTheyWere() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    executor.execute(running.asRunnable());
    running.awaitStarted();
    AtomicInteger runs = new AtomicInteger();
    Runnable one = runs::incrementAndGet;
    SerializableRunnable two = runs::incrementAndGet;
    executor.execute(one);
    executor.execute(two);
    assertThat(executor.shutdownNow())
        .usingElementComparator((a, b) -> a == b ? 0 : 1)
        .containsExactlyInAnyOrder(one, two);
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(runs).hasValue(0);
  }

  @Test
  default void shutdownNowCancelsSubmittedTasksThatDidNotStart() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    HeldTask waitingToo = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> submitted = executor.submit(waiting);
    Future<?> submittedToo = executor.submit(waitingToo.asRunnable());
    List<Runnable> unstarted = executor.shutdownNow();
    assertThat(unstarted).hasSize(2);
    assertThat(submitted.isCancelled()).isTrue();
    assertThat(submittedToo.isCancelled()).isTrue();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> soon(submitted));
    // whoever runs what came back changes nothing: it has been cancelled
    unstarted.forEach(Runnable::run);
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(waiting.hasStarted()).isFalse();
    assertThat(waitingToo.hasStarted()).isFalse();
  }

  @Test
  default void shutdownNowReleasesThoseWhoWaitForTasksThatDidNotStart() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> waiting = executor.submit(() -> "never");
    Caller<String> caller = Caller.start(waiting::get).awaitBlocked();
    var _ = executor.shutdownNow();
    assertThat(caller.failure()).isInstanceOf(CancellationException.class);
  }

  @Test
  default void shutdownNowAfterShutdownStopsWhatWasAccepted() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> waiting = executor.submit(() -> "never");
    executor.shutdown();
    assertThat(executor.shutdownNow()).hasSize(1);
    running.awaitInterrupted();
    assertThat(waiting.isCancelled()).isTrue();
    assertThat(executor.shutdownNow()).isEmpty();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void taskMayShutDownItsOwnExecutor() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    Future<String> future =
        executor.submit(() -> {
          executor.shutdown();
          return "done";
        });
    assertThat(soon(future)).isEqualTo("done");
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void taskMayStopItsOwnExecutor() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    var _ =
        executor.submit(() -> {
          var _ = executor.shutdownNow();
          return "done";
        });
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void taskCannotSubmitToItsOwnExecutorAfterShutdown() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    Future<String> future =
        executor.submit(() -> {
          executor.shutdown();
          var _ = executor.submit(() -> "late");
          return "accepted";
        });
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> soon(future))
        .withCauseInstanceOf(RejectedExecutionException.class);
  }
}
