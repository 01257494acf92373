package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.queues.Channel;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Recorded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Flight Recorder hears of the start of each worker, of what it is ready for, and of its end.
class RecordedWorkersTest {
  @RegisterExtension final ProcessPoolProbe probe = new ProcessPoolProbe();
  @TempDir Path directory;

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

  @Test
  void endsThatThePoolHasWantedAreRecordedWithTheirReason() throws Exception {
    try (Recorded recorded = new Recorded("WorkerExit")) {
      ProcessPool pool = probe.open(1);
      Mark started = Mark.in(directory, "started");
      Future<Long> cancelled = probe.watch(pool.submit(() -> Work.spin(started)));
      long first = started.awaitPid();
      cancelled.cancel(true);
      Workers.awaitGone(first);
      long second = pool.submit(Work::pid).get(20, TimeUnit.SECONDS);
      Future<Long> late =
          probe.watch(
              pool.submit(Task.of("late", () -> Work.spin()).withTimeout(Duration.ofMillis(50))));
      Failures.cause(late, TaskTimeoutException.class);
      Workers.awaitGone(second);
      assertThat(pool.close(Duration.ofSeconds(20))).isEmpty();
      CountDownLatch exited = new CountDownLatch(1);
      ProcessPool recycling =
          probe.open(
              1,
              cf ->
                  cf.withRecycleAfter(1)
                      .withWorkerListener(
                          new WorkerListener() {
                            @Override
                            public void exited(WorkerInfo worker, WorkerCrashedException crash) {
                              exited.countDown();
                            }
                          }));
      long third = recycling.submit(Work::pid).get(20, TimeUnit.SECONDS);
      assertThat(exited.await(20, TimeUnit.SECONDS)).isTrue(); // else the close may be the reason
      assertThat(recycling.close(Duration.ofSeconds(20))).isEmpty();

      assertThat(recorded.stop())
          .extracting(event -> event.getLong("pid"), event -> event.getString("reason"))
          .contains(
              tuple(first, "CANCELLED"), tuple(second, "TIMED_OUT"), tuple(third, "RECYCLED"));
    }
  }

  @Test
  void channelBetweenProcessesHasTheParksAndTheCloseOfThisProcess() throws Exception {
    try (Recorded recorded = new Recorded("ChannelPark", "ChannelClose")) {
      ProcessPool pool = probe.open(1);
      Channel<Long> numbers = pool.newChannel(1, cf -> cf.withName("numbers"));
      Caller<Long> taker = Caller.start(numbers::take);
      taker.awaitBlocked();
      pool.submit(() -> put(numbers)).get(20, TimeUnit.SECONDS);
      assertThat(taker.result()).isEqualTo(1);
      numbers.put(2L);
      numbers.close();

      List<RecordedEvent> events = recorded.stop();

      assertThat(events).allMatch(event -> event.getString("channel").equals("numbers"));
      assertThat(events)
          .filteredOn(event -> event.getEventType().getName().endsWith("Park"))
          .isNotEmpty()
          .allSatisfy(event -> assertThat(event.getString("side")).isEqualTo("TAKE"));
      assertThat(events)
          .filteredOn(event -> event.getEventType().getName().endsWith("Close"))
          .singleElement()
          .satisfies(event -> assertThat(event.getInt("elements")).isEqualTo(1));
      assertThat(numbers.take()).isEqualTo(2);
    }
  }

  private static int put(Channel<Long> channel) throws InterruptedException {
    channel.put(1L);
    return 0;
  }
}
