package dev.tandem;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// `invokeAny` with and without a timeout.
interface InvokeAnyContract extends ExecutorFixture {
  @Test
  default void invokeAnyGivesTheResultOfOne() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks = List.of(() -> "one", () -> "two", () -> "three");
    assertThat(executor.invokeAny(tasks)).isIn("one", "two", "three");
    assertThat(executor.invokeAny(tasks, 20, SECONDS)).isIn("one", "two", "three");
    assertThat(executor.invokeAny(tasks, Long.MAX_VALUE, DAYS)).isIn("one", "two", "three");
  }

  @Test
  default void resultOfInvokeAnyMayBeNull() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks = List.of(() -> null);
    assertThat(executor.invokeAny(tasks)).isNull();
    assertThat(executor.invokeAny(tasks, 20, SECONDS)).isNull();
  }

  @Test
  default void invokeAnyOfNothingIsRefused() {
    ExecutorService executor = create();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.invokeAny(List.<SerializableCallable<String>>of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> executor.invokeAny(List.<SerializableCallable<String>>of(), 20, SECONDS));
  }

  @Test
  default void invokeAnyRefusesNullArguments() {
    ExecutorService executor = create();
    List<SerializableCallable<String>> one = List.of(() -> "one");
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(null));
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(null, 20, SECONDS));
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(one, 20, null));
  }

  @Test
  default void nullAmongTheTasksOfInvokeAnyLeavesNothingRunning() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks =
        Arrays.asList(runsInCaller() ? failing() : new HeldTask(), null);
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(tasks));
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(tasks, 20, SECONDS));
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).as("held task was cancelled").isTrue();
  }

  @Test
  default void invokeAnyPassesOverFailures() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks =
        List.of(failing(), failing(), () -> "good", failing());
    assertThat(executor.invokeAny(tasks)).isEqualTo("good");
    assertThat(executor.invokeAny(tasks, 20, SECONDS)).isEqualTo("good");
  }

  @Test
  default void invokeAnyFailsWhenAllFail() {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks = List.of(failing(), failing(), failing());
    assertThatThrownBy(() -> executor.invokeAny(tasks))
        .isExactlyInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThatThrownBy(() -> executor.invokeAny(tasks, 20, SECONDS))
        .isExactlyInstanceOf(ExecutionException.class)
        .hasCauseExactlyInstanceOf(IOException.class);
  }

  @Test
  default void errorInInvokeAnyIsTheCause() {
    ExecutorService executor = create();
    AssertionError error = new AssertionError("thrown on purpose");
    List<SerializableCallable<String>> tasks =
        List.of(() -> {
          throw error;
        });
    assertThatThrownBy(() -> executor.invokeAny(tasks))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .is(theOne(error));
  }

  @Test
  default void invokeAnyReturnsBesideSlowTaskAndStopsIt() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask held = new HeldTask();
    SerializableCallable<String> quick =
        () -> {
          held.awaitStarted();
          return "quick";
        };
    assertThat(executor.invokeAny(List.of(held, quick))).isEqualTo("quick");
    held.awaitInterrupted();
  }

  @Test
  default void timedInvokeAnyReturnsBesideSlowTaskAndStopsIt() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask held = new HeldTask();
    SerializableCallable<String> quick =
        () -> {
          held.awaitStarted();
          return "quick";
        };
    assertThat(executor.invokeAny(List.of(held, quick), 20, SECONDS)).isEqualTo("quick");
    held.awaitInterrupted();
  }

  @Test
  default void timeoutOfInvokeAnyCancelsItsTasks() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask one = new HeldTask();
    HeldTask two = new HeldTask();
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> executor.invokeAny(List.of(one, two), 100, MILLISECONDS));
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).as("held tasks were cancelled").isTrue();
  }

  @Test
  default void timeoutOfInvokeAnyHoldsWhileABodyRuns() throws Exception {
    ExecutorService executor = create();
    List<HeldTask> tasks = List.of(new HeldTask(), new HeldTask(), new HeldTask());
    Caller<String> caller = Caller.start(() -> executor.invokeAny(tasks, 100, MILLISECONDS));
    assertThat(caller.failure()).isInstanceOf(TimeoutException.class);
    assertThat(tasks.stream().filter(HeldTask::hasStarted).count())
        .as("bodies that were started")
        .isLessThanOrEqualTo(runsInCaller() ? 1 : 3);
  }

  @Test
  default void invokeAnyWithoutTimeLeftTimesOut() throws Exception {
    ExecutorService executor = create();
    List<HeldTask> tasks = List.of(new HeldTask(), new HeldTask());
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> executor.invokeAny(tasks, 0, SECONDS));
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> executor.invokeAny(tasks, -1, SECONDS));
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void interruptedInvokeAnyCancelsItsTasks() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask held = new HeldTask();
    Caller<String> caller = Caller.start(() -> executor.invokeAny(List.of(held)));
    held.awaitStarted();
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(caller.keptTheFlag()).isFalse();
    held.awaitInterrupted();
  }

  @Test
  default void interruptedTimedInvokeAnyCancelsItsTasks() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask held = new HeldTask();
    Caller<String> caller = Caller.start(() -> executor.invokeAny(List.of(held), 1, DAYS));
    held.awaitStarted();
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(caller.keptTheFlag()).isFalse();
    held.awaitInterrupted();
  }

  @Test
  default void interruptedThreadCannotInvokeAny() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    List<HeldTask> tasks = List.of(new HeldTask(), new HeldTask());
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> executor.invokeAny(tasks));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> executor.invokeAny(tasks, 20, SECONDS));
    assertThat(Thread.interrupted()).isFalse();
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).as("held tasks were cancelled").isTrue();
  }

  @Test
  default void shutdownNowEndsInvokeAny() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    Caller<String> caller =
        Caller.start(() -> executor.invokeAny(List.of(running, new HeldTask(), new HeldTask())));
    running.awaitStarted();
    await().until(() -> executor.stats().queued() == 2);
    var _ = executor.shutdownNow();
    assertThat(caller.failure()).isInstanceOf(ExecutionException.class);
  }

  @Test
  default void invokeAnyAfterShutdownIsRejected() {
    ExecutorService executor = create();
    executor.shutdown();
    List<SerializableCallable<String>> tasks = List.of(() -> "late");
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.invokeAny(tasks));
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.invokeAny(tasks, 20, SECONDS));
  }

  private static SerializableCallable<String> failing() {
    return () -> {
      throw new IOException("thrown on purpose");
    };
  }
}
