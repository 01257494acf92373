package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.testing.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/// A failure that nobody reads is logged exactly once.
interface UnreadFailureContract extends ExecutorFixture {
  @Test
  default void anUnreadFailureIsLoggedOnceWhenItsFutureIsCollected() {
    String name = unique("collected");
    TaskExecutor executor = create();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      submitAndForget(executor, name);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            System.gc();
            assertThat(log.about(name)).isNotEmpty();
          });
      executor.close();
      assertIsTheFailure(log.only(name));
    }
  }

  @Test
  default void anUnreadFailureIsLoggedOnceWhenTheExecutorCloses() throws Exception {
    String name = unique("kept");
    TaskExecutor executor = create();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      Future<?> future = executor.submit(failing(name));
      await().until(future::isDone);
      assertThat(log.about(name)).isEmpty();
      executor.close();
      assertIsTheFailure(log.only(name));
      executor.close();
      assertThat(executor.close(Duration.ZERO)).isEmpty();
      System.gc();
      assertThat(log.about(name)).hasSize(1);
      assertThat(future).isDone();
    }
  }

  @Test
  default void anUnreadFailureIsLoggedOnceByABoundedClose() {
    String name = unique("bounded");
    TaskExecutor executor = create();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      Future<?> future = executor.submit(failing(name));
      assertThat(executor.close(Duration.ofSeconds(20))).isEmpty();
      assertIsTheFailure(log.only(name));
      assertThat(future).isDone();
    }
  }

  @Test
  default void aFailureMayStillBeReadAfterShutdownAndTermination() throws Exception {
    String name = unique("shut-down");
    TaskExecutor executor = create();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      Future<?> future = executor.submit(failing(name));
      executor.shutdown();
      await().until(executor::isTerminated);
      // submit all, shutdown, awaitTermination, then get each: an idiom that must stay quiet
      assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
      executor.close();
      assertThat(log.about(name)).isEmpty();
    }
  }

  @Test
  default void whateverTheKindOfSubmissionItsFailureIsLogged() {
    needs(Need.SAME_JVM);
    String name = unique("kinds");
    TaskExecutor executor = create(cf -> cf.withName(name));
    Runnable runnable = UnreadFailureContract::fail;
    Callable<String> callable = UnreadFailureContract::fail;
    SerializableRunnable serializable = UnreadFailureContract::fail;
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      List<Future<?>> futures =
          List.of(
              executor.submit(runnable),
              executor.submit(callable),
              executor.submit(serializable),
              executor.submit(runnable, "result"),
              executor.submit(failing(name), new TaskListener() {}));
      executor.close();
      assertThat(log.about(name)).hasSize(5).allSatisfy(UnreadFailureContract::assertIsTheFailure);
      assertThat(futures).allSatisfy(future -> assertThat(future).isDone());
    }
  }

  @Test
  default void lookingAtAFutureWithoutItsExceptionIsNotReadingIt() {
    String name = unique("looked-at");
    TaskExecutor executor = create(cf -> cf.withListener(TaskListener.onFailure((_, _) -> {})));
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      ListenableFuture<?> future = executor.submit(failing(name));
      future.addListener(() -> {}, directExecutor());
      await().until(future::isDone);
      assertThat(future.state()).isEqualTo(Future.State.FAILED);
      assertThat(future.isCancelled()).isFalse();
      assertThat(future.cancel(true)).isFalse();
      assertThat(future.toString()).isNotEmpty();
      executor.close();
      assertIsTheFailure(log.only(name));
    }
  }

  @Test
  default void aTimeoutThatNobodyReadsIsLoggedOnce() {
    String name = unique("late");
    TaskExecutor executor = create();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      Task<String> task = Task.of(name, new HeldTask()).withTimeout(timeout());
      Future<String> future = executor.submit(task);
      await().until(future::isDone);
      executor.close();
      assertThat(log.about(name)).hasSize(1);
    }
  }

  @Test
  default void aFailureOfExecuteIsLoggedAtOnceAndOnce() {
    needs(Need.SAME_JVM);
    String name = unique("executed");
    TaskExecutor executor = create(cf -> cf.withName(name));
    Runnable runnable = UnreadFailureContract::fail;
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      executor.execute(runnable);
      await().untilAsserted(() -> assertIsTheFailure(log.only(name)));
      executor.close();
      System.gc();
      assertThat(log.about(name)).hasSize(1);
    }
  }

  @Test
  default void aCheckedExceptionOrAnErrorOfExecuteIsLoggedToo() {
    String name = unique("thrown");
    TaskExecutor executor = create(cf -> cf.withName(name));
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      executor.execute(() -> {
        throw new IOException("checked");
      });
      executor.execute(() -> {
        throw new AssertionError("error");
      });
      executor.close();
      assertThat(log.about(name))
          .extracting(r -> r.thrown().getMessage())
          .containsExactlyInAnyOrder("checked", "error");
    }
  }

  @Test
  default void successAndCancellationAreNotLogged() throws Exception {
    String name = unique("quiet");
    TaskExecutor executor = create(cf -> cf.withName(name));
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      Future<String> succeeded = executor.submit(Task.of(name, () -> "fine"));
      executor.execute(() -> {});
      await().until(succeeded::isDone);
      if (lacks(Need.BACKGROUND).isEmpty()) {
        HeldTask held = new HeldTask();
        Future<String> cancelled = executor.submit(Task.of(name, held));
        held.awaitStarted();
        assertThat(cancelled.cancel(true)).isTrue();
        held.awaitEnded();
      }
      executor.close();
      assertThat(log.about(name)).isEmpty();
    }
  }

  @Test
  default void theLosersOfInvokeAnyAreNotLogged() throws Exception {
    String name = unique("any");
    TaskExecutor executor = create(cf -> cf.withName(name));
    SerializableCallable<String> loser = UnreadFailureContract::fail;
    SerializableCallable<String> winner = () -> "won";
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      assertThat(executor.invokeAny(List.of(loser, winner, loser))).isEqualTo("won");
      assertThatThrownBy(() -> executor.invokeAny(List.of(loser, loser)))
          .isInstanceOf(ExecutionException.class);
      executor.close();
      assertThat(log.about(name)).isEmpty();
    }
  }

  private String unique(String name) {
    return name + "-" + getClass().getSimpleName();
  }

  /// Leaves nothing on the stack that could keep the future reachable.
  private static void submitAndForget(TaskExecutor executor, String name) {
    var _ = executor.submit(failing(name));
  }

  private static Task<String> failing(String name) {
    return Task.of(name, () -> fail());
  }

  private static String fail() {
    throw new IllegalStateException("no route");
  }

  private static void assertIsTheFailure(CapturedLog.Entry record) {
    assertThat(record.level()).isIn(Level.WARN, Level.ERROR);
    assertThat(record.thrown())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no route")
        .hasStackTraceContaining("UnreadFailureContract.fail");
  }
}
