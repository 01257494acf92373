package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `Thread.interrupt` is code of users: it closes the channel in which the thread waits, and can be
/// overridden. One that blocks delays nothing but the task that it is for.
interface BlockingInterruptContract extends ExecutorFixture {
  private static <T> Task<T> brief(Callable<T> body) {
    return Task.of("brief", body::call).withTimeout(Duration.ofMillis(20));
  }

  private static void assertTimesOut(Future<?> future) {
    assertThatThrownBy(() -> soon(future))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TaskTimeoutException.class);
  }

  @Test
  default void anInterruptThatBlocksDelaysNoOtherTimeout() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    TaskExecutor other = create();
    SlowChannel slow = new SlowChannel();
    try {
      Future<String> first = executor.submit(brief(slow));
      slow.awaitClosing();
      assertTimesOut(other.submit(brief(new HeldTask())));
      assertTimesOut(executor.submit(brief(new HeldTask())));
      assertTimesOut(first); // at the end of grace
    } finally {
      slow.release();
    }
  }

  @Test
  default void cancelReturnsAlthoughTheInterruptBlocks() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    SlowChannel slow = new SlowChannel();
    try {
      Future<String> future = executor.submit(slow);
      slow.awaitStarted();
      assertThat(Caller.start(() -> future.cancel(true)).result()).isTrue();
      assertThatThrownBy(() -> soon(future)).isInstanceOf(CancellationException.class);
      slow.awaitClosing();
    } finally {
      slow.release();
    }
  }

  @Test
  default void shutdownNowReachesAllAlthoughOneInterruptBlocks() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    SlowChannel slow = new SlowChannel();
    HeldTask held = new HeldTask();
    try {
      var _ = executor.submit(slow);
      slow.awaitStarted();
      var _ = executor.submit(held);
      held.awaitStarted();
      var _ = Caller.start(executor::shutdownNow).result();
      held.awaitInterrupted();
      slow.awaitClosing();
    } finally {
      slow.release();
    }
  }

  @Test
  default void closeKeepsItsLimitAlthoughAnInterruptBlocks() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    SlowChannel slow = new SlowChannel();
    try {
      var _ = executor.submit(Task.of("slow", slow::call));
      slow.awaitStarted();
      List<TaskInfo> survivors = Caller.start(() -> executor.close(Duration.ofMillis(20))).result();
      assertThat(survivors).extracting(TaskInfo::name).containsExactly("slow");
    } finally {
      slow.release();
    }
  }

  @Test
  default void timedInvokeAllReturnsAlthoughAnInterruptBlocks() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    SlowChannel slow = new SlowChannel();
    HeldTask held = new HeldTask();
    try {
      List<Future<String>> futures =
          Caller.start(() -> executor.invokeAll(List.of(held, slow), 100, MILLISECONDS)).result();
      assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
    } finally {
      slow.release();
    }
  }

  @Test
  default void aMapThatIsLeftReachesAllAlthoughOneInterruptBlocks() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    SlowChannel slow = new SlowChannel();
    HeldTask held = new HeldTask();
    try {
      Stream<String> results =
          executor.map(List.of(1, 2), n -> n == 1 ? slow.call() : held.call(), c -> c);
      Caller<List<String>> consumer = Caller.start(results::toList);
      slow.awaitStarted();
      held.awaitStarted();
      var _ = Caller.start(() -> close(results)).result();
      held.awaitInterrupted();
      assertThat(consumer.failure()).isInstanceOf(CancellationException.class);
    } finally {
      slow.release();
    }
  }

  private static boolean close(Stream<?> results) {
    results.close();
    return true;
  }
}
