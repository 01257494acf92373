package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.fetchFromDeadServer;
import static dev.tandem.examples.Remote.sumOfSquares;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Futures;
import dev.tandem.Tandem;
import dev.tandem.core.Outcome;
import dev.tandem.core.Settled;
import dev.tandem.queues.Channel;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Joiner;
import dev.tandem.structured.TaskScope.Subtask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The snippets of from-python.md. */
class FromPythonSnippetsTest {
  @Test
  void threadPoolExecutorMap() {
    List<String> paths = List.of("/a", "/b", "/c");
    List<String> lines;
    // @start region="map"
    // with ThreadPoolExecutor(max_workers=10) as pool:
    //     lines = [f"{len(page)} bytes" for page in pool.map(fetch, paths)]
    try (var pool = Tandem.newThreadPool(10)) {
      lines = pool.map(paths, path -> fetch(path)).map(p -> p.length() + " bytes").toList();
    }
    // @end
    assertThat(lines).containsExactly("15 bytes", "15 bytes", "15 bytes");
  }

  @Test
  void futureToUrl() {
    List<String> paths = List.of("/a", "/broken");
    Map<String, Outcome<String>> byPath;
    // @start region="future-to-url"
    // futures = {pool.submit(fetch, path): path for path in paths}
    // for future in as_completed(futures): ... futures[future] ...
    try (var pool = Tandem.newThreadPool(10);
        var pages = pool.mapSettled(paths, path -> fetch(path), cf -> cf.unordered())) {
      byPath = pages.collect(Collectors.toMap(Settled::input, Settled::outcome));
    }
    // @end
    assertThat(byPath.get("/a")).isEqualTo(new Outcome.Success<>("<html>/a</html>"));
    assertThat(byPath.get("/broken")).isInstanceOf(Outcome.Failure.class);
  }

  @Test
  void asCompletedForUnlikeFutures() throws Exception {
    List<String> pages = new ArrayList<>();
    // @start region="as-completed"
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var futures = List.of(net.submit(() -> fetch("/a")), net.submit(() -> fetch("/b")));
      // for future in as_completed(futures): pages.append(future.result())
      for (var future : Futures.inCompletionOrder(futures)) { // Guava's
        pages.add(future.get());
      }
    }
    // @end
    assertThat(pages).containsExactlyInAnyOrder("<html>/a</html>", "<html>/b</html>");
  }

  @Test
  void waitForTheFirst() throws Exception {
    // @start region="first-completed"
    // done, pending = wait({fast, slow}, return_when=FIRST_COMPLETED)
    try (var scope = TaskScope.open(Joiner.<String>allUntil(_ -> true))) {
      var fast = scope.fork(() -> fetch("/fast"));
      var slow = scope.fork(() -> fetchFromDeadServer());
      scope.join(); // returns when one has completed, and stops the other
      assertThat(fast.state()).isEqualTo(Subtask.State.SUCCESS);
      assertThat(slow.outcome()).isInstanceOf(Outcome.Cancelled.class);
    }
    // @end
  }

  @Test
  void anInitializerOfEachThread() throws Exception {
    var connections = new LongAdder();
    // @start region="initializer"
    // with ThreadPoolExecutor(max_workers=2, initializer=connect) as pool:
    try (var pool =
        Tandem.newThreadPool(
            2,
            cf ->
                cf.withThreadFactory(body ->
                    new Thread(() -> {
                      connections.increment(); // connect(): once, before the thread's first task
                      body.run();
                    })))) {
      pool.forEach(List.of(1, 2, 3, 4), _ -> fetch("/a"));
    }
    // @end
    assertThat(connections.sum()).isBetween(1L, 2L);
  }

  @Test
  void processPool() {
    List<Long> sums;
    // @start region="process-pool"
    // with ProcessPoolExecutor(max_workers=2, max_tasks_per_child=100) as pool:
    //     sums = list(pool.map(sum_of_squares, [10, 100, 1_000], chunksize=10))
    try (var pool = Tandem.newProcessPool(2, cf -> cf.withRecycleAfter(100))) {
      sums = pool.map(List.of(10L, 100L, 1_000L), n -> sumOfSquares(n)).toList();
    }
    // @end
    assertThat(sums).containsExactly(285L, 328_350L, 332_833_500L);
  }

  @Test
  void mapAsync() throws Exception {
    List<Long> numbers = List.of(10L, 100L, 1_000L);
    List<Long> sums;
    // @start region="map-async"
    try (var pool = Tandem.newProcessPool(2)) {
      // result = pool.map_async(sum_of_squares, numbers)
      var result =
          Futures.allAsList( // Guava's; fails when one fails
              numbers.stream().map(n -> pool.submit(() -> sumOfSquares(n))).toList());
      // ... something else ..., then result.get()
      sums = result.get();
    }
    // @end
    assertThat(sums).containsExactly(285L, 328_350L, 332_833_500L);
  }

  @Test
  void starmap() throws Exception {
    List<Integer> powers;
    int power;
    // @start region="starmap"
    record Pair(int base, int exponent) {}

    try (var pool = Tandem.newProcessPool(2)) {
      // pool.starmap(power, [(2, 3), (3, 2)])
      powers =
          pool.map(
                  List.of(new Pair(2, 3), new Pair(3, 2)),
                  p -> (int) Math.pow(p.base(), p.exponent()))
              .toList();
      // pool.apply_async(power, (2, 10)).get()
      power = pool.submit(() -> (int) Math.pow(2, 10)).get();
    }
    // @end
    assertThat(powers).containsExactly(8, 9);
    assertThat(power).isEqualTo(1024);
  }

  @Test
  void taskGroup() throws Exception {
    String both;
    // @start region="task-group"
    // async with asyncio.timeout(5), asyncio.TaskGroup() as group:
    //     user = group.create_task(fetch("/user"))
    //     prices = group.create_task(fetch("/prices"))
    // both = user.result() + prices.result()
    try (var group = TaskScope.open(cf -> cf.withTimeout(Duration.ofSeconds(5)))) {
      var user = group.fork(() -> fetch("/user"));
      var prices = group.fork(() -> fetch("/prices"));
      group.join();
      both = user.get() + prices.get();
    }
    // @end
    assertThat(both).isEqualTo("<html>/user</html><html>/prices</html>");
  }

  @Test
  void gather() throws Exception {
    // @start region="gather"
    // user, prices = await asyncio.gather(fetch("/user"), fetch("/prices"))
    List<String> pages = Parallel.all(() -> fetch("/user"), () -> fetch("/prices"));

    // await asyncio.gather(fetch("/a"), fetch("/broken"), return_exceptions=True)
    List<Outcome<String>> each = Parallel.settle(() -> fetch("/a"), () -> fetch("/broken"));
    // @end
    assertThat(pages).containsExactly("<html>/user</html>", "<html>/prices</html>");
    assertThat(each.get(0)).isEqualTo(new Outcome.Success<>("<html>/a</html>"));
    assertThat(each.get(1)).isInstanceOf(Outcome.Failure.class);
  }

  @Test
  void aCounterThatCountsRight() throws Exception {
    List<Integer> workers = IntStream.range(0, 8).boxed().toList();
    // @start region="counter"
    LongAdder hits = new LongAdder(); // a plain long with hits++ would lose some
    try (var pool = Tandem.newThreadPool(8)) {
      pool.forEach(
          workers,
          _ -> {
            for (int i = 0; i < 10_000; i++) {
              hits.increment();
            }
          });
    }
    // @end
    assertThat(hits.sum()).isEqualTo(80_000);
  }

  @Test
  void anEvent() throws Exception {
    // @start region="event"
    CountDownLatch ready = new CountDownLatch(1); // threading.Event
    try (var pool = Tandem.newVirtualThreadExecutor()) {
      var waiter =
          pool.submit(() -> {
            ready.await(); // event.wait()
            return "went on";
          });
      ready.countDown(); // event.set()
      assertThat(waiter.get()).isEqualTo("went on");
    }
    // @end
  }

  @Test
  void aQueueWithWorkers() throws Exception {
    List<String> paths = List.of("/a", "/b", "/c");
    var pages = new ConcurrentLinkedQueue<String>();
    // @start region="queue"
    Channel<String> queue = Channel.bounded(100); // queue.Queue(maxsize=100)
    try (var net = Tandem.newVirtualThreadExecutor()) {
      for (int i = 0; i < 3; i++) {
        net.execute(() -> {
          for (String path : queue) { // while True: path = queue.get()
            pages.add(fetch(path));
            queue.taskDone(); // queue.task_done()
          }
        });
      }
      for (String path : paths) {
        queue.put(path); // queue.put(path)
      }
      queue.awaitDone(); // queue.join()
      queue.close(); // queue.shutdown(), since 3.13; before that: daemon threads
    }
    // @end
    assertThat(pages).hasSize(3);
  }
}
