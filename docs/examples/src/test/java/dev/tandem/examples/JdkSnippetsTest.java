package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.examples.site.LoopbackSite;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * The snippets of jdk.md about threads and what they wait for; locks are in JdkLockSnippetsTest.
 */
class JdkSnippetsTest {
  @Test
  void resultsAreHandedOverByJoin() throws Exception {
    List<String> paths = List.of("/a", "/b", "/c");
    // @start region="results"
    String[] results = new String[paths.size()];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      int slot = i; // a lambda captures values, not variables that change
      threads.add(Thread.ofVirtual().name("fetch-" + i).start(() -> results[slot] = page(slot)));
    }
    for (Thread thread : threads) {
      thread.join(); // what the thread wrote is visible now
    }
    // @end
    assertThat(results).containsExactly("page 0", "page 1", "page 2");
  }

  private static String page(int i) {
    return "page " + i;
  }

  @Test
  void platformThreadsHaveNamesAndMayBeDaemons() throws Exception {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    // @start region="platform"
    Thread clock =
        Thread.ofPlatform()
            .name("clock")
            .daemon() // does not keep the JVM alive
            .uncaughtExceptionHandler((thread, e) -> log.add(thread.getName() + ": " + e))
            .start(() -> {
              throw new IllegalStateException("stopped");
            });
    clock.join(); // returns normally: join does not tell
    // @end
    assertThat(log).containsExactly("clock: java.lang.IllegalStateException: stopped");
  }

  @Test
  void aFutureHandsOverTheFailureToo() throws Exception {
    String page;
    // @start region="future-task"
    var fetching = new FutureTask<>(() -> fetch("/a")); // a body with a result, or a failure
    Thread.ofVirtual().start(fetching);
    // something else meanwhile
    page = fetching.get(); // throws an ExecutionException if the body threw
    // @end
    assertThat(page).isEqualTo("<html>/a</html>");
  }

  @Test
  void anEventIsALatch() throws Exception {
    var config = new AtomicReference<>("none");
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    // @start region="event"
    CountDownLatch loaded = new CountDownLatch(1);
    try (var pool = Tandem.newVirtualThreadExecutor()) {
      for (int i = 0; i < 3; i++) {
        pool.execute(() -> {
          loaded.await(); // event.wait(); with a limit: await(1, SECONDS) gives false
          seen.add(config.get());
        });
      }
      config.set("loaded");
      loaded.countDown(); // event.set(): all three go on
      assertThat(loaded.getCount()).isZero(); // event.is_set()
    }
    // @end
    assertThat(seen).containsExactly("loaded", "loaded", "loaded");
  }

  @Test
  void whoComesFirstComputesAndAllGetTheSame() throws Exception {
    Map<String, Integer> words = new ConcurrentHashMap<>();
    // @start region="concurrent-map"
    try (var pool = Tandem.newThreadPool(4)) {
      pool.forEach(
          List.of("tea", "milk", "tea", "tea"),
          word -> words.merge(word, 1, Integer::sum)); // one step: no count is lost
    }
    assertThat(words).containsOnly(Map.entry("tea", 3), Map.entry("milk", 1));
    // @end
  }

  @Test
  void plainCallsInsteadOfCoroutines() throws Exception {
    try (var site = LoopbackSite.start()) {
      List<URI> urls = site.pages(20);
      List<Integer> lengths;
      // @start region="async"
      // async with aiohttp.ClientSession() as session:
      //     pages = await asyncio.gather(*(get(session, url) for url in urls))
      try (HttpClient client = HttpClient.newHttpClient();
          TaskExecutor net = Tandem.newVirtualThreadExecutor()) {
        lengths = net.map(urls, url -> get(client, url).length()).toList();
      } // net is left first: no request is under way when the client is closed
      // @end
      assertThat(lengths).hasSize(20).allMatch(length -> length > 50);
    }
  }

  // @start region="async-get"
  // async def get(session, url):
  //     async with session.get(url) as response:
  //         return await response.text()
  static String get(HttpClient client, URI url) throws Exception {
    return client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString()).body();
  } // @end

  @Test
  void anAsyncContextManagerIsAnAutoCloseable() {
    List<String> log = new ArrayList<>();
    // @start region="context-manager"
    record Session(String user, List<String> log) implements AutoCloseable {
      static Session open(String user, List<String> log) { // __aenter__
        log.add(user + " came"); // may block
        return new Session(user, log);
      }

      @Override
      public void close() { // __aexit__, on every way out
        log.add(user + " left");
      }
    }

    try (var session = Session.open("Ada", log)) { // async with Session("Ada") as session:
      log.add("hello " + session.user());
    }
    // @end
    assertThat(log).containsExactly("Ada came", "hello Ada", "Ada left");
  }

  @Test
  void theTimerSubmitsAndTheExecutorWorks() throws Exception {
    CountDownLatch beats = new CountDownLatch(3);
    // @start region="schedule"
    try (var net = Tandem.newVirtualThreadExecutor(cf -> cf.withName("heartbeat"));
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
      timer.schedule(() -> net.execute(() -> fetch("/once")), 10, TimeUnit.MILLISECONDS);
      timer.scheduleAtFixedRate(
          () ->
              net.execute(() -> { // a failure is logged, and the timer goes on
                fetch("/beat");
                beats.countDown();
              }),
          0,
          10,
          TimeUnit.MILLISECONDS);
      beats.await();
    } // closing the timer ends what repeats, and waits for what was to come once
    // @end
    assertThat(beats.getCount()).isZero();
  }

  @Test
  void aTimerForgetsATaskThatThrows() throws Exception {
    try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(1)) {
      // @start region="schedule-throws"
      var repeated =
          timer.scheduleAtFixedRate(
              () -> {
                throw new IllegalStateException("once");
              },
              0,
              10,
              TimeUnit.MILLISECONDS);
      try {
        repeated.get(); // who does not ask never learns of it
      } catch (ExecutionException e) {
        assertThat(e).hasRootCauseMessage("once"); // it never runs again
      }
      // @end
      assertThat(repeated.isDone()).isTrue();
    }
  }
}
