package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A map on an executor whose bounded queue is full of other tasks.
class MapOnFullQueueTest {
  private final HeldTask running = new HeldTask();
  private final HeldTask queued = new HeldTask();
  private final AtomicReference<TaskExecutor> created = new AtomicReference<>();

  private TaskExecutor full(Saturation whenFull) throws InterruptedException {
    TaskExecutor executor =
        Tandem.newThreadPool(1, cf -> cf.withName("errands").withQueue(1, whenFull));
    created.set(executor);
    var _ = executor.submit(running);
    running.awaitStarted();
    var _ = executor.submit(queued);
    return executor;
  }

  @AfterEach
  void executorCloses() {
    running.release();
    queued.release();
    created.get().close();
  }

  @Test
  void rejectingQueueRefusesTheMap() throws Exception {
    TaskExecutor executor = full(Saturation.REJECT);
    try (var results = executor.map(List.of(1, 2, 3), i -> -i)) {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(results::toList)
          .withMessageContaining("errands is full");
    }
    running.release();
    queued.awaitStarted(); // one place in the queue
    Caller<List<Integer>> later =
        Caller.start(() -> executor.map(List.of(1, 2, 3), i -> -i).toList());
    queued.release();
    assertThat(later.result()).containsExactly(-1, -2, -3);
  }

  /// On a virtual thread, a consumer that ran on would keep a processor from the tasks that it
  /// waits for.
  @Test
  void consumerWhoseSecondRunnerIsNotAcceptedParks() throws Exception {
    TaskExecutor executor = Tandem.newThreadPool(1, cf -> cf.withQueue(1, Saturation.BLOCK));
    created.set(executor);
    queued.release();
    var _ = executor.submit(running);
    running.awaitStarted();
    Caller<List<Integer>> consumer =
        Caller.start(
            () -> executor.map(List.of(1, 2, 3), i -> -i, cf -> cf.withConcurrency(2)).toList());
    consumer.awaitBlocked();
    for (int i = 0; i < 10_000; i++) {
      assertThat(consumer.thread().getState()).isEqualTo(Thread.State.WAITING);
    }
    running.release();
    assertThat(consumer.result()).containsExactly(-1, -2, -3);
  }

  @Test
  void blockingQueueMakesTheConsumerWait() throws Exception {
    TaskExecutor executor = full(Saturation.BLOCK);
    Caller<List<Integer>> consumer =
        Caller.start(() -> executor.map(List.of(1, 2, 3), i -> -i).toList());
    consumer.awaitBlocked();
    running.release();
    queued.release();
    assertThat(consumer.result()).containsExactly(-1, -2, -3);
  }
}
