package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.testing.CapturedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What listeners are told, in which order, and how often.
interface ListenerContract extends ExecutorFixture {
  @Test
  default void aSuccessIsTold() throws Exception {
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withListener(events));
    assertThat(soon(executor.submit(Task.of("load", () -> 42)))).isEqualTo(42);
    await().until(events::hasEnded);
    assertThat(events.steps()).containsExactly("submitted", "started", "succeeded", "ended");
  }

  @Test
  default void aFailureIsToldWithWhatTheFutureGives() {
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withListener(events));
    IllegalStateException exception = new IllegalStateException("no route");
    Future<String> future = executor.submit(Task.of("load", () -> failWith(exception)));
    assertThatThrownBy(() -> soon(future)).isInstanceOf(ExecutionException.class);
    await().until(events::hasEnded);
    assertThat(events.steps()).containsExactly("submitted", "started", "failed", "ended");
    assertThat(events.only("failed").exception()).is(theOne(exception));
  }

  @Test
  default void aTaskCancelledBeforeItStartedIsTold() throws Exception {
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = createSingle();
    HeldTask blocker = new HeldTask();
    var _ = executor.submit(blocker);
    blocker.awaitStarted();
    Future<String> queued = executor.submit(Task.of("queued", () -> "not run"), events);
    assertThat(queued.cancel(true)).isTrue();
    assertThat(queued.cancel(true)).isFalse();
    blocker.release();
    assertThat(soon(executor.submit(() -> "next"))).isEqualTo("next");
    await().until(events::hasEnded);
    assertThat(events.steps()).containsExactly("submitted", "cancelled", "ended");
  }

  @Test
  default void aTaskCancelledWhileItRunsEndsOnceItsBodyIsGone() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withListener(events));
    HeldTask stubborn = HeldTask.stubborn();
    Future<String> future = executor.submit(stubborn);
    stubborn.awaitStarted();
    assertThat(future.cancel(true)).isTrue();
    stubborn.awaitInterrupted();
    assertThat(events.steps()).containsExactly("submitted", "started", "cancelled");
    assertThat(events.only("cancelled").task().isRunning()).isTrue();
    stubborn.release();
    await().until(events::hasEnded);
    assertThat(events.steps()).containsExactly("submitted", "started", "cancelled", "ended");
    stubborn.assertEnded();
    assertThat(events.only("ended").task().isRunning()).isFalse();
  }

  @Test
  default void aTimeoutIsToldAsAFailure() {
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withListener(events));
    Task<String> task = Task.of("load", new HeldTask()).withTimeout(timeout());
    Future<String> future = executor.submit(task);
    assertThatThrownBy(() -> soon(future)).cause().isSameAs(events.only("failed").exception());
    await().until(events::hasEnded);
    assertThat(events.steps()).containsExactly("submitted", "started", "failed", "ended");
    assertThat(events.only("failed").exception()).isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  default void aTimeoutThatIsIgnoredEndsOnceItsBodyIsGone() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withGrace(Duration.ofMillis(50)).withListener(events));
    HeldTask stubborn = HeldTask.stubborn();
    try {
      Task<String> task = Task.of("spin", stubborn).withTimeout(Duration.ofMillis(50));
      Future<String> future = executor.submit(task);
      assertThatThrownBy(() -> soon(future)).isInstanceOf(ExecutionException.class);
      assertThat(events.steps()).containsExactly("submitted", "started", "failed");
      assertThat(events.only("failed").task().isRunning()).isTrue();
    } finally {
      stubborn.release();
    }
    await().until(events::hasEnded);
    assertThat(events.steps()).containsExactly("submitted", "started", "failed", "ended");
  }

  @Test
  default void aRejectedTaskIsNotTold() {
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withListener(events));
    executor.shutdown();
    Task<Integer> task = Task.of("late", () -> 42);
    assertThatThrownBy(() -> executor.submit(task, events))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(events.steps()).isEmpty();
  }

  @Test
  default void tasksThatShutdownNowCancelsAreTold() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask blocker = new HeldTask();
    var _ = executor.submit(blocker);
    blocker.awaitStarted();
    EventRecorder events = new EventRecorder();
    Future<String> queued = executor.submit(Task.of("queued", () -> "not run"), events);
    var _ = executor.shutdownNow();
    await().until(executor::isTerminated);
    assertThat(queued.isCancelled()).isTrue();
    assertThat(events.steps()).containsExactly("submitted", "cancelled", "ended");
  }

  @Test
  default void executeIsToldToo() {
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withListener(events));
    executor.execute(() -> {});
    await().until(events::hasEnded);
    assertThat(events.steps()).containsExactly("submitted", "started", "succeeded", "ended");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void theOutcomeIsToldBeforeTheFutureCompletes(boolean fails) throws Exception {
    needs(Need.BACKGROUND);
    AtomicReference<ListenableFuture<String>> future = new AtomicReference<>();
    List<String> doneAt = new CopyOnWriteArrayList<>();
    EventRecorder events =
        new EventRecorder(event -> {
          ListenableFuture<String> known = future.get();
          if (known != null && known.isDone()) {
            doneAt.add(event.step());
          }
        });
    TaskExecutor executor = create(cf -> cf.withListener(events));
    HeldTask held = new HeldTask();
    future.set(
        executor.submit(
            () -> fails ? failWith(new IllegalStateException(held.call())) : held.call()));
    held.awaitStarted();
    held.release();
    await().until(() -> future.get().isDone());
    assertThat(events.steps()).contains(fails ? "failed" : "succeeded");
    assertThat(doneAt).doesNotContain("started", "succeeded", "failed");
    assertThat(future.get().state()).isEqualTo(fails ? Future.State.FAILED : Future.State.SUCCESS);
    await().until(events::hasEnded);
  }

  @Test
  default void theTaskIsDescribedWhileItRunsAndAfterwards() throws Exception {
    needs(Need.SAME_JVM);
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withName("net").withListener(events));
    AtomicReference<Thread> seen = new AtomicReference<>();
    Task<Thread> task =
        Task.of(
            "load",
            () -> {
              seen.set(events.only("submitted").task().thread());
              return Thread.currentThread();
            });
    Thread ran = soon(executor.submit(task));
    await().until(events::hasEnded);
    TaskInfo info = events.only("submitted").task();
    assertThat(info.name()).isEqualTo("load");
    assertThat(info.executor()).isEqualTo("net");
    assertThat(seen).hasValue(ran);
    assertThat(events.only("started").thread()).isSameAs(ran);
    assertThat(info.thread()).isNull();
    assertThat(info.isRunning()).isFalse();
    assertThat(events.events()).extracting(e -> e.task().id()).containsOnly(info.id());
  }

  @Test
  default void tasksWithoutANameAreCalledAfterTheirExecutor() throws Exception {
    EventRecorder events = new EventRecorder();
    TaskExecutor executor = create(cf -> cf.withName("net").withListener(events));
    var _ = soon(executor.submit(() -> 1));
    var _ = soon(executor.submit(() -> 2));
    List<TaskInfo> tasks =
        events.events().stream()
            .filter(e -> e.step().equals("submitted"))
            .map(EventRecorder.Event::task)
            .toList();
    assertThat(tasks).extracting(TaskInfo::name).doesNotHaveDuplicates();
    assertThat(tasks).allSatisfy(task -> assertThat(task.name()).contains("net"));
    assertThat(tasks).extracting(TaskInfo::id).doesNotHaveDuplicates();
  }

  @Test
  default void theListenerOfATaskIsToldAfterThoseOfTheExecutor() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    EventRecorder first = new EventRecorder(e -> order.add("1 " + e.step()));
    EventRecorder second = new EventRecorder(e -> order.add("2 " + e.step()));
    EventRecorder own = new EventRecorder(e -> order.add("own " + e.step()));
    TaskExecutor executor = create(cf -> cf.withListener(first).withListener(second));
    assertThat(soon(executor.submit(Task.of("load", () -> 42), own))).isEqualTo(42);
    await().until(own::hasEnded);
    assertThat(order)
        .containsExactly(
            "1 submitted",
            "2 submitted",
            "own submitted",
            "1 started",
            "2 started",
            "own started",
            "1 succeeded",
            "2 succeeded",
            "own succeeded",
            "1 ended",
            "2 ended",
            "own ended");
    assertThat(soon(executor.submit(Task.of("next", () -> 43)))).isEqualTo(43);
    assertThat(own.events()).as("events of the task with its own listener").hasSize(4);
  }

  @Test
  default void aListenerThatThrowsIsLoggedAndChangesNothing() throws Exception {
    String name = "broken-" + getClass().getSimpleName();
    EventRecorder broken =
        new EventRecorder(e -> {
          throw new IllegalStateException(name + " at " + e.step());
        });
    EventRecorder sound = new EventRecorder();
    try (CapturedLog log = CapturedLog.of("dev.tandem")) {
      TaskExecutor executor = create(cf -> cf.withListener(broken).withListener(sound));
      assertThat(soon(executor.submit(Task.of("load", () -> 42)))).isEqualTo(42);
      await().until(sound::hasEnded);
      Future<String> failed =
          executor.submit(Task.of("fail", () -> failWith(new IllegalArgumentException("no"))));
      assertThatThrownBy(() -> soon(failed)).hasCauseInstanceOf(IllegalArgumentException.class);
      await().until(() -> sound.events().size() == 8);
      executor.close();
      assertThat(sound.steps()).isEqualTo(broken.steps());
      assertThat(log.thrown(name)).hasSize(8);
    }
  }

  private static String failWith(RuntimeException exception) {
    throw exception;
  }
}
