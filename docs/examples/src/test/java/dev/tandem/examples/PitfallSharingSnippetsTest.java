package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.Tandem;
import dev.tandem.queues.Channel;
import dev.tandem.queues.ChannelClosedException;
import dev.tandem.structured.TaskScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The snippets of pitfalls.md about what threads share: lists, maps, locks and channels. */
class PitfallSharingSnippetsTest {
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger sold = new AtomicInteger();

  @Test
  void resultsAreReturnedNotCollected() {
    List<String> paths = List.of("/a", "/b", "/c");
    // @start region="collect"
    List<String> pages;
    try (var pool = Tandem.newThreadPool(3)) {
      // wrong: pool.forEach(paths, path -> pages.add(fetch(path))); an ArrayList loses elements
      pages = pool.map(paths, path -> fetch(path)).toList(); // and in order, too
    }
    // @end
    assertThat(pages).containsExactly("<html>/a</html>", "<html>/b</html>", "<html>/c</html>");
  }

  @Test
  void oneCallThatDoesBoth() throws Exception {
    var loads = new AtomicInteger();
    var pages = new ConcurrentHashMap<String, String>();
    try (var net = Tandem.newVirtualThreadExecutor()) {
      net.forEach(
          IntStream.range(0, 100)::iterator,
          _ -> {
            String path = "/a";
            // @start region="check-then-act"
            // wrong: if (!pages.containsKey(path)) pages.put(path, load(path));
            pages.computeIfAbsent(path, p -> load(p, loads)); // loads once, however many come
            // @end
          });
    }
    assertThat(loads).hasValue(1);
  }

  private static String load(String path, AtomicInteger loads) {
    loads.incrementAndGet();
    return path;
  }

  @Test
  void whoPutsUnderALockHoldsItWhileItWaits() throws Exception {
    // @start region="lock-and-put"
    Channel<String> orders = Channel.bounded(1);
    orders.put("first"); // now it is full
    CountDownLatch locked = new CountDownLatch(1);
    try (var net = Tandem.newVirtualThreadExecutor()) {
      var producer =
          net.submit(() -> {
            lock.lock();
            try {
              locked.countDown();
              orders.put("second"); // waits for room, and keeps the lock
            } finally {
              lock.unlock();
            }
          });
      locked.await();
      // the consumer wants the lock before it takes: now each waits for the other
      assertThat(lock.tryLock(100, TimeUnit.MILLISECONDS)).isFalse();
      producer.cancel(true);
    }
    // @end
    assertThat(orders.take()).isEqualTo("first");
  }

  @Test
  void makeItUnderTheLockAndPutItAfterwards() throws Exception {
    Channel<String> orders = Channel.bounded(1);
    try (var scope = TaskScope.open()) {
      scope.fork(() -> {
        // @start region="put-outside"
        String order;
        lock.lock();
        try {
          order = "order " + sold.incrementAndGet();
        } finally {
          lock.unlock();
        }
        orders.put(order); // may wait as long as it likes
        // @end
      });
      scope.join();
    }
    assertThat(orders.take()).isEqualTo("order 1");
  }

  // @start region="lock-order"
  static final class Account {
    private final int number;
    private final ReentrantLock lock = new ReentrantLock();
    private long cents;

    Account(int number, long cents) {
      this.number = number;
      this.cents = cents;
    }

    static void move(long amount, Account from, Account to) {
      Account first = from.number < to.number ? from : to; // always the lower number first
      Account second = first == from ? to : from;
      first.lock.lock();
      try {
        second.lock.lock();
        try {
          from.cents -= amount;
          to.cents += amount;
        } finally {
          second.lock.unlock();
        }
      } finally {
        first.lock.unlock();
      }
    }
  } // @end

  @Test
  void twoWhoMoveInOppositeDirectionsDoNotWaitForEachOther() throws Exception {
    var a = new Account(1, 1_000);
    var b = new Account(2, 1_000);
    try (var pool = Tandem.newThreadPool(2)) {
      pool.forEach(
          IntStream.range(0, 2_000)::iterator,
          i -> Account.move(1, i % 2 == 0 ? a : b, i % 2 == 0 ? b : a));
    }
    assertThat(a.cents).isEqualTo(1_000);
    assertThat(b.cents).isEqualTo(1_000);
  }

  @Test
  void theFirstProducerToEndClosesForTheSecond() throws Exception {
    // @start region="closed-too-early"
    Channel<String> pages = Channel.bounded(10);
    pages.put(fetch("/a"));
    pages.close(); // the first of two producers is done, and says so for both
    assertThatThrownBy(() -> pages.put(fetch("/b"))).isInstanceOf(ChannelClosedException.class);
    // @end
    assertThat(pages.closeNow()).hasSize(1);
  }

  @Test
  void oneBodyForAllProducersClosesOnce() throws Exception {
    List<String> came = new ArrayList<>();
    // @start region="close-once"
    Channel<String> pages = Channel.bounded(10);
    try (var net = Tandem.newVirtualThreadExecutor();
        var scope = TaskScope.open()) {
      scope.fork(
          pages.producer(
              out -> // closed when both are done, with the cause if one failed
              net.forEach(List.of("/a", "/b"), path -> out.put(fetch(path)))));
      for (String page : pages) {
        came.add(page);
      }
      scope.join();
    }
    // @end
    assertThat(came).containsExactlyInAnyOrder("<html>/a</html>", "<html>/b</html>");
  }

  @Test
  void theEndIsForAllConsumers() throws Exception {
    var taken = new AtomicInteger();
    // @start region="one-close"
    Channel<Integer> jobs = Channel.bounded(10);
    try (var scope = TaskScope.open()) {
      for (int i = 0; i < 2; i++) {
        scope.fork(() -> {
          for (int _ : jobs) { // Python's two consumers need two sentinels; with one, one hangs
            taken.incrementAndGet();
          }
        });
      }
      scope.fork(jobs.producer(out -> out.putAll(List.of(1, 2, 3)))); // closes once: both loops end
      scope.join();
    }
    // @end
    assertThat(taken).hasValue(3);
  }

  @Test
  void nobodyCutsChunksByHand() {
    // 10 items over 4 workers: a chunk of 10 / 4 makes 5 of them. Here nobody cuts by hand.
    List<Integer> squares;
    try (var pool = Tandem.newThreadPool(4)) {
      squares =
          pool.map(IntStream.range(0, 10)::iterator, n -> n * n, cf -> cf.withChunkSize(3))
              .toList();
    }
    assertThat(squares).hasSize(10).endsWith(64, 81);
  }
}
