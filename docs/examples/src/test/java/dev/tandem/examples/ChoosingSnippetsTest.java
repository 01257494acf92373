package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static dev.tandem.examples.Remote.sumOfSquares;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The snippets of choosing.md. */
class ChoosingSnippetsTest {
  private static final int CARRIERS =
      Integer.getInteger(
          "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());

  @Test
  void waitingOnVirtualThreads() {
    List<String> paths = Collections.nCopies(1_000, "/users");
    // @start region="waiting"
    List<String> pages;
    try (var net = Tandem.newVirtualThreadExecutor(50)) { // never more than 50 requests at once
      pages = net.map(paths, path -> fetch(path)).toList();
    }
    // @end
    assertThat(pages).hasSize(1_000);
  }

  @Test
  void computingOnAPool() {
    List<Long> numbers = List.of(10L, 100L, 1_000L);
    // @start region="computing"
    List<Long> sums;
    try (var cpu = Tandem.newThreadPool(Runtime.getRuntime().availableProcessors())) {
      sums = cpu.map(numbers, n -> sumOfSquares(n)).toList();
    }
    // @end
    assertThat(sums).containsExactly(285L, 328_350L, 332_833_500L);
  }

  @Test
  void waitingAndComputing() throws Exception {
    List<String> paths = List.of("/a", "/b", "/c");
    List<Integer> scores;
    // @start region="both"
    try (var net = Tandem.newVirtualThreadExecutor();
        var cpu = Tandem.newThreadPool(Runtime.getRuntime().availableProcessors());
        var pages = net.map(paths, path -> fetch(path))) {
      scores = cpu.map(pages::iterator, page -> score(page)).toList();
    }
    // @end
    assertThat(scores).containsExactly(15, 15, 15);
  }

  private static int score(String page) {
    return page.length();
  }

  @Test
  void theSameLineOnEveryExecutor() {
    try (var threads = Tandem.newThreadPool(2);
        var virtual = Tandem.newVirtualThreadExecutor()) {
      assertThat(lengths(threads, List.of("/a", "/b")))
          .isEqualTo(lengths(virtual, List.of("/a", "/b")));
    }
  }

  // @start region="same-line"
  static List<Integer> lengths(TaskExecutor executor, List<String> paths) {
    return executor.map(paths, path -> fetch(path).length()).toList();
  } // @end

  @Test
  void anExecutorThatIsThereAlready() throws Exception {
    // @start region="adapter"
    try (var executor = Tandem.taskExecutor(Executors.newCachedThreadPool())) {
      String page = executor.submit(() -> fetch("/index")).get();
      assertThat(page).contains("/index");
    }
    // @end
  }

  @Test
  void inATestEverythingMayRunOnTheCallersThread() {
    // @start region="direct"
    try (var executor = Tandem.taskExecutor(MoreExecutors.newDirectExecutorService())) {
      assertThat(lengths(executor, List.of("/a", "/bb"))).containsExactly(15, 16);
    }
    // @end
  }

  @Test
  void computingVirtualThreadsKeepTheOthersOut() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch computing = new CountDownLatch(CARRIERS);
    try (var virtual = Tandem.newVirtualThreadExecutor();
        AutoCloseable _ = () -> enough.set(true)) {
      // @start region="no-time-slices"
      for (int i = 0; i < CARRIERS; i++) { // as many as there are processors
        virtual.execute(() -> {
          computing.countDown();
          while (!enough.get()) {
            Thread.onSpinWait(); // stands for a computation: it never blocks
          }
        });
      }
      computing.await();
      var late = virtual.submit(() -> "at last");
      assertThatThrownBy(() -> late.get(200, TimeUnit.MILLISECONDS)) // did not even start
          .isInstanceOf(TimeoutException.class);
      enough.set(true);
      assertThat(late.get()).isEqualTo("at last");
      // @end
    }
  }

  @Test
  void computingPlatformThreadsLetTheOthersIn() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch computing = new CountDownLatch(CARRIERS);
    try (var cpu = Tandem.newThreadPool(CARRIERS);
        var net = Tandem.newVirtualThreadExecutor();
        AutoCloseable _ = () -> enough.set(true)) {
      for (int i = 0; i < CARRIERS; i++) {
        cpu.execute(() -> {
          computing.countDown();
          while (!enough.get()) {
            Thread.onSpinWait();
          }
        });
      }
      computing.await();
      assertThat(net.submit(() -> "soon").get()).isEqualTo("soon");
    }
  }
}
