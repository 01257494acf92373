package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tandem.core.Saturation;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A map on an executor whose bounded queue is full of other tasks.
class MapOnFullQueueTest {
  @RegisterExtension final FullQueue queue = new FullQueue();

  @Test
  void rejectingQueueRefusesTheMap() throws Exception {
    TaskExecutor executor = queue.open(Saturation.REJECT);
    try (var results = executor.map(List.of(1, 2, 3), i -> -i)) {
      assertThatExceptionOfType(RejectedExecutionException.class)
          .isThrownBy(results::toList)
          .withMessageContaining("errands is full");
    }
    queue.running.release();
    queue.queued.awaitStarted(); // one place in the queue
    Caller<List<Integer>> later =
        Caller.start(() -> executor.map(List.of(1, 2, 3), i -> -i).toList());
    queue.queued.release();
    assertThat(later.result()).containsExactly(-1, -2, -3);
  }

  /// On a virtual thread, a consumer that ran on would keep a processor from the tasks that it
  /// waits for.
  @Test
  void consumerWhoseSecondRunnerIsNotAcceptedParks() throws Exception {
    TaskExecutor executor = queue.openWithRoom(Saturation.BLOCK);
    Caller<List<Integer>> consumer =
        Caller.start(
            () -> executor.map(List.of(1, 2, 3), i -> -i, cf -> cf.withConcurrency(2)).toList());
    consumer.awaitBlocked();
    for (int i = 0; i < 10_000; i++) {
      assertThat(consumer.thread().getState()).isEqualTo(Thread.State.WAITING);
    }
    queue.running.release();
    assertThat(consumer.result()).containsExactly(-1, -2, -3);
  }

  @Test
  void blockingQueueMakesTheConsumerWait() throws Exception {
    TaskExecutor executor = queue.open(Saturation.BLOCK);
    Caller<List<Integer>> consumer =
        Caller.start(() -> executor.map(List.of(1, 2, 3), i -> -i).toList());
    consumer.awaitBlocked();
    queue.running.release();
    queue.queued.release();
    assertThat(consumer.result()).containsExactly(-1, -2, -3);
  }
}
