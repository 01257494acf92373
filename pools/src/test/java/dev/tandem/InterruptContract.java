package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.TaskExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// An interrupt belongs to the task it was meant for: the next one on the same thread never sees
/// it.
interface InterruptContract extends ExecutorFixture {
  @Test
  default void flagThatBodyLeavesSetIsNotSeenByTheNext() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    AtomicInteger leaked = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      var _ = soon(executor.submit(() -> countAndSetFlag(leaked)));
      executor.execute(() -> countAndSetFlag(leaked));
    }
    executor.close();
    assertThat(leaked).hasValue(0);
  }

  @Test
  default void interruptOfCancelThatComesLateIsNotSeenByTheNext() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    AtomicInteger leaked = new AtomicInteger();
    for (int i = 0; i < 1_000; i++) {
      CountDownLatch started = new CountDownLatch(1);
      int pause = i % 50 * 200;
      // it ends by itself while it is being cancelled, a little earlier or later each time
      Future<?> ending =
          executor.submit(() -> {
            started.countDown();
            LockSupport.parkNanos(pause);
          });
      Future<?> next = executor.submit(() -> countFlag(leaked));
      started.await();
      ending.cancel(true);
      var _ = soon(next);
    }
    assertThat(leaked).as("tasks that saw the interrupt of another").hasValue(0);
  }

  @Test
  default void interruptOfCancelIsNotSeenByExecutedBodyThatFollows() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    AtomicInteger leaked = new AtomicInteger();
    for (int i = 0; i < 200; i++) {
      HeldTask held = new HeldTask();
      Future<String> future = executor.submit(held);
      CountDownLatch done = new CountDownLatch(1);
      executor.execute(() -> {
        countFlag(leaked);
        done.countDown();
      });
      held.awaitStarted();
      future.cancel(true);
      done.await();
    }
    assertThat(leaked).hasValue(0);
  }

  private static void countFlag(AtomicInteger leaked) {
    if (Thread.currentThread().isInterrupted()) {
      leaked.incrementAndGet();
    }
  }

  private static void countAndSetFlag(AtomicInteger leaked) {
    countFlag(leaked);
    Thread.currentThread().interrupt();
  }
}
