package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.TaskExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ForkJoinAdapterTest extends AdapterContract {
  @Override
  ExecutorService newDelegate() {
    return new ForkJoinPool(4);
  }

  /// A fork-join pool drops its queue at `shutdownNow` and gives nothing back.
  @Test
  void futuresOfTasksThatThePoolDropsAreCancelled() throws Exception {
    TaskExecutor executor = tracked(Tandem.taskExecutor(tracked(new ForkJoinPool(1))));
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> future = executor.submit(waiting);
    Runnable executed = waiting.asRunnable();
    executor.execute(executed);
    assertThat(executor.shutdownNow()).hasSize(2).contains(executed);
    assertThat(future.isCancelled()).isTrue();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
    assertThat(waiting.hasStarted()).isFalse();
  }

  @Test
  void commonPoolOutlivesItsAdapter() throws Exception {
    TaskExecutor executor = Tandem.taskExecutor(ForkJoinPool.commonPool());
    Future<String> future = executor.submit(() -> "done");
    executor.close();
    assertThat(soon(future)).isEqualTo("done");
    assertThat(executor.isTerminated()).isTrue();
    assertThat(soon(ForkJoinPool.commonPool().submit(() -> "open"))).isEqualTo("open");
  }
}
