package dev.tandem.queues;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.queues.contract.ChannelContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Channels as the work queue of a `ThreadPoolExecutor`: the best known user of a `BlockingQueue`.
class BlockingQueueExecutorTest {
  /// Makes a queue of tasks.
  private interface Queues {
    BlockingQueue<Runnable> create();
  }

  private record Named(String name, Queues queues) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Named> HOLDING =
      List.of(
          new Named("bounded", () -> Channel.<Runnable>bounded(5).asBlockingQueue()),
          new Named("unbounded", () -> Channel.<Runnable>unbounded().asBlockingQueue()),
          new Named("lifo", () -> Channel.<Runnable>lifo(5).asBlockingQueue()),
          new Named(
              "priority", () -> Channel.<Runnable>priority(5, (_, _) -> 0).asBlockingQueue()));

  static final List<Named> HANDING_OVER =
      List.of(new Named("rendezvous", () -> Channel.<Runnable>rendezvous().asBlockingQueue()));

  private final List<ThreadPoolExecutor> created = new ArrayList<>();

  private ThreadPoolExecutor pool(int core, int max, Named queue) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(core, max, 1, SECONDS, queue.queues().create());
    created.add(pool);
    return pool;
  }

  @AfterEach
  void everyPoolTerminates() throws InterruptedException {
    for (ThreadPoolExecutor pool : created) {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @FieldSource("HOLDING")
  void everyTaskRuns(Named queue) throws Exception {
    ThreadPoolExecutor pool = pool(2, 2, queue);
    pool.setRejectedExecutionHandler((task, p) -> {
      try {
        p.getQueue().put(task);
      } catch (InterruptedException e) {
        throw new RejectedExecutionException(e);
      }
    });
    AtomicInteger ran = new AtomicInteger();
    for (int i = 0; i < 500; i++) {
      pool.execute(ran::incrementAndGet);
    }
    pool.shutdown();
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    assertThat(ran).hasValue(500);
  }

  @ParameterizedTest
  @FieldSource("HOLDING")
  void tasksThatWaitCanBeRemovedAndAreHandedBack(Named queue) throws Exception {
    ThreadPoolExecutor pool = pool(1, 1, queue);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Future<?> running =
        pool.submit(() -> {
          started.countDown();
          release.await();
          return null;
        });
    started.await();
    Runnable first = () -> {};
    Runnable second = () -> {};
    pool.execute(first);
    pool.execute(second);
    Future<?> third = pool.submit(() -> {});
    assertThat(pool.remove(first)).isTrue();
    assertThat(pool.remove(first)).isFalse();
    assertThat(third.cancel(false)).isTrue();
    pool.purge();
    assertThat(pool.getQueue()).containsExactly(second);
    assertThat(pool.shutdownNow()).containsExactly(second);
    release.countDown();
    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
    assertThat(running.isDone()).isTrue();
  }

  @ParameterizedTest
  @FieldSource("HOLDING")
  void idleThreadsEnd(Named queue) throws Exception {
    ThreadPoolExecutor pool = pool(2, 2, queue);
    pool.setKeepAliveTime(1, MILLISECONDS);
    pool.allowCoreThreadTimeOut(true);
    pool.submit(() -> {}).get(20, SECONDS);
    ChannelContract.soon().until(() -> pool.getPoolSize() == 0);
    pool.submit(() -> {}).get(20, SECONDS);
  }

  @ParameterizedTest
  @FieldSource("HANDING_OVER")
  void rendezvousGrowsThePoolAndRefusesWhenItIsBusy(Named queue) throws Exception {
    ThreadPoolExecutor pool = pool(0, 2, queue);
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      running.add(
          pool.submit(() -> {
            started.countDown();
            release.await();
            return null;
          }));
    }
    started.await();
    assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    release.countDown();
    for (Future<?> future : running) {
      future.get(20, SECONDS);
    }
    ChannelContract.soon().until(() -> pool.getActiveCount() == 0);
  }
}
