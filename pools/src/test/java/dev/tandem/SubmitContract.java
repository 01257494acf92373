package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `submit` in its forms: what arrives, and how failures do.
interface SubmitContract extends ExecutorFixture {
  @Test
  default void submittedCallableGivesItsResult() throws Exception {
    needs(Need.SAME_JVM);
    ExecutorService executor = create();
    Callable<String> body = () -> "done";
    Future<String> future = executor.submit(body);
    assertThat(soon(future)).isEqualTo("done");
    assertThat(future.get()).isEqualTo("done");
    assertThat(future).isDone().isNotCancelled();
  }

  @Test
  default void submittedLambdaGivesItsResult() throws Exception {
    TaskExecutor executor = create();
    assertThat(soon(executor.submit(() -> 42))).isEqualTo(42);
  }

  @Test
  default void resultMayBeNull() throws Exception {
    ExecutorService executor = create();
    SerializableCallable<String> body = () -> null;
    assertThat(soon(executor.submit(body))).isNull();
  }

  @Test
  default void submittedRunnableRunsAndGivesNull() throws Exception {
    needs(Need.SAME_JVM);
    ExecutorService executor = create();
    AtomicInteger runs = new AtomicInteger();
    Runnable body = runs::incrementAndGet;
    assertThat((Object) soon(executor.submit(body))).isNull();
    assertThat(runs).hasValue(1);
  }

  @Test
  default void submittedRunnableGivesTheResultThatCameWithIt() throws Exception {
    needs(Need.SAME_JVM);
    ExecutorService executor = create();
    AtomicInteger runs = new AtomicInteger();
    assertThat(soon(executor.submit(runs::incrementAndGet, "given"))).isEqualTo("given");
    assertThat(soon(executor.submit(runs::incrementAndGet, (String) null))).isNull();
    assertThat(runs).hasValue(2);
  }

  @Test
  default void submittedSerializableRunnableRunsAndGivesNull() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    AtomicInteger runs = new AtomicInteger();
    SerializableRunnable body = runs::incrementAndGet;
    assertThat((Object) soon(executor.submit(body))).isNull();
    assertThat(runs).hasValue(1);
  }

  @Test
  default void submittedTaskGivesItsResult() throws Exception {
    TaskExecutor executor = create();
    Task<String> task = Task.of("greet", () -> "hello");
    assertThat(soon(executor.submit(task))).isEqualTo("hello");
    assertThat(soon(executor.submit(task, new TaskListener() {}))).isEqualTo("hello");
  }

  @Test
  default void nullBodyIsRefusedByEveryForm() throws Exception {
    TaskExecutor executor = create();
    Task<String> task = Task.of("named", () -> "");
    assertThatNullPointerException().isThrownBy(() -> executor.submit((Callable<String>) null));
    assertThatNullPointerException().isThrownBy(() -> executor.submit((Runnable) null));
    assertThatNullPointerException().isThrownBy(() -> executor.submit((Runnable) null, "result"));
    assertThatNullPointerException()
        .isThrownBy(() -> executor.submit((SerializableCallable<String>) null));
    assertThatNullPointerException().isThrownBy(() -> executor.submit((SerializableRunnable) null));
    assertThatNullPointerException().isThrownBy(() -> executor.submit((Task<String>) null));
    assertThatNullPointerException()
        .isThrownBy(() -> executor.submit((Task<String>) null, new TaskListener() {}));
    assertThatNullPointerException().isThrownBy(() -> executor.submit(task, (TaskListener) null));
    assertThat(soon(executor.submit(() -> "still works"))).isEqualTo("still works");
    assertThat(executor.stats().submitted()).isEqualTo(1);
  }

  @Test
  default void exceptionOfTheBodyIsTheCause() {
    needs(Need.SAME_JVM);
    ExecutorService executor = create();
    IllegalStateException unchecked = new IllegalStateException("unchecked");
    IOException checked = new IOException("checked");
    Callable<String> callable =
        () -> {
          throw checked;
        };
    Runnable runnable =
        () -> {
          throw unchecked;
        };
    assertFailsWith(executor.submit(callable), checked);
    assertFailsWith(executor.submit(runnable), unchecked);
    assertFailsWith(executor.submit(runnable, "result"), unchecked);
  }

  @Test
  default void exceptionOfSerializableBodyIsTheCauseAsItWasThrown() {
    TaskExecutor executor = create();
    IOException checked = new IOException("checked");
    SerializableRunnable body =
        () -> {
          throw checked;
        };
    assertFailsWith(executor.submit(body), checked);
    assertFailsWith(executor.submit(Task.of("fails", body)), checked);
    // through the interfaces of the JDK it is still a body that may throw
    ExecutorService old = executor;
    assertFailsWith(old.submit(body, "result"), checked);
    assertFailsWith(old.submit((Runnable) body), checked);
  }

  @Test
  default void interruptedExceptionOfTheBodyIsAFailureNotACancellation() {
    TaskExecutor executor = create();
    InterruptedException ownInterrupt = new InterruptedException("thrown by the body itself");
    Future<String> future =
        executor.submit(() -> {
          throw ownInterrupt;
        });
    assertFailsWith(future, ownInterrupt);
    assertThat(future.isCancelled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(classes = {AssertionError.class, StackOverflowError.class, LinkageError.class})
  default void errorOfTheBodyIsTheCauseAndTheExecutorWorksOn(Class<? extends Error> type)
      throws Exception {
    TaskExecutor executor = create();
    Error error = type.getConstructor().newInstance();
    // more often than there are threads: none of them may die of it
    for (int i = 0; i < 10; i++) {
      Future<String> future =
          executor.submit(() -> {
            throw error;
          });
      assertFailsWith(future, error);
    }
    assertThat(soon(executor.submit(() -> "still works"))).isEqualTo("still works");
  }

  @Test
  default void sameBodyMaySubmittedManyTimes() throws Exception {
    needs(Need.SAME_JVM);
    ExecutorService executor = create();
    AtomicInteger runs = new AtomicInteger();
    Callable<Integer> body = runs::incrementAndGet;
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      futures.add(executor.submit(body));
    }
    List<Integer> results = new ArrayList<>();
    for (Future<Integer> future : futures) {
      results.add(soon(future));
    }
    assertThat(results).doesNotHaveDuplicates();
    assertThat(runs).hasValue(1_000);
  }

  @Test
  default void taskMaySubmitToItsOwnExecutor() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    Future<Future<String>> outer = executor.submit(() -> executor.submit(() -> "inner"));
    assertThat(soon(soon(outer))).isEqualTo("inner");
  }

  @Test
  default void taskMayWaitForTaskOfItsOwnExecutorWhileThereIsRoom() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = create();
    Future<String> outer = executor.submit(() -> soon(executor.submit(() -> "inner")));
    assertThat(soon(outer)).isEqualTo("inner");
  }

  @Test
  default void interruptedThreadMaySubmitAndKeepsItsFlag() throws Exception {
    TaskExecutor executor = create();
    Thread.currentThread().interrupt();
    Future<String> future = executor.submit(() -> "done");
    assertThat(Thread.interrupted()).as("the submitter's flag").isTrue();
    assertThat(soon(future)).isEqualTo("done");
  }

  private void assertFailsWith(Future<?> future, Throwable expected) {
    assertThatThrownBy(() -> soon(future))
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .is(theOne(expected));
  }
}
