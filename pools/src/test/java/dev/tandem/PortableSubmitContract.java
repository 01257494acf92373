package dev.tandem;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.core.Outcome;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.Failures;
import dev.tandem.pools.Mark;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Single tasks, wherever they run: results, failures, limits, cancelling, listeners.
interface PortableSubmitContract extends PortableFixture {
  @Test
  default void resultOfABodyArrives() throws Exception {
    TaskExecutor executor = open();
    int offset = 40;
    assertThat(executor.submit(() -> offset + 2).get()).isEqualTo(42);
    assertThat(executor.submit(Task.of("named", () -> List.of("a", "b"))).get())
        .containsExactly("a", "b");
    SerializableCallable<String> nothing = () -> null;
    assertThat(executor.submit(nothing).get()).isNull();
  }

  @Test
  default void bodyWithoutAResultRuns() throws Exception {
    TaskExecutor executor = open();
    Mark submitted = mark("submitted");
    Mark executed = mark("executed");
    SerializableRunnable body = () -> submitted.set();

    assertThat((Object) executor.submit(body).get(20, SECONDS)).isNull();
    executor.execute(() -> executed.set());

    assertThat(submitted.isSet()).isTrue();
    executed.await();
  }

  @Test
  default void failureOfABodyIsTheCause() {
    TaskExecutor executor = open();
    Future<Object> future =
        executor.submit(() -> {
          throw new IOException("no such page");
        });
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> future.get(20, SECONDS))
        .withCauseInstanceOf(IOException.class)
        .havingCause()
        .withMessage("no such page");
    assertThat(Outcome.of(future)).isInstanceOf(Outcome.Failure.class);
  }

  @Test
  default void taskIsStoppedAtItsTimeoutAndTheNextRuns() throws Exception {
    TaskExecutor executor = openSingle();
    Mark never = mark("never");

    Future<String> slow =
        executor.submit(Task.of("slow", never::await).withTimeout(Duration.ofMillis(100)));
    Future<Integer> next = executor.submit(() -> 1);

    TaskTimeoutException timeout = Failures.cause(slow, TaskTimeoutException.class);
    assertThat(timeout.taskName()).isEqualTo("slow");
    assertThat(timeout.timeout()).isEqualTo(Duration.ofMillis(100));
    assertThat(timeout.stillRunning()).isFalse();
    assertThat(next.get(20, SECONDS)).isEqualTo(1);
  }

  @Test
  default void cancellingStopsWhatRuns() throws Exception {
    TaskExecutor executor = openSingle();
    Mark never = mark("never");
    Future<Long> running = running(executor, never);

    assertThat(running.cancel(true)).isTrue();

    assertThat(running.isCancelled()).isTrue();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(running::get);
    assertThat(executor.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
  }

  @Test
  default void cancelledBeforeItsStartNeverRuns() throws Exception {
    TaskExecutor executor = openSingle();
    Mark release = mark("release");
    Mark ran = mark("ran");
    Future<Long> running = running(executor, release);
    SerializableRunnable body = () -> ran.set();
    Future<?> waiting = executor.submit(body);

    assertThat(waiting.cancel(false)).isTrue();
    release.set();
    running.get(20, SECONDS);
    executor.submit(() -> 1).get(20, SECONDS);

    assertThat(ran.isSet()).isFalse();
  }

  @Test
  default void invokeAllGivesEachItsFuture() throws Exception {
    TaskExecutor executor = open();
    List<SerializableCallable<Integer>> bodies =
        List.of(
            () -> 1,
            () -> {
              throw new IOException("two");
            },
            () -> 3);

    List<Future<Integer>> futures = executor.invokeAll(bodies);

    assertThat(futures).allMatch(Future::isDone);
    assertThat(futures.get(0).get()).isEqualTo(1);
    assertThat(futures.get(1).exceptionNow()).isInstanceOf(IOException.class).hasMessage("two");
    assertThat(futures.get(2).get()).isEqualTo(3);
  }

  @Test
  default void invokeAllCancelsWhatIsTooLate() throws Exception {
    TaskExecutor executor = open();
    Mark quick = mark("quick");
    Mark never = mark("never");
    quick.set("done");
    List<SerializableCallable<String>> bodies = List.of(never::await, never::await);

    List<Future<String>> futures = executor.invokeAll(bodies, 1, SECONDS);

    assertThat(futures).allMatch(Future::isCancelled);
    assertThat(executor.submit(quick::await).get(20, SECONDS)).isEqualTo("done");
  }

  @Test
  default void invokeAnyGivesASuccess() throws Exception {
    TaskExecutor executor = open();
    List<SerializableCallable<Integer>> bodies =
        List.of(
            () -> {
              throw new IOException("one");
            },
            () -> 2);
    assertThat(executor.invokeAny(bodies)).isEqualTo(2);
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> executor.invokeAny(List.of(bodies.get(0), bodies.get(0))))
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  default void listenersAreToldInOrder() throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    TaskExecutor executor = open(recorder(told));

    executor.submit(Task.of("good", () -> 1)).get(20, SECONDS);
    await().untilAsserted(() -> assertThat(told).contains("ended good"));
    assertThat(told)
        .containsExactly("submitted good", "started good", "succeeded good", "ended good");

    told.clear();
    Future<Object> failing =
        executor.submit(
            Task.of(
                "bad",
                () -> {
                  throw new IOException("no");
                }));
    Failures.cause(failing, IOException.class);
    await().untilAsserted(() -> assertThat(told).contains("ended bad"));
    assertThat(told).containsExactly("submitted bad", "started bad", "failed bad no", "ended bad");
  }

  private static TaskListener recorder(Queue<String> told) {
    return new TaskListener() {
      @Override
      public void submitted(TaskInfo task) {
        told.add("submitted " + task.name());
      }

      @Override
      public void started(TaskInfo task) {
        told.add("started " + task.name());
      }

      @Override
      public void succeeded(TaskInfo task) {
        told.add("succeeded " + task.name());
      }

      @Override
      public void failed(TaskInfo task, Throwable exception) {
        told.add("failed " + task.name() + " " + exception.getMessage());
      }

      @Override
      public void ended(TaskInfo task) {
        told.add("ended " + task.name());
      }
    };
  }

  @Test
  default void guavasCallbacksRunOnceItIsDone() throws Exception {
    ListenableFuture<Integer> future = open().submit(() -> 20);
    ListenableFuture<Integer> derived =
        Futures.transform(future, n -> n + 1, MoreExecutors.directExecutor());
    assertThat(derived.get(20, SECONDS)).isEqualTo(21);
  }

  @Test
  default void statsAddUp() throws Exception {
    TaskExecutor executor = open();
    executor.submit(() -> 1).get(20, SECONDS);
    Failures.cause(
        executor.submit(() -> {
          throw new IOException("counted");
        }));

    await()
        .untilAsserted(() -> {
          assertThat(executor.stats().submitted()).isEqualTo(2);
          assertThat(executor.stats().succeeded()).isEqualTo(1);
          assertThat(executor.stats().failed()).isEqualTo(1);
          assertThat(executor.stats().running()).isZero();
          assertThat(executor.stats().queued()).isZero();
        });
  }

  @Test
  default void nullsAreRefused() {
    TaskExecutor executor = open();
    assertThatNullPointerException().isThrownBy(() -> executor.submit((Task<Object>) null));
    assertThatNullPointerException()
        .isThrownBy(() -> executor.submit((SerializableCallable<Object>) null));
    assertThatNullPointerException()
        .isThrownBy(() -> executor.execute((SerializableRunnable) null));
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(null));
  }
}
