package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.queues.ChannelStats;
import dev.tandem.queues.PartialPutException;
import dev.tandem.queues.PartialPutInterruptedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The snippets of channels.md about putting and taking, and that of Channel's Javadoc. */
class ChannelSnippetsTest {
  @Test
  void aPipeline() throws Exception {
    List<String> paths = List.of("/a", "/bb", "/ccc");
    List<Integer> lengths = new ArrayList<>();
    // @start region="pipeline"
    Channel<String> pages = Channel.bounded(10); // at most ten pages wait in it
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var fetching =
          net.submit(
              pages.producer(out -> {
                for (String path : paths) {
                  out.put(fetch(path)); // waits while the channel is full
                }
              }));
      for (String page : pages) { // waits while it is empty; ends when the producer is done
        lengths.add(page.length());
      }
      fetching.get();
    }
    // @end
    assertThat(lengths).containsExactly(15, 16, 17);
  }

  @Test
  void nothingNowAndNeverAgain() throws Exception {
    // @start region="rule"
    Channel<String> channel = Channel.bounded(1);
    assertThat(channel.poll()).isNull(); // nothing there now
    assertThat(channel.offer("a")).isTrue();
    assertThat(channel.offer("b")).isFalse(); // no room now
    assertThat(channel.offer("b", Duration.ofMillis(20))).isFalse(); // nor within 20 ms
    channel.close();
    assertThat(channel.take()).isEqualTo("a"); // it was accepted before the close
    assertThatThrownBy(() -> channel.poll()) // there will never be another
        .isInstanceOf(ChannelClosedException.class);
    assertThatThrownBy(() -> channel.offer("c")) // nor room for one
        .isInstanceOf(ChannelClosedException.class);
    // @end
  }

  @Test
  void shapes() throws Exception {
    // @start region="shapes"
    record Job(int urgency, String name) {}

    Channel<Job> byUrgency = Channel.priority(100, Comparator.comparingInt(Job::urgency));
    byUrgency.putAll(List.of(new Job(2, "report"), new Job(1, "alarm"), new Job(2, "backup")));
    assertThat(byUrgency.take().name()).isEqualTo("alarm"); // the least comes first
    assertThat(byUrgency.take().name()).isEqualTo("report"); // equal ones as they came

    Channel<String> undo = Channel.lifo(100);
    undo.putAll(List.of("typed", "deleted"));
    assertThat(undo.take()).isEqualTo("deleted"); // the last comes first

    Channel<String> handOver = Channel.rendezvous();
    assertThat(handOver.offer("nobody waits for it")).isFalse(); // it holds nothing
    // @end
  }

  @Test
  void severalTakersShareTheWork() throws Exception {
    List<String> paths = IntStream.range(0, 50).mapToObj(i -> "/" + i).toList();
    var pages = new ConcurrentLinkedQueue<String>();
    // @start region="workers"
    Channel<String> todo = Channel.bounded(10);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var workers =
          IntStream.range(0, 3)
              .mapToObj(_ ->
                  net.submit(
                      todo.consumer(in -> {
                        for (String path : in) { // each path goes to one of the three
                          pages.add(fetch(path));
                        }
                      })))
              .toList();
      todo.putAll(paths); // if a worker fails, this throws instead of waiting for ever
      todo.close();
      for (var worker : workers) {
        worker.get();
      }
    }
    // @end
    assertThat(pages).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void asAStream() throws Exception {
    // @start region="stream"
    Channel<Integer> readings = Channel.unbounded();
    readings.putAll(List.of(3, -1, 4));
    readings.close();
    int sum = readings.stream().filter(n -> n > 0).mapToInt(Integer::intValue).sum();
    assertThat(sum).isEqualTo(7);
    // @end
  }

  @Test
  void manyAtOnce() throws Exception {
    List<List<String>> batches = new ArrayList<>();
    // @start region="batches"
    Channel<String> rows = Channel.bounded(1_000);
    rows.putAll(List.of("a", "b", "c", "d", "e")); // waits for room as put does
    rows.close();

    rows.batches(
            3, Duration.ofMillis(100)) // three, or what has come 100 ms after the first of them
        .forEach(batches::add); // stands for one INSERT of several rows
    // @end
    assertThat(batches).containsExactly(List.of("a", "b", "c"), List.of("d", "e"));
  }

  @Test
  void aPutAllThatFailsSaysHowManyItHasPut() throws Exception {
    List<String> later = new ArrayList<>();
    Channel<String> work = Channel.bounded(2);
    Thread putter = Thread.currentThread();
    try (var pool = Tandem.newThreadPool(1)) {
      pool.execute(() -> {
        while (work.stats().putParks() == 0) {
          Thread.yield();
        }
        putter.interrupt();
      });
      // @start region="put-all"
      List<String> rows = List.of("a", "b", "c"); // and the channel holds two
      try {
        work.putAll(rows);
      } catch (PartialPutInterruptedException e) {
        later.addAll(rows.subList(e.acceptedCount(), rows.size())); // the others are in it
      }
      // @end
    }
    assertThat(later).containsExactly("c");
    assertThat(work.closeNow()).containsExactly("a", "b");
  }

  @Test
  void anAddAllThatDoesNotFitSaysHowManyItHasPut() {
    // @start region="add-all"
    BlockingQueue<String> two = Channel.<String>bounded(2).asBlockingQueue();
    try {
      two.addAll(List.of("a", "b", "c"));
    } catch (PartialPutException full) { // an IllegalStateException, as Collection says
      assertThat(full.acceptedCount()).isEqualTo(2);
    }
    // @end
    assertThat(two).containsExactly("a", "b");
  }

  @Test
  void waitingUntilEverythingIsDone() throws Exception {
    var stored = new ConcurrentLinkedQueue<String>();
    // @start region="done"
    Channel<String> work = Channel.bounded(100);
    try (var pool = Tandem.newThreadPool(2)) {
      for (int i = 0; i < 2; i++) {
        pool.execute(() -> {
          for (String item : work) {
            stored.add(item);
            work.taskDone(); // dealt with, not only taken
          }
        });
      }
      work.putAll(List.of("a", "b", "c"));
      work.awaitDone();
      assertThat(stored).containsExactlyInAnyOrder("a", "b", "c");
      work.close(); // the workers end; until here the channel could have got more
    }
    // @end
  }

  @Test
  void promisesAndChecks() throws Exception {
    // @start region="promises"
    Channel<String> log =
        Channel.bounded(
            1_024,
            cf ->
                cf.withName("log")
                    .withSingleConsumer() // one thread writes the file
                    .withChecks()); // a second consumer gets an exception
    log.putAll(List.of("one", "two"));
    assertThat(log.take()).isEqualTo("one"); // this thread is the consumer from now on
    try (var pool = Tandem.newThreadPool(1)) {
      var second = pool.submit(() -> log.take());
      assertThatThrownBy(() -> second.get()).hasCauseInstanceOf(IllegalStateException.class);
    }
    // @end
    assertThat(log.take()).isEqualTo("two");
  }

  @Test
  void closedByTheProducer() throws Exception {
    List<Integer> samples = new ArrayList<>();
    // @start region="close-by-producer"
    Channel<Integer> audio = Channel.bounded(4_096, cf -> cf.withCloseByProducer());
    try (var pool = Tandem.newThreadPool(1)) {
      var recording =
          pool.submit(
              audio.producer(out -> { // puts and closes, both in the pool's thread
                for (int i = 0; i < 1_000; i++) {
                  out.put(i);
                }
              }));
      for (int sample : audio) { // takes, all in this thread
        samples.add(sample);
      }
      recording.get();
    }
    // @end
    assertThat(samples).hasSize(1_000).isSorted();
  }

  @Test
  void theQueueOfAnExecutor() {
    var busy = new CompletableFuture<Void>();
    // @start region="executor-queue"
    record Job(int urgency, Runnable body) implements Runnable {
      @Override
      public void run() {
        body.run();
      }
    }

    Channel<Runnable> jobs = // ThreadPoolExecutor.execute puts what it is given, as it is
        Channel.priority(1_000, Comparator.comparingInt(job -> ((Job) job).urgency()));
    List<String> done = new ArrayList<>();
    try (var executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, jobs.asBlockingQueue())) {
      executor.execute(new Job(0, busy::join)); // holds the only thread for now
      executor.execute(new Job(2, () -> done.add("report")));
      executor.execute(new Job(1, () -> done.add("alarm")));
      busy.complete(null);
    }
    assertThat(done).containsExactly("alarm", "report");
    // @end
  }

  @Test
  void whatATargetRefusesStays() {
    // @start region="refused"
    BlockingQueue<String> orders = Channel.<String>unbounded().asBlockingQueue();
    orders.addAll(List.of("a", "b", "c"));
    BlockingQueue<String> two = new ArrayBlockingQueue<>(2);
    try {
      orders.drainTo(two);
    } catch (IllegalStateException full) {
      assertThat(two).containsExactly("a", "b");
      assertThat(orders).containsExactly("c");
    }
    // @end
    assertThat(orders).hasSize(1);
  }

  @Test
  void whatAChannelCounts() throws Exception {
    // @start region="stats"
    Channel<String> orders = Channel.bounded(1_000, cf -> cf.withName("orders"));
    orders.putAll(List.of("a", "b", "c"));
    String next = orders.take();
    ChannelStats stats = orders.stats();
    assertThat(stats.size()).isEqualTo(2); // how deep it is
    assertThat(stats.puts()).isEqualTo(3);
    assertThat(stats.takes()).isEqualTo(1);
    assertThat(stats.putParks()).isZero(); // grows when the takers are too slow
    assertThat(stats.takeParks()).isZero(); // grows when the putters are
    // @end
    assertThat(next).isEqualTo("a");
  }
}
