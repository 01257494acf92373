package dev.tandem.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskListener;
import dev.tandem.queues.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class TandemMetricsTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void someMeters() throws Exception {
    Channel<String> pages = Tandem.newChannel(10, cf -> cf.withName("pages"));
    // @start region="metrics-use"
    TaskListener timers = TandemMetrics.timers(registry);
    try (var pool = Tandem.newThreadPool(4, cf -> cf.withName("import").withListener(timers))) {
      TandemMetrics.executor(pool).bindTo(registry);
      TandemMetrics.channel(pages).bindTo(registry);

      pool.submit(() -> pages.put("/index")).get();
      assertThat(registry.get("tandem.channel.size").tag("channel", "pages").gauge().value())
          .isEqualTo(1);
    }
    assertThat(
            registry
                .get("tandem.task.run")
                .tags("executor", "import", "outcome", "succeeded")
                .timer()
                .count())
        .isEqualTo(1);
    // @end
  }

  @Test
  void countsAndTimesWhatAnExecutorDoes() throws Exception {
    TaskMeters timers = new TaskMeters(registry, false);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withName("import").withListener(timers))) {
      TandemMetrics.executor(pool).bindTo(registry);
      Future<?> first =
          pool.submit(() -> {
            started.countDown();
            go.await();
          });
      started.await();
      Future<?> second = pool.submit(() -> 42);
      Future<?> third = pool.submit(() -> 43);
      assertThat(value("tandem.executor.running")).isEqualTo(1);
      assertThat(value("tandem.executor.queued")).isEqualTo(2);
      third.cancel(true);
      go.countDown();
      first.get();
      second.get();
      assertThatThrownBy(pool.submit(() -> Integer.parseInt("x"))::get).isNotNull();
    }
    assertThat(count("tandem.executor.submitted")).isEqualTo(4);
    assertThat(completed("succeeded")).isEqualTo(2);
    assertThat(completed("failed")).isEqualTo(1);
    assertThat(completed("cancelled")).isEqualTo(1);
    assertThat(timed("tandem.task.run", "succeeded")).isEqualTo(2);
    assertThat(timed("tandem.task.run", "failed")).isEqualTo(1);
    assertThat(registry.find("tandem.task.run").tag("outcome", "cancelled").timer()).isNull();
    assertThat(timed("tandem.task.wait", "cancelled")).isEqualTo(1); // it never started
    assertThat(timers.unfinished()).isZero();
  }

  @Test
  void aStoppedTaskIsTimedUntilItsBodyIsGone() {
    TaskMeters timers = new TaskMeters(registry, false);
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (var net = Tandem.newVirtualThreadExecutor(cf -> cf.withListener(timers))) {
      Future<?> task =
          net.submit(
              Task.of(
                      "stubborn",
                      () -> {
                        try {
                          new CountDownLatch(1).await();
                        } catch (InterruptedException _) {
                          stopped.countDown();
                          go.await();
                        }
                      })
                  .withTimeout(Duration.ofMillis(1)));
      assertThatThrownBy(task::get).isNotNull();
      await().until(() -> stopped.getCount() == 0);
      assertThat(registry.find("tandem.task.run").timer()).isNull();
      go.countDown();
    }
    assertThat(timed("tandem.task.run", "failed")).isEqualTo(1);
    assertThat(timers.unfinished()).isZero();
  }

  @Test
  void namesOfTasksAreTagsWhereTheyAreAskedFor() throws Exception {
    try (var pool =
        Tandem.newThreadPool(1, cf -> cf.withListener(TandemMetrics.timersByTask(registry)))) {
      pool.submit(Task.of("report", () -> 1)).get();
    }
    assertThat(registry.get("tandem.task.run").tag("task", "report").timer().count()).isOne();
  }

  @Test
  void aProcessPoolShowsItsWorkers() throws Exception {
    try (var pool =
        Tandem.newProcessPool(
            1,
            cf ->
                cf.withName("images")
                    .withWorkerListener(TandemMetrics.workers(registry, "images")))) {
      TandemMetrics.executor(pool).bindTo(registry);
      assertThat(pool.awaitReady(Duration.ofSeconds(50))).isTrue();
      assertThat(registry.get("tandem.pool.workers").tag("state", "idle").gauge().value()).isOne();
      assertThatThrownBy(pool.submit(() -> System.exit(3))::get).isNotNull();
      await()
          .atMost(Duration.ofSeconds(50))
          .untilAsserted(() ->
              assertThat(
                      registry
                          .get("tandem.pool.workers.exited")
                          .tags("executor", "images", "reason", "crashed", "crash", "exited")
                          .counter()
                          .count())
                  .isOne());
      assertThat(count("tandem.pool.workers.started")).isPositive();
    }
  }

  @Test
  void aChannelShowsItsDepth() throws Exception {
    Channel<String> pages = Tandem.newChannel(10, cf -> cf.withName("pages"));
    TandemMetrics.channel(pages).bindTo(registry);
    pages.put("a");
    pages.put("b");
    pages.take();
    assertThat(registry.get("tandem.channel.size").tag("channel", "pages").gauge().value()).isOne();
    assertThat(count("tandem.channel.puts")).isEqualTo(2);
    assertThat(count("tandem.channel.takes")).isEqualTo(1);
    assertThat(count("tandem.channel.put.parks")).isZero();
  }

  /// What Micrometer has for the JDK's executors gives back an `ExecutorService` that times tasks
  /// around the body: neither counts nor workers, and nothing that a worker process can run.
  @Test
  void micrometersOwnBinderKnowsOnlyTheJdksExecutors() throws Exception {
    try (var pool = Tandem.newThreadPool(1);
        var processes = Tandem.newProcessPool(1)) {
      ExecutorService timed = ExecutorServiceMetrics.monitor(registry, pool, "import");
      assertThat(timed.submit(() -> 42).get()).isEqualTo(42);
      assertThat(timed).isNotInstanceOf(TaskExecutor.class);
      assertThat(registry.get("executor").tag("name", "import").timer().count()).isOne();
      assertThat(registry.find("executor.queued").meter()).isNull();
      ExecutorService elsewhere = ExecutorServiceMetrics.monitor(registry, processes, "images");
      assertThatThrownBy(elsewhere.submit(() -> 42)::get)
          .hasMessageContaining("TimedCallable is not serializable");
    }
  }

  private double value(String gauge) {
    return registry.get(gauge).tag("executor", "import").gauge().value();
  }

  private double count(String counter) {
    return registry.get(counter).meters().stream()
        .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
        .mapToDouble(measurement -> measurement.getValue())
        .sum();
  }

  private double completed(String outcome) {
    return registry
        .get("tandem.executor.completed")
        .tags("executor", "import", "outcome", outcome)
        .functionCounter()
        .count();
  }

  private long timed(String timer, String outcome) {
    return registry.get(timer).tag("outcome", outcome).timer().count();
  }
}
