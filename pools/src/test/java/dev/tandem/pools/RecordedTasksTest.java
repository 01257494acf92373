package dev.tandem.pools;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.Tandem;
import dev.tandem.core.Saturation;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.testing.Recorded;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Flight Recorder hears of tasks and maps.
class RecordedTasksTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  private static TaskExecutor threads(boolean virtual) {
    return virtual
        ? Tandem.newVirtualThreadExecutor(cf -> cf.withName("net").withConcurrency(1))
        : Tandem.newThreadPool(1, cf -> cf.withName("net"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachOutcomeOfATaskOnAThreadIsRecorded(boolean virtual) throws Exception {
    try (Recorded recorded = new Recorded("Task");
        TaskExecutor pool = threads(virtual)) {
      pool.submit(Task.of("good", () -> 1)).get(20, SECONDS);
      Future<Object> bad =
          pool.submit(
              Task.of(
                  "bad",
                  () -> {
                    throw new IllegalStateException("upside down");
                  }));
      assertThatThrownBy(() -> bad.get(20, SECONDS)).isInstanceOf(ExecutionException.class);
      Future<Object> late =
          pool.submit(
              Task.of("late", RecordedTasksTest::waitLong).withTimeout(Duration.ofMillis(5)));
      assertThatThrownBy(() -> late.get(20, SECONDS))
          .hasCauseInstanceOf(TaskTimeoutException.class);
      CountDownLatch started = new CountDownLatch(1);
      Future<Object> unwanted =
          pool.submit(
              Task.of(
                  "unwanted",
                  () -> {
                    started.countDown();
                    return waitLong();
                  }));
      assertThat(started.await(20, SECONDS)).isTrue();
      unwanted.cancel(true);
      pool.submit(() -> 2).get(20, SECONDS); // it has no name
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      List<RecordedEvent> events = recorded.stop();

      assertThat(events)
          .extracting(
              event -> event.getString("task"),
              event -> event.getLong("number"),
              event -> event.getString("outcome"),
              RecordedTasksTest::failure)
          .containsExactly(
              tuple("good", 1L, "SUCCEEDED", null),
              tuple("bad", 2L, "FAILED", IllegalStateException.class.getName()),
              tuple("late", 3L, "TIMED_OUT", TaskTimeoutException.class.getName()),
              tuple("unwanted", 4L, "CANCELLED", null),
              tuple(null, 5L, "SUCCEEDED", null));
      assertThat(events)
          .allSatisfy(event -> {
            assertThat(event.getString("executor")).isEqualTo("net");
            assertThat(event.getLong("pid")).isZero();
            assertThat(event.getThread().isVirtual()).isEqualTo(virtual);
          });
    }
  }

  private static String failure(RecordedEvent event) {
    return event.getClass("failure") == null ? null : event.getClass("failure").getName();
  }

  private static Object waitLong() throws InterruptedException {
    return new CountDownLatch(1).await(60, SECONDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void queueTimeIsThatFromTheSubmissionToTheStart(boolean virtual) throws Exception {
    try (Recorded recorded = new Recorded("Task");
        TaskExecutor pool = threads(virtual)) {
      CountDownLatch gate = new CountDownLatch(1);
      pool.submit(Task.of("first", () -> gate.await(20, SECONDS)));
      Future<Integer> second = pool.submit(Task.of("second", () -> 1));
      Instant submitted = Instant.now();
      gate.countDown();
      second.get(20, SECONDS);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      List<RecordedEvent> events = recorded.stop();

      RecordedEvent waited = events.get(1);
      assertThat(waited.getString("task")).isEqualTo("second");
      // it was submitted before `submitted` was taken, and started at `startTime`
      assertThat(waited.getDuration("queueTime").plusMillis(1))
          .isGreaterThan(Duration.between(submitted, waited.getStartTime()));
      assertThat(waited.getDuration("queueTime"))
          .isLessThan(Duration.between(events.get(0).getStartTime(), Instant.now()).plusSeconds(1));
    }
  }

  @Test
  void queueTimeOfWhatWasSubmittedBeforeTheRecordingIsUnknown() throws Exception {
    try (TaskExecutor pool = threads(false)) {
      CountDownLatch gate = new CountDownLatch(1);
      pool.submit(() -> gate.await(20, SECONDS));
      pool.submit(Task.of("second", () -> 1));
      try (Recorded recorded = new Recorded("Task")) {
        gate.countDown();
        assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

        assertThat(recorded.stop())
            .filteredOn(event -> event.getString("task") != null)
            .singleElement()
            .satisfies(event -> assertThat(event.getLong("queueTime")).isEqualTo(Long.MIN_VALUE));
      }
    }
  }

  @Test
  void recordingCanAskForASampleOfTheTasks() throws Exception {
    try (Recorded recorded = new Recorded("Task").with("Task#throttle", "1/h");
        TaskExecutor pool = threads(false)) {
      for (int i = 0; i < 1_000; i++) {
        pool.submit(() -> 1).get(20, SECONDS);
      }
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      assertThat(recorded.stop()).hasSizeLessThan(1_000);
    }
  }

  @Test
  void submissionsAndRefusalsAreRecorded() throws Exception {
    try (Recorded recorded = new Recorded("TaskSubmitted", "TaskRejected")) {
      TaskExecutor pool =
          Tandem.newThreadPool(1, cf -> cf.withName("small").withQueue(1, Saturation.REJECT));
      CountDownLatch gate = new CountDownLatch(1);
      pool.submit(Task.of("runs", () -> gate.await(20, SECONDS)));
      pool.submit(() -> 1);
      assertThatThrownBy(() -> pool.submit(Task.of("too much", () -> 1)))
          .isInstanceOf(RejectedExecutionException.class);
      gate.countDown();
      pool.close();
      assertThatThrownBy(() -> pool.execute(() -> {}))
          .isInstanceOf(RejectedExecutionException.class);
      TaskExecutor noThreads =
          Tandem.newThreadPool(1, cf -> cf.withName("bare").withThreadFactory(_ -> null));
      assertThatThrownBy(() -> noThreads.submit(Task.of("no thread", () -> 1)).get(20, SECONDS));
      noThreads.close();

      List<RecordedEvent> events = recorded.stop();

      assertThat(events)
          .extracting(
              event -> event.getEventType().getName(),
              event -> event.getString("executor"),
              event -> event.getString("task"),
              event -> event.hasField("reason") ? event.getString("reason") : null)
          .containsExactly(
              tuple("dev.tandem.TaskSubmitted", "small", "runs", null),
              tuple("dev.tandem.TaskSubmitted", "small", null, null),
              tuple("dev.tandem.TaskRejected", "small", "too much", "QUEUE_FULL"),
              tuple("dev.tandem.TaskRejected", "small", null, "SHUT_DOWN"),
              tuple("dev.tandem.TaskSubmitted", "bare", "no thread", null),
              tuple("dev.tandem.TaskRejected", "bare", "no thread", "NO_THREAD"));
      assertThat(events.get(2).getString("message")).contains("small is full");
    }
  }

  @Test
  void eachOutcomeOfATaskInAWorkerIsRecordedWithItsProcess() throws Exception {
    try (Recorded recorded = new Recorded("Task")) {
      ProcessPool pool = probe.open(1, cf -> cf.withName("images"));
      long pid = pool.submit(Task.of("pid", Work::pid)).get(20, SECONDS);
      assertThat(pool.workers().getFirst().pid()).isEqualTo(pid);
      Future<Object> bad =
          pool.submit(
              Task.of(
                  "bad",
                  () -> {
                    throw new IllegalStateException("upside down");
                  }));
      assertThatThrownBy(() -> bad.get(20, SECONDS)).isInstanceOf(ExecutionException.class);
      Future<Object> late =
          pool.submit(
              Task.of("late", RecordedTasksTest::waitLong).withTimeout(Duration.ofMillis(50)));
      assertThatThrownBy(() -> late.get(20, SECONDS))
          .hasCauseInstanceOf(TaskTimeoutException.class);
      Future<Object> crash =
          pool.submit(
              Task.of(
                  "crash",
                  () -> {
                    Runtime.getRuntime().halt(3);
                    return null;
                  }));
      assertThatThrownBy(() -> crash.get(20, SECONDS))
          .hasCauseInstanceOf(WorkerCrashedException.class);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      List<RecordedEvent> events = recorded.stop();

      assertThat(events)
          .extracting(
              event -> event.getString("task"),
              event -> event.getString("outcome"),
              RecordedTasksTest::failure)
          .containsExactly(
              tuple("pid", "SUCCEEDED", null),
              tuple("bad", "FAILED", IllegalStateException.class.getName()),
              tuple("late", "TIMED_OUT", TaskTimeoutException.class.getName()),
              tuple("crash", "FAILED", WorkerCrashedException.class.getName()));
      assertThat(events).extracting(event -> event.getLong("pid")).startsWith(pid, pid, pid);
      assertThat(events.get(3).getLong("pid")).isNotIn(0L, pid);
      assertThat(events)
          .allSatisfy(event -> assertThat(event.getDuration("queueTime")).isPositive());
      assertThat(events.get(2).getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }
  }

  /// The worker has both at the same time, or one after the other: the second starts in any case
  /// when the first was answered.
  @Test
  void taskThatWaitsInItsWorkerHasNotStarted() throws Exception {
    try (Recorded recorded = new Recorded("Task")) {
      ProcessPool pool = probe.open(1);
      pool.submit(Work::pid).get(20, SECONDS);
      Future<Object> first =
          pool.submit(
              Task.of(
                  "first",
                  () -> {
                    Thread.sleep(100); // a length, not an order: no machine makes it shorter
                    return null;
                  }));
      Future<Integer> second = pool.submit(Task.of("second", () -> 1));
      first.get(20, SECONDS);
      second.get(20, SECONDS);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      List<RecordedEvent> events = recorded.stop();

      assertThat(events).extracting(event -> event.getString("task")).contains("first", "second");
      RecordedEvent one = events.get(1);
      RecordedEvent two = events.get(2);
      assertThat(one.getDuration()).isGreaterThanOrEqualTo(Duration.ofMillis(99));
      assertThat(two.getStartTime())
          .as("not while the first one sleeps")
          .isAfterOrEqualTo(one.getStartTime().plusMillis(99));
    }
  }

  @Test
  void taskThatNeverRanHasNoEvent() throws Exception {
    try (Recorded recorded = new Recorded("Task");
        TaskExecutor pool = threads(false)) {
      CountDownLatch gate = new CountDownLatch(1);
      pool.submit(Task.of("runs", () -> gate.await(20, SECONDS)));
      pool.submit(Task.of("never", () -> 1)).cancel(false);
      gate.countDown();
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      assertThat(recorded.stop())
          .extracting(event -> event.getString("task"))
          .containsExactly("runs");
    }
  }

  @Test
  void taskThatNeverRanInAWorkerHasNoEvent(@TempDir Path directory) throws Exception {
    try (Recorded recorded = new Recorded("Task")) {
      ProcessPool pool = probe.open(1);
      Mark started = Mark.in(directory, "started");
      Mark release = Mark.in(directory, "release");
      Future<Long> runs = pool.submit(Task.of("runs", () -> Work.hold(started, release)));
      started.await();
      Future<Long> never = pool.submit(Task.of("never", Work::pid));
      never.cancel(false);
      release.set();
      runs.get(20, SECONDS);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      assertThat(recorded.stop())
          .extracting(event -> event.getString("task"))
          .containsExactly("runs");
    }
  }

  @Test
  void taskThatFailsBeforeAnyWorkerHasItHasNoEvent() throws Exception {
    try (Recorded recorded = new Recorded("Task")) {
      ProcessPool pool = probe.openBroken(1, cf -> cf.withJvmArguments("-XX:+NoSuchFlag"));
      Future<Long> never = probe.watch(pool.submit(Work::pid));
      assertThatThrownBy(() -> never.get(40, SECONDS)).hasCauseInstanceOf(PoolStartException.class);

      assertThat(recorded.stop()).isEmpty();
    }
  }

  /// Its run is the last one, in the last process; what came before is part of the queue time.
  @Test
  void taskThatIsRunAgainHasOneEvent(@TempDir Path directory) throws Exception {
    try (Recorded recorded = new Recorded("Task")) {
      ProcessPool pool = probe.open(1);
      Mark first = Mark.in(directory, "first");
      Mark release = Mark.in(directory, "release");
      Future<Long> again =
          pool.submit(Task.of("again", () -> Work.hold(first, release)).withRetries(1));
      long killed = first.awaitPid();
      Instant seen = Instant.now();
      Workers.kill(killed);
      Workers.awaitGone(killed);
      release.set();
      long pid = again.get(20, SECONDS);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();

      RecordedEvent event = recorded.stop().getFirst();
      assertThat(event.getLong("pid")).isEqualTo(pid).isNotEqualTo(killed);
      assertThat(event.getStartTime()).isAfter(seen);
      assertThat(event.getDuration("queueTime"))
          .isGreaterThan(Duration.between(seen, event.getStartTime()).minusMillis(1));
    }
  }

  @Test
  void mapsAreRecordedWithTheirCounts() throws Exception {
    List<Integer> inputs = IntStream.range(0, 100).boxed().toList();
    try (Recorded recorded = new Recorded("Map");
        TaskExecutor threads = Tandem.newThreadPool(2, cf -> cf.withName("net"))) {
      ProcessPool processes = probe.open(1, cf -> cf.withName("images"));
      for (TaskExecutor pool : List.of(threads, processes)) {
        try (Stream<Integer> all = pool.map(inputs, n -> n + 1)) {
          assertThat(all.toList()).hasSize(100);
        }
      }
      try (var settled = threads.mapSettled(inputs, n -> 100 / n)) {
        assertThat(settled.toList()).hasSize(100);
      }
      try (Stream<Integer> some = threads.map(inputs::iterator, n -> n + 1)) {
        assertThat(some.limit(3).toList()).hasSize(3);
      }

      assertThat(recorded.stop())
          .extracting(
              event -> event.getString("executor"),
              event -> event.getLong("succeeded"),
              event -> event.getLong("failed"),
              event -> event.getLong("total"),
              event -> event.getBoolean("complete"))
          .containsExactly(
              tuple("net", 100L, 0L, 100L, true),
              tuple("images", 100L, 0L, 100L, true),
              tuple("net", 99L, 1L, 100L, true),
              tuple("net", 3L, 0L, -1L, false));
    }
  }

  @Test
  void progressOfAMapIsRecordedOnceASecond() throws Exception {
    try (Recorded recorded = new Recorded("MapProgress");
        TaskExecutor pool = Tandem.newThreadPool(1, cf -> cf.withName("net"))) {
      List<Integer> inputs = IntStream.range(0, 1_000_000).boxed().toList();
      try (Stream<Integer> all = pool.map(inputs, n -> n)) {
        var results = all.iterator();
        results.next();
        Thread.sleep(1_001); // the map began before, so it is a second old when it goes on
        results.next();
      }

      List<RecordedEvent> events = recorded.stop();

      assertThat(events).isNotEmpty();
      assertThat(events.getFirst().getString("executor")).isEqualTo("net");
      assertThat(events.getFirst().getLong("succeeded")).isEqualTo(2);
      assertThat(events.getFirst().getLong("total")).isEqualTo(1_000_000);
      assertThat(events.getFirst().getDuration("remaining")).isPositive();
      assertThat(events.getFirst().getDouble("rate")).isPositive();
    }
  }
}
