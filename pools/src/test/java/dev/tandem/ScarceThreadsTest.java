package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.newDirectExecutorService;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Executors whose threads are few, fail to start, or are the caller's own.
class ScarceThreadsTest {
  private static final int PATIENCE_SECONDS = 20;

  @Test
  void aLimitOverAPoolWithoutAQueueRefusesNothingThatWaits() throws Exception {
    var pool = new ThreadPoolExecutor(2, 2, 0, SECONDS, new SynchronousQueue<>());
    try (TaskExecutor limited = Tandem.taskExecutor(pool, cf -> cf.withConcurrency(2))) {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int n = i;
        futures.add(
            limited.submit(() -> {
              go.await();
              return n;
            }));
      }
      go.countDown(); // from here on, those that wait follow those that run
      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).get(PATIENCE_SECONDS, SECONDS)).isEqualTo(i);
      }
    }
  }

  @Test
  void aLimitOverADirectExecutorDoesNotGrowTheStack() throws Exception {
    try (TaskExecutor direct =
        Tandem.taskExecutor(newDirectExecutorService(), cf -> cf.withConcurrency(1))) {
      List<Future<Integer>> inner = new ArrayList<>();
      direct
          .submit(() -> {
            for (int i = 0; i < 20_000; i++) {
              int n = i;
              inner.add(direct.submit(() -> n));
            }
          })
          .get();
      assertThat(inner).hasSize(20_000).allMatch(f -> f.state() == Future.State.SUCCESS);
    }
  }

  @Test
  void aTaskQueuedBehindAThreadThatFailsToStartStillEnds() throws Exception {
    CountDownLatch inFactory = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger threads = new AtomicInteger();
    try (TaskExecutor pool =
        Tandem.newThreadPool(
            1,
            cf ->
                cf.withThreadFactory(body -> {
                  if (threads.getAndIncrement() == 0) {
                    inFactory.countDown();
                    awaitUninterruptibly(go);
                    throw new OutOfMemoryError("unable to create native thread, on purpose");
                  }
                  return new Thread(body);
                }))) {
      Caller<Future<Integer>> first = Caller.start(() -> pool.submit(() -> 1));
      assertThat(inFactory.await(PATIENCE_SECONDS, SECONDS)).isTrue();
      Future<Integer> second = pool.submit(() -> 2);
      go.countDown();
      assertThat(second.get(PATIENCE_SECONDS, SECONDS)).isEqualTo(2);
      try {
        first.result();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(RejectedExecutionException.class);
      }
    }
  }

  @Test
  void aCloseByAnotherThreadStopsWhatTheNestedConsumerRunsItself() throws Exception {
    try (TaskExecutor pool = Tandem.newThreadPool(1)) {
      HeldTask held = new HeldTask();
      AtomicReference<Stream<String>> nested = new AtomicReference<>();
      Future<Long> consumer =
          pool.submit(() -> {
            nested.set(pool.map(List.of(1, 2, 3), _ -> held.call()));
            return nested.get().count();
          });
      held.awaitStarted();
      nested.get().close();
      held.awaitInterrupted();
      assertThat(consumer).failsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
    }
  }

  @Test
  void aNestedMapWhoseInputsIgnoreTheirTimeoutKeepsItsConcurrency() throws Exception {
    try (TaskExecutor pool = Tandem.newThreadPool(6, cf -> cf.withGrace(Duration.ofMillis(5)))) {
      AtomicReference<Thread> outer = new AtomicReference<>();
      AtomicInteger late = new AtomicInteger();
      AtomicInteger now = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      Future<Long> nested =
          pool.submit(() -> {
            outer.set(Thread.currentThread());
            return pool.mapSettled(
                    IntStream.range(0, 60).boxed().toList(),
                    n -> {
                      if (Thread.currentThread() == outer.get() && late.incrementAndGet() <= 3) {
                        spinFor(1_500); // ignores its timeout, which the others keep with ease
                        return n;
                      }
                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                      spinFor(1);
                      now.decrementAndGet();
                      return n;
                    },
                    cf -> cf.withConcurrency(2).withBuffer(4).withTimeout(Duration.ofSeconds(1)))
                .count();
          });
      assertThat(nested.get(PATIENCE_SECONDS, SECONDS)).isEqualTo(60);
      assertThat(most.get()).isLessThanOrEqualTo(2);
    }
  }

  private static void spinFor(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    Uninterruptibles.awaitUninterruptibly(latch);
  }
}
