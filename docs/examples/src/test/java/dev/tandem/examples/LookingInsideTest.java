package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the class path, where `jdk.jfr` is there without being asked for.
class LookingInsideTest {
  @TempDir Path folder;

  @Test
  void aRecordingShowsEachTaskWithItsNameAndWhetherItFailed() throws Exception {
    List<RecordedEvent> events;
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
        .extracting(
            e -> e.getString("executor"), e -> e.getString("task"), e -> e.getBoolean("failed"))
        .containsExactlyInAnyOrder(
            tuple("images", "resize", false), tuple("images", "rotate", true));
  }

  @Test
  void aPlatformThreadHasItsTasksNameWhileItRunsItIfAsked() throws Exception {
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
  }
}
