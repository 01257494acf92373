package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.pools.ProcessPool;
import dev.tandem.pools.WorkerCrashedException;
import dev.tandem.queues.Channel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The snippets of sharing.md about channels. */
class ProcessChannelSnippetsTest {
  record Page(String name, int words) {}

  @Test
  void workersTakeWhatIsPutHere() throws Exception {
    int words = 0;
    // @start region="channel"
    try (var pool = Tandem.newProcessPool(2)) {
      Channel<String> names = pool.newChannel(100);
      Channel<Page> pages = pool.newChannel(100);

      var readers =
          List.of(1, 2).stream()
              .map(_ ->
                  pool.submit(() -> { // in a worker: the same two channels
                    for (String name : names) { // ends when `names` is closed and empty
                      pages.put(new Page(name, name.length()));
                    }
                  }))
              .toList();
      for (int i = 0; i < 10; i++) {
        names.put("page " + i); // waits while 100 are waiting
      }
      names.close();

      for (int i = 0; i < 10; i++) {
        words += pages.take().words();
      }
      for (var reader : readers) {
        reader.get();
      }
    }
    // @end
    assertThat(words).isEqualTo(60);
  }

  @Test
  void whatADeadWorkerHadTakenIsTakenAgain() throws Exception {
    Set<String> done = new ConcurrentSkipListSet<>();
    // @start region="redelivery"
    try (var pool = Tandem.newProcessPool(1)) {
      Channel<String> jobs = pool.newChannel(100, cf -> cf.withRedelivery().withName("jobs"));
      Channel<String> results = pool.newChannel(100);
      jobs.putAll(List.of("one", "two", "three"));
      jobs.close();

      var first = work(pool, jobs, results, "two"); // its worker dies in the middle of "two"
      var second = work(pool, jobs, results, "none"); // runs in the worker that comes after it

      for (int i = 0; i < 3; i++) {
        done.add(results.take());
      }
      second.get();
      assertThat(crash(first)).isInstanceOf(WorkerCrashedException.class);
    }
    // @end
    assertThat(done).isEqualTo(new TreeSet<>(List.of("one", "three", "two")));
  }

  private static Future<?> work(
      ProcessPool pool, Channel<String> jobs, Channel<String> results, String poison) {
    // @start region="acknowledge"
    return pool.submit(() -> {
      for (String job : jobs) {
        if (job.equals(poison)) {
          Runtime.getRuntime().halt(1);
        }
        results.put(job);
        jobs.taskDone(); // until then, the job is taken again if this worker dies
      }
    });
    // @end
  }

  private static Throwable crash(Future<?> future) throws InterruptedException {
    try {
      future.get();
      return new AssertionError("no crash");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Test
  void twoChannelsAreAPipe() throws Exception {
    // @start region="pipe"
    try (var pool = Tandem.newProcessPool(1)) {
      Channel<Integer> there = pool.newChannel(1);
      Channel<String> back = pool.newChannel(1);
      var peer =
          pool.submit(() -> {
            for (int question : there) {
              back.put("answer " + question);
            }
          });

      there.put(1);
      assertThat(back.take()).isEqualTo("answer 1");

      there.close();
      peer.get();
    }
    // @end
  }

  @Test
  void tasksOfOneWorkerKeepItsOrder() throws Exception {
    try (var pool = Tandem.newProcessPool(1)) {
      Channel<Integer> numbers = pool.newChannel(8);
      var producer =
          pool.submit(() ->
              numbers.producer(out -> out.putAll(IntStream.range(0, 100).boxed().toList())).call());

      assertThat(numbers.stream())
          .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
      producer.get();
    }
  }
}
