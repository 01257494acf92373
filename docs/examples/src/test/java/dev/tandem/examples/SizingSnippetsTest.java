package dev.tandem.examples;

import static dev.tandem.examples.Remote.fetch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.RateLimiter;
import dev.tandem.Tandem;
import dev.tandem.core.Saturation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The snippets of sizing.md. */
class SizingSnippetsTest {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void aFullQueueCanRefuse() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    List<String> refused = new ArrayList<>();
    // @start region="reject"
    try (var pool = Tandem.newThreadPool(1, cf -> cf.withQueue(2, Saturation.REJECT))) {
      for (String path : List.of("/a", "/b", "/c", "/d")) {
        try {
          pool.execute(() -> serve(path, busy));
        } catch (RejectedExecutionException e) {
          refused.add(path); // "/d": one task runs and two wait
        }
      }
      busy.countDown();
    }
    // @end
    assertThat(refused).containsExactly("/d");
  }

  private static void serve(String path, CountDownLatch go) throws Exception {
    go.await();
    fetch(path);
  }

  @Test
  void aFullQueueCanHoldTheSubmitterBack() {
    AtomicInteger served = new AtomicInteger();
    // @start region="block"
    try (var pool = Tandem.newThreadPool(2, cf -> cf.withQueue(10, Saturation.BLOCK))) {
      for (int i = 0; i < 1_000; i++) {
        pool.execute(served::incrementAndGet); // waits here while ten are queued
      }
    }
    // @end
    assertThat(served).hasValue(1_000);
  }

  @Test
  void mapPullsNoFurtherAheadThanItMust() {
    AtomicInteger pulled = new AtomicInteger();
    // @start region="endless"
    Stream<Integer> endless = Stream.iterate(1, n -> n + 1).peek(_ -> pulled.incrementAndGet());
    List<Integer> first;
    try (var pool = Tandem.newThreadPool(4);
        var squares =
            pool.map(endless::iterator, n -> n * n, cf -> cf.withConcurrency(4).withBuffer(16))) {
      first = squares.limit(5).toList();
    }
    // @end
    assertThat(first).containsExactly(1, 4, 9, 16, 25);
    assertThat(pulled.get()).isBetween(5, 5 + 4 + 16);
  }

  @Test
  void oneExecutorManyLimits() throws Exception {
    List<Integer> inputs = IntStream.range(0, 200).boxed().toList();
    // @start region="limit-per-map"
    try (var net = Tandem.newVirtualThreadExecutor()) {
      net.forEach(inputs, i -> queryDatabase(i), cf -> cf.withConcurrency(8));
    }
    // @end
    assertThat(most.get()).isBetween(1, 8);
    assertThat(now).hasValue(0);
  }

  private void queryDatabase(int i) {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    for (int spin = 0; spin < 1_000 + i; spin++) {
      Thread.onSpinWait();
    }
    now.decrementAndGet();
  }

  @Test
  void aRateIsNotAConcurrency() throws Exception {
    List<String> pages;
    List<String> paths = List.of("/a", "/b", "/c");
    // @start region="rate"
    RateLimiter perSecond = RateLimiter.create(200); // Guava's
    try (var net = Tandem.newVirtualThreadExecutor()) {
      pages =
          net.map(
                  paths,
                  path -> {
                    perSecond.acquire();
                    return fetch(path);
                  })
              .toList();
    }
    // @end
    assertThat(pages).hasSize(3);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertThatThrownBy(() -> Tandem.newThreadPool(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threads")
        .hasMessageContaining("0");
  }
}
