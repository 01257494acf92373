package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.eventbus.AsyncEventBus;
import com.google.common.eventbus.Subscribe;
import com.google.common.util.concurrent.AbstractIdleService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.RateLimiter;
import com.google.common.util.concurrent.ServiceManager;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.queues.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The snippets of from-guava.md about executors, queues, services and events. */
class FromGuavaExecutorSnippetsTest {
  @Test
  void oneAfterTheOtherOnASharedPool() throws Exception {
    List<Integer> balance = new ArrayList<>(List.of(0)); // not thread-safe, and need not be
    // @start region="sequential"
    try (var pool = Tandem.newThreadPool(4)) {
      // was: MoreExecutors.newSequentialExecutor(pool)
      TaskExecutor account =
          Tandem.taskExecutor(pool, cf -> cf.withName("account-17").withConcurrency(1));

      for (int i = 1; i <= 100; i++) {
        int amount = i;
        account.execute(() -> balance.set(0, balance.getFirst() + amount));
      }
      assertThat(account.submit(() -> balance.getFirst()).get()).isEqualTo(5_050);
    }
    // @end
  }

  @Test
  void closingSaysWhatIsLeft() throws Exception {
    var release = new CountDownLatch(1);
    var pool = Tandem.newThreadPool(1);
    pool.submit(() -> stubborn(release));
    await().until(() -> pool.stats().running() == 1);
    // @start region="shutdown"
    // was: if (!MoreExecutors.shutdownAndAwaitTermination(pool, Duration.ofMillis(200))) ...
    List<TaskInfo> stuck = pool.close(Duration.ofMillis(200));
    // @end
    assertThat(stuck).hasSize(1);
    release.countDown();
    pool.close();
  }

  private static void stubborn(CountDownLatch release) {
    while (release.getCount() > 0) {
      try {
        release.await();
      } catch (InterruptedException _) {
        // carries on: that is what makes it stubborn
      }
    }
  }

  /** Ends with work under way. */
  static final class Exiting {
    private Exiting() {}

    @SuppressWarnings("resource") // the hook closes it
    public static void main(String[] args) {
      // @start region="exiting"
      // was: MoreExecutors.getExitingExecutorService(threadPoolExecutor, Duration.ofSeconds(10))
      TaskExecutor pool =
          Tandem.newThreadPool(
              4,
              cf -> cf.withThreadFactory(Thread.ofPlatform().daemon().name("net-", 1).factory()));
      MoreExecutors.addDelayedShutdownHook(pool, Duration.ofSeconds(10));
      // @end
      pool.execute(() -> {
        while (!pool.isShutdown()) {
          LockSupport.parkNanos(1_000_000);
        }
        System.out.println("finished after the end of main");
      });
    }
  }

  @Test
  void theJvmExitsWhenTheWorkIsDone() throws Exception {
    assertThat(ChildJvm.run("-cp", ChildJvm.classPath(), Exiting.class.getName()))
        .isEqualTo("finished after the end of main");
  }

  @Test
  void threadsAndTheirFailures() {
    Queue<String> alarms = new ConcurrentLinkedQueue<>();
    // @start region="threads"
    try (var pool =
        Tandem.newThreadPool(
            2,
            cf ->
                cf.withThreadFactory( // for names alone: cf.withName("net")
                        new ThreadFactoryBuilder().setNameFormat("net-%d").setDaemon(true).build())
                    .withListener( // was: setUncaughtExceptionHandler
                        TaskListener.onFailure((task, e) -> alarms.add(e.getMessage()))))) {
      pool.execute(() -> Remote.fetch("/broken"));
    }
    // @end
    assertThat(alarms).containsExactly("404 /broken");
  }

  @Test
  void aServiceOwnsItsExecutor() {
    // @start region="service"
    class Mailer extends AbstractIdleService {
      private TaskExecutor net;

      @Override
      protected void startUp() {
        net = Tandem.newVirtualThreadExecutor(cf -> cf.withName("mail").withConcurrency(10));
      }

      @Override
      protected void shutDown() throws InterruptedException {
        net.close(Duration.ofSeconds(10)); // who opens, closes
      }
    } // @end

    var mailer = new Mailer();
    var services = new ServiceManager(List.of(mailer));
    services.startAsync().awaitHealthy();
    assertThat(mailer.net.isShutdown()).isFalse();
    services.stopAsync().awaitStopped();
    assertThat(mailer.net.isTerminated()).isTrue();
  }

  @Test
  void batchesOutOfAChannel() throws Exception {
    List<String> batch = new ArrayList<>();
    List<List<String>> batches = new ArrayList<>();
    // @start region="drain"
    Channel<String> rows = Channel.bounded(1_000);
    rows.putAll(List.of("a", "b"));

    // was: Queues.drain(queue, batch, 500, Duration.ofSeconds(1)), which waits for all 500
    int n = rows.drain(batch::add, 500, Duration.ofSeconds(1)); // waits for the first

    // or, in a loop that ends with the channel: waits for the first, then up to a second for 500
    rows.close();
    rows.batches(500, Duration.ofSeconds(1)).forEach(batches::add);
    // @end
    assertThat(batches).isEmpty();
    assertThat(n).isEqualTo(2);
    assertThat(batch).containsExactly("a", "b");
  }

  @Test
  void theLastFew() {
    Channel<Integer> latest = Channel.bounded(3);
    for (int reading = 1; reading <= 10; reading++) {
      // @start region="evicting"
      // was: synchronized (latest) { latest.add(reading); }, on an EvictingQueue
      while (!latest.offer(reading)) {
        latest.poll(); // the oldest goes
      }
      // @end
    }
    List<Integer> left = latest.closeNow();
    assertThat(left).containsExactly(8, 9, 10);
  }

  @Test
  void eventsOnTandemsThreads() {
    List<String> seen = new ArrayList<>();
    // @start region="event-bus"
    try (var pool = Tandem.newThreadPool(1)) {
      var bus = new AsyncEventBus("orders", pool); // an Executor is all it wants
      bus.register(
          new Object() {
            @Subscribe
            void on(String order) {
              seen.add(order);
            }
          });
      bus.post("order 1");
    }
    // @end
    assertThat(seen).containsExactly("order 1");
  }

  @Test
  void permitsAreTakenBeforeTheTask() throws IOException {
    List<String> paths = List.of("/a", "/b", "/c");
    List<String> pages;
    // @start region="rate"
    RateLimiter perSecond = RateLimiter.create(200);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      pages =
          net.map(
                  () -> paths.stream().peek(_ -> perSecond.acquire()).iterator(), // before the task
                  path -> Remote.fetch(path), // which can be stopped, then, while it runs
                  cf -> cf.withTimeout(Duration.ofSeconds(5)))
              .toList();
    }
    // @end
    assertThat(pages).hasSize(3);
  }
}
