package dev.tandem.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.Tandem;
import dev.tandem.structured.TaskScope;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The snippets of jdk.md about locks, conditions, semaphores, barriers and counters. */
class JdkLockSnippetsTest {
  // @start region="lock"
  static final class Account {
    private final ReentrantLock lock = new ReentrantLock(); // threading.RLock
    private long cents;

    void add(long amount) {
      lock.lock(); // with lock:
      try {
        cents += amount;
      } finally {
        lock.unlock();
      }
    }

    void addTwice(long amount) {
      lock.lock();
      try {
        add(amount); // the same thread may lock again
        add(amount);
      } finally {
        lock.unlock();
      }
    }

    boolean tryAdd(long amount) throws InterruptedException {
      if (!lock.tryLock(1, TimeUnit.SECONDS)) { // lock.acquire(timeout=1)
        return false;
      }
      try {
        cents += amount;
        return true;
      } finally {
        lock.unlock();
      }
    }
  } // @end

  @Test
  void aLockKeepsTheOthersOut() throws Exception {
    var account = new Account();
    try (var pool = Tandem.newThreadPool(4)) {
      pool.forEach(IntStream.range(0, 1_000)::iterator, _ -> account.addTwice(1));
    }
    assertThat(account.tryAdd(5)).isTrue();
    assertThat(account.cents).isEqualTo(2_005);
  }

  // @start region="condition"
  /** Lets threads wait until a level is reached. */
  static final class Gauge {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition(); // threading.Condition
    private int level;

    void raise() {
      lock.lock();
      try {
        level++;
        changed.signalAll(); // notify_all()
      } finally {
        lock.unlock();
      }
    }

    void awaitLevel(int wanted) throws InterruptedException {
      lock.lock();
      try {
        while (level < wanted) { // in a loop: being woken does not mean that it is so
          changed.await(); // lets go of the lock meanwhile
        }
      } finally {
        lock.unlock();
      }
    }
  } // @end

  @Test
  void aConditionWaitsUntilItIsTrue() throws Exception {
    var gauge = new Gauge();
    try (var scope = TaskScope.open()) {
      scope.fork(() -> gauge.awaitLevel(3));
      for (int i = 0; i < 3; i++) {
        scope.fork(gauge::raise);
      }
      scope.join();
    }
    assertThat(gauge.level).isEqualTo(3);
  }

  @Test
  void aSemaphoreLetsSomeIn() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    // @start region="semaphore"
    Semaphore licences = new Semaphore(3); // threading.Semaphore(3)
    try (var net = Tandem.newVirtualThreadExecutor()) {
      net.forEach(
          IntStream.range(0, 100)::iterator,
          _ -> {
            // ... what needs no licence ...
            licences.acquire(); // with licences:
            try {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            } finally {
              inside.decrementAndGet();
              licences.release();
            }
          });
    }
    assertThat(most.get()).isBetween(1, 3);
    // @end
  }

  @Test
  void aBarrierHoldsEverybodyBackUntilTheLastIsThere() throws Exception {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    // @start region="barrier"
    CyclicBarrier round = new CyclicBarrier(3, () -> log.add("round over")); // Barrier(3, action)
    try (var scope = TaskScope.open()) {
      for (int i = 0; i < 3; i++) {
        scope.fork(() -> {
          log.add("move");
          round.await(); // nobody begins the second round before all have ended the first
          log.add("move");
          round.await();
        });
      }
      scope.join();
    }
    // @end
    assertThat(log)
        .containsExactly(
            "move", "move", "move", "round over", "move", "move", "move", "round over");
  }

  @Test
  void safeCounters() throws Exception {
    // @start region="counters"
    LongAdder hits = new LongAdder(); // many add, somebody reads now and then
    AtomicLong ids = new AtomicLong(); // every caller needs the number that it made
    try (var pool = Tandem.newThreadPool(4)) {
      pool.forEach(
          IntStream.range(0, 1_000)::iterator,
          _ -> {
            hits.increment();
            ids.incrementAndGet();
          });
    }
    // @end
    assertThat(hits.sum()).isEqualTo(1_000);
    assertThat(ids).hasValue(1_000);
  }

  @Test
  void howACountIsLost() throws Exception {
    // @start region="lost"
    long[] count = {0};
    long read = count[0]; // this thread has read 0 ...
    Thread.ofVirtual().start(() -> count[0]++).join(); // ... another counts ...
    count[0] = read + 1; // ... and this one writes 1: count++ is these two steps
    assertThat(count[0]).isEqualTo(1); // two counts, and one is there
    // @end
  }
}
