package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.Recorded;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Flight Recorder hears of the start of each worker, of what it is ready for, and of its end.
class RecordedWorkersTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();

  @Test
  void lifeOfAWorkerIsRecorded() throws Exception {
    List<RecordedEvent> events;
    long crashed;
    long closed;
    try (Recorded recorded =
        new Recorded("WorkerStart", "WorkerReady", "WorkerFirstResult", "WorkerExit")) {
      ProcessPool pool = probe.open(1, cf -> cf.withName("recorded"));
      crashed = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
      Workers.kill(crashed);
      Workers.awaitGone(crashed);
      closed = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();
      // a replacement may start before its predecessor is gone
      events =
          recorded.stop().stream()
              .sorted(Comparator.comparing(event -> event.getInt("worker")))
              .toList();
    }

    assertThat(events).allMatch(event -> event.getString("pool").equals("recorded"));
    assertThat(events)
        .extracting(event -> event.getEventType().getName() + " " + event.getLong("pid"))
        .containsExactly(
            "dev.tandem.WorkerStart " + crashed,
            "dev.tandem.WorkerReady " + crashed,
            "dev.tandem.WorkerFirstResult " + crashed,
            "dev.tandem.WorkerExit " + crashed,
            "dev.tandem.WorkerStart " + closed,
            "dev.tandem.WorkerReady " + closed,
            "dev.tandem.WorkerFirstResult " + closed,
            "dev.tandem.WorkerExit " + closed);
    Duration startup = events.get(1).getDuration("startup");
    assertThat(startup).isPositive();
    assertThat(events.get(2).getDuration("sinceStart")).isGreaterThan(startup);
    RecordedEvent crash = events.get(3);
    assertThat(crash.getString("reason")).isEqualTo("CRASHED");
    assertThat(crash.getString("crash")).contains("SIGKILL");
    RecordedEvent end = events.get(7);
    assertThat(end.getString("reason")).isEqualTo("CLOSED");
    assertThat(end.getString("crash")).isNull();
    assertThat(end.getLong("tasks")).isEqualTo(1);
    assertThat(end.getDuration("age")).isPositive();
  }
}
