package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Flight Recorder hears of each worker that takes tasks, and of its end.
class RecordedWorkersTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

  @Test
  void lifeOfAWorkerIsRecorded() throws Exception {
    List<RecordedEvent> events;
    long crashed;
    long closed;
    try (Recording recording = new Recording()) {
      recording.enable("dev.tandem.WorkerReady");
      recording.enable("dev.tandem.WorkerExit");
      recording.start();
      ProcessPool pool = probe.open(1, cf -> cf.withName("recorded"));
      crashed = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
      Workers.kill(crashed);
      Workers.awaitGone(crashed);
      closed = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();
      recording.stop();
      Path file = directory.resolve("workers.jfr");
      recording.dump(file);
      events = RecordingFile.readAllEvents(file);
    }

    assertThat(events).allMatch(event -> event.getString("pool").equals("recorded"));
    assertThat(events)
        .extracting(event -> event.getEventType().getName() + " " + event.getLong("pid"))
        .containsExactly(
            "dev.tandem.WorkerReady " + crashed,
            "dev.tandem.WorkerExit " + crashed,
            "dev.tandem.WorkerReady " + closed,
            "dev.tandem.WorkerExit " + closed);
    assertThat(events.getFirst().getDuration("startup")).isPositive();
    assertThat(events.get(1).getString("reason")).isEqualTo("CRASHED");
    assertThat(events.get(1).getString("crash")).contains("SIGKILL");
    assertThat(events.get(3).getString("reason")).isEqualTo("CLOSED");
    assertThat(events.get(3).getString("crash")).isNull();
    assertThat(events.get(3).getLong("tasks")).isEqualTo(1);
    assertThat(events.get(3).getDuration("age")).isPositive();
  }
}
