package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `invokeAll` with and without a timeout.
interface InvokeAllContract extends ExecutorFixture {
  @Test
  default void invokeAllGivesDoneFuturesInTheOrderOfTheTasks() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<Integer>> tasks =
        IntStream.range(0, 200).mapToObj(i -> (SerializableCallable<Integer>) () -> i).toList();
    assertThat(executor.invokeAll(tasks))
        .allMatch(Future::isDone)
        .extracting(Future::resultNow)
        .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
    assertThat(executor.invokeAll(tasks, 20, SECONDS))
        .allMatch(Future::isDone)
        .extracting(Future::resultNow)
        .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
  }

  @Test
  default void invokeAllOfNothingGivesNothing() throws Exception {
    ExecutorService executor = create();
    assertThat(executor.invokeAll(List.<SerializableCallable<String>>of())).isEmpty();
    assertThat(executor.invokeAll(List.<SerializableCallable<String>>of(), 20, SECONDS)).isEmpty();
  }

  @Test
  default void invokeAllRefusesNullArguments() {
    ExecutorService executor = create();
    List<SerializableCallable<String>> one = List.of(() -> "one");
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(null));
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(null, 20, SECONDS));
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(one, 20, null));
  }

  @Test
  default void nullAmongTheTasksOfInvokeAllLeavesNothingRunning() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks =
        Arrays.asList(runsInCaller() ? () -> "" : new HeldTask(), null);
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(tasks));
    assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(tasks, 20, SECONDS));
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).as("held task was cancelled").isTrue();
  }

  @Test
  default void failureInInvokeAllConcernsOnlyItsOwnFuture() throws Exception {
    ExecutorService executor = create();
    IOException failure = new IOException("thrown on purpose");
    SerializableCallable<String> good = () -> "good";
    SerializableCallable<String> bad =
        () -> {
          throw failure;
        };
    List<Future<String>> futures = executor.invokeAll(List.of(good, bad, good));
    assertThat(futures).allMatch(Future::isDone);
    assertThat(futures.get(0).get()).isEqualTo("good");
    assertThatThrownBy(() -> futures.get(1).get())
        .isExactlyInstanceOf(ExecutionException.class)
        .cause()
        .is(theOne(failure));
    assertThat(futures.get(2).get()).isEqualTo("good");
  }

  @Test
  default void sameTaskTwiceInInvokeAllRunsTwice() throws Exception {
    ExecutorService executor = create();
    SerializableCallable<UUID> task = UUID::randomUUID;
    assertThat(executor.invokeAll(Collections.nCopies(3, task)))
        .extracting(Future::resultNow)
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  default void timeoutOfInvokeAllCancelsWhatIsNotDone() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask held = new HeldTask();
    SerializableCallable<String> quick = () -> "quick";
    List<Future<String>> futures = executor.invokeAll(List.of(quick, held), 100, MILLISECONDS);
    assertThat(futures).hasSize(2).allMatch(Future::isDone);
    assertThat(futures.get(1).isCancelled()).isTrue();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> futures.get(1).get());
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).as("held task was stopped").isTrue();
  }

  @Test
  default void timeoutOfInvokeAllCancelsWhatHasNotStarted() throws Exception {
    ExecutorService executor = createSingle();
    HeldTask first = new HeldTask();
    HeldTask second = new HeldTask();
    List<Future<String>> futures = executor.invokeAll(List.of(first, second), 100, MILLISECONDS);
    assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(second.hasStarted()).isFalse();
  }

  @Test
  default void invokeAllWithoutTimeLeftReturnsDoneFuturesAtOnce() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks =
        runsInCaller()
            ? Collections.nCopies(3, () -> "quick")
            : List.of(new HeldTask(), new HeldTask(), new HeldTask());
    assertThat(executor.invokeAll(tasks, 0, SECONDS)).hasSize(3).allMatch(Future::isDone);
    assertThat(executor.invokeAll(tasks, -1, SECONDS)).hasSize(3).allMatch(Future::isDone);
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void invokeAllWithoutTimeLeftStartsNothing() throws Exception {
    needs(Need.SAME_JVM);
    ExecutorService executor = create();
    AtomicInteger started = new AtomicInteger();
    List<SerializableCallable<Integer>> tasks = Collections.nCopies(100, started::incrementAndGet);
    assertThat(executor.invokeAll(tasks, 0, SECONDS)).hasSize(100).allMatch(Future::isCancelled);
    assertThat(executor.invokeAll(tasks, -1, SECONDS)).hasSize(100).allMatch(Future::isCancelled);
    assertThat(started).hasValue(0);
  }

  @Test
  default void timeoutOfInvokeAllHoldsWhileABodyRuns() throws Exception {
    ExecutorService executor = create();
    List<HeldTask> tasks = List.of(new HeldTask(), new HeldTask(), new HeldTask());
    List<Future<String>> futures =
        Caller.start(() -> executor.invokeAll(tasks, 100, MILLISECONDS)).result();
    assertThat(futures).hasSize(3).allMatch(Future::isCancelled);
    assertThat(tasks.stream().filter(HeldTask::hasStarted).count())
        .as("bodies that were started")
        .isLessThanOrEqualTo(runsInCaller() ? 1 : 3);
  }

  @Test
  default void longestTimeoutOfInvokeAllDoesNotOverflow() throws Exception {
    ExecutorService executor = create();
    List<SerializableCallable<String>> tasks = Collections.nCopies(3, () -> "quick");
    assertThat(executor.invokeAll(tasks, Long.MAX_VALUE, DAYS))
        .extracting(Future::resultNow)
        .containsExactly("quick", "quick", "quick");
  }

  @Test
  default void interruptedInvokeAllCancelsItsTasks() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask held = new HeldTask();
    Caller<List<Future<String>>> caller = Caller.start(() -> executor.invokeAll(List.of(held)));
    held.awaitStarted();
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(caller.keptTheFlag()).isFalse();
    held.awaitInterrupted();
  }

  @Test
  default void interruptedTimedInvokeAllCancelsItsTasks() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    HeldTask held = new HeldTask();
    Caller<List<Future<String>>> caller =
        Caller.start(() -> executor.invokeAll(List.of(held), 1, DAYS));
    held.awaitStarted();
    caller.interrupt();
    assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
    assertThat(caller.keptTheFlag()).isFalse();
    held.awaitInterrupted();
  }

  @Test
  default void interruptedThreadCannotInvokeAll() throws Exception {
    needs(Need.BACKGROUND);
    ExecutorService executor = create();
    List<HeldTask> tasks = List.of(new HeldTask(), new HeldTask());
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> executor.invokeAll(tasks));
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> executor.invokeAll(tasks, 20, SECONDS));
    assertThat(Thread.interrupted()).isFalse();
    executor.shutdown();
    assertThat(executor.awaitTermination(20, SECONDS)).as("held tasks were cancelled").isTrue();
  }

  @Test
  default void shutdownNowEndsInvokeAll() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    Caller<List<Future<String>>> caller =
        Caller.start(() -> executor.invokeAll(List.of(running, waiting)));
    running.awaitStarted();
    await().until(() -> executor.stats().queued() == 1);
    var _ = executor.shutdownNow();
    assertThat(caller.result()).hasSize(2).allMatch(Future::isDone);
    assertThat(waiting.hasStarted()).isFalse();
  }

  @Test
  default void invokeAllAfterShutdownIsRejected() {
    ExecutorService executor = create();
    executor.shutdown();
    List<SerializableCallable<String>> tasks = List.of(() -> "late");
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.invokeAll(tasks));
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.invokeAll(tasks, 20, SECONDS));
  }

  @Test
  default void taskMayCallInvokeAllWhileThereIsRoom() throws Exception {
    needs(Need.SAME_JVM);
    ExecutorService executor = create();
    List<SerializableCallable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
    SerializableCallable<Integer> outer =
        () -> executor.invokeAll(tasks).stream().mapToInt(Future::resultNow).sum();
    assertThat(soon(executor.submit(outer))).isEqualTo(6);
  }
}
