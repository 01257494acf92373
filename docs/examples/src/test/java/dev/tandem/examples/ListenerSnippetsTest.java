package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.core.TaskListener;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.pools.WorkerInfo;
import dev.tandem.pools.WorkerListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The snippets of looking-inside.md about listeners. */
class ListenerSnippetsTest {
  @Test
  void anAlarmForOneTask() {
    Queue<String> alarms = new ConcurrentLinkedQueue<>();
    try (var pool = Tandem.newThreadPool(1)) {
      // @start region="alarm"
      var report =
          pool.submit(
              Task.of("nightly-report", () -> Remote.fetch("/broken")),
              TaskListener.onFailure((task, e) -> alarms.add(task.name() + ": " + e.getMessage())));

      assertThatThrownBy(report::get).isNotNull();
      assertThat(alarms).containsExactly("nightly-report: 404 /broken");
      // @end
    }
  }

  @Test
  void howFarAMapHasCome() {
    List<String> seen = new ArrayList<>();
    List<Integer> inputs = IntStream.range(0, 100).boxed().toList();
    try (var pool = Tandem.newThreadPool(2)) {
      // @start region="progress"
      var results =
          pool.map(
              inputs,
              i -> i * i,
              cf ->
                  cf.withProgress(progress -> { // on the thread that reads the stream
                    if (progress.done() % 25 == 0) {
                      seen.add(
                          progress.toString()); // such as: 25/100 done, 0 failed, 0.4 s, 1.2 s left
                    }
                  }));
      assertThat(results).hasSize(100);
      // @end
    }
    assertThat(seen)
        .allMatch(line -> line.matches("\\d+/100 done, 0 failed, \\d+\\.\\d s, \\d+\\.\\d s left"));
  }

  @Test
  void workersThatWereLost() throws Exception {
    Queue<String> alarms = new ConcurrentLinkedQueue<>();
    // @start region="workers"
    WorkerListener lost =
        new WorkerListener() {
          @Override
          public void exited(WorkerInfo worker, @Nullable WorkerCrashedException crash) {
            if (crash != null) { // null: it left as it was told
              alarms.add("worker " + worker.number() + ": " + crash.kind());
            }
          }
        };
    try (var pool = Tandem.newProcessPool(1, cf -> cf.withWorkerListener(lost))) {
      assertThatThrownBy(pool.submit(() -> System.exit(3))::get)
          .hasCauseInstanceOf(WorkerCrashedException.class);
    }
    await().untilAsserted(() -> assertThat(alarms).containsExactly("worker 1: EXITED"));
    // @end
  }
}
