package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.structured.TaskScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import jdk.jfr.consumer.RecordingStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snippets of looking-inside.md about events and thread names. On the class path, where `jdk.jfr`
/// is there without being asked for.
class LookingInsideTest {
  @TempDir Path folder;

  @Test
  void aRecordingShowsEachTaskWithItsNameAndWhetherItFailed() throws Exception {
    List<RecordedEvent> events;
    // @start region="jfr"
    try (Recording recording = new Recording()) {
      recording.enable("dev.tandem.Task");
      recording.start();
      try (var pool = Tandem.newThreadPool(1, cf -> cf.withName("images"))) {
        assertThat(pool.submit(Task.of("resize", () -> 1)).get()).isEqualTo(1);
        Future<Object> failing =
            pool.submit(
                Task.of(
                    "rotate",
                    () -> {
                      throw new IllegalStateException("upside down");
                    }));
        assertThatThrownBy(failing::get).hasMessageContaining("upside down");
      }
      recording.stop();
      Path file = folder.resolve("tasks.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
    }
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("dev.tandem.Task"))
        .extracting(
            e -> e.getString("executor"), e -> e.getString("task"), e -> e.getString("outcome"))
        .containsExactlyInAnyOrder(
            tuple("images", "resize", "SUCCEEDED"), tuple("images", "rotate", "FAILED"));
    // @end
  }

  @Test
  void aRecordingShowsEachScopeWithItsPathAndWhyItWasCancelled() throws Exception {
    List<RecordedEvent> events;
    try (Recording recording = new Recording()) {
      recording.enable("dev.tandem.Scope");
      recording.start();
      try (var outer = TaskScope.open(cf -> cf.withName("checkout"))) {
        outer.fork(
            "price",
            () -> {
              try (var inner = TaskScope.open(LookingInsideTest::limited)) {
                inner.fork("slow", () -> waitFor(Duration.ofSeconds(50)));
                assertThatThrownBy(inner::join).isInstanceOf(ExecutionException.class);
              }
            });
        outer.join();
      }
      recording.stop();
      Path file = folder.resolve("scopes.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
    }
    assertThat(events)
        .extracting(
            e -> e.getString("scope"),
            e -> e.getInt("subtasks"),
            e -> e.getString("cancelled"),
            e -> e.getBoolean("joined"),
            e -> e.getBoolean("failed"))
        .containsExactlyInAnyOrder(
            tuple("checkout/price-1/limited", 1, "the timeout had passed", true, false),
            tuple("checkout", 1, null, true, false));
  }

  private static TaskScope.Config limited(TaskScope.Config cf) {
    return cf.withName("limited").withTimeout(Duration.ofMillis(20));
  }

  @Test
  void aStreamTellsOfSlowTasksWhileTheProgramRuns() throws Exception {
    Queue<String> slow = new ConcurrentLinkedQueue<>();
    // @start region="jfr-stream"
    try (var stream = new RecordingStream()) {
      stream.enable("dev.tandem.Task").withThreshold(Duration.ofMillis(100)); // only slow ones
      stream.onEvent("dev.tandem.Task", event -> slow.add(event.getString("task")));
      stream.startAsync();
      try (var net = Tandem.newVirtualThreadExecutor()) {
        net.submit(Task.of("quick", () -> 1)).get();
        net.submit(Task.of("slow", () -> waitFor(Duration.ofMillis(150)))).get();
      }
      stream.stop(); // what was recorded until now is told first
    }
    // @end
    assertThat(slow).contains("slow");
  }

  private static boolean waitFor(Duration time) throws InterruptedException {
    return new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Test
  void aPlatformThreadHasItsTasksNameWhileItRunsItIfAsked() throws Exception {
    // @start region="names"
    try (var pool =
        Tandem.newThreadPool(1, cf -> cf.withName("images").withThreadsNamedAfterTasks())) {
      assertThat(pool.submit(Task.of("resize", () -> Thread.currentThread().getName())).get())
          .isEqualTo("resize");
    }
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withName("images"))) {
      assertThat(pool.submit(Task.of("resize", () -> Thread.currentThread().getName())).get())
          .isEqualTo("images-1");
    }
    try (var executor = Tandem.newVirtualThreadExecutor(cf -> cf.withName("net"))) {
      assertThat(executor.submit(Task.of("fetch", () -> Thread.currentThread().getName())).get())
          .isEqualTo("net/fetch");
    }
    // @end
  }
}
