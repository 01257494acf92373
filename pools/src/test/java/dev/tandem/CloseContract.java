package dev.tandem;

import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// `close()`: waits for what was accepted, stops it when the closing thread is interrupted, and is
/// bounded only when asked to be.
interface CloseContract extends ExecutorFixture {
  @Test
  default void leavingTryBlockWaitsForEveryTask() throws Exception {
    needs(Need.SAME_JVM);
    AtomicInteger runs = new AtomicInteger();
    ExecutorService executor = create();
    try (executor) {
      for (int i = 0; i < 200; i++) {
        executor.execute(runs::incrementAndGet);
      }
    }
    assertThat(runs).hasValue(200);
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void closeWaitsForRunningAndWaitingTasks() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    Future<String> first = executor.submit(running);
    running.awaitStarted();
    Future<String> second = executor.submit(() -> "second");
    Caller<Void> closer = closing(executor).awaitBlocked();
    assertThat(executor.isShutdown()).isTrue();
    assertThat(closer.isDone()).isFalse();
    running.release();
    closer.result();
    assertThat(executor.isTerminated()).isTrue();
    assertThat(first.resultNow()).isEqualTo(HeldTask.RESULT);
    assertThat(second.resultNow()).isEqualTo("second");
    assertThat(running.wasInterrupted()).isFalse();
  }

  @Test
  default void closeMayBeRepeatedAndFollowShutdown() {
    TaskExecutor executor = create();
    executor.shutdown();
    executor.close();
    executor.close();
    var _ = executor.shutdownNow();
    executor.close();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void closedExecutorThatIsClosedByAnInterruptedThreadStaysClosed() {
    TaskExecutor executor = create();
    executor.close();
    Thread.currentThread().interrupt();
    executor.close();
    assertThat(Thread.interrupted()).as("the closer's flag").isTrue();
  }

  @Test
  default void twoThreadsMayCloseAtOnce() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    Caller<Void> one = closing(executor).awaitBlocked();
    Caller<Void> two = closing(executor).awaitBlocked();
    held.release();
    one.result();
    two.result();
    assertThat(held.wasInterrupted()).isFalse();
  }

  @Test
  default void interruptedCloseStopsTheTasksAndWaitsForThem() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> second = executor.submit(waiting);
    Caller<Void> closer = closing(executor).awaitBlocked();
    closer.interrupt();
    closer.result();
    assertThat(closer.keptTheFlag()).isTrue();
    running.awaitInterrupted();
    running.assertEnded();
    assertThat(second.isCancelled()).isTrue();
    assertThat(waiting.hasStarted()).isFalse();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void interruptedThreadThatClosesStopsTheTasks() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    Thread.currentThread().interrupt();
    executor.close();
    assertThat(Thread.interrupted()).as("the closer's flag").isTrue();
    held.awaitInterrupted();
    held.assertEnded();
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  default void interruptedCloseStillWaitsForWhatIgnoresTheInterrupt() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    var _ = executor.submit(stubborn);
    stubborn.awaitStarted();
    Caller<Void> closer = closing(executor).awaitBlocked();
    closer.interrupt();
    stubborn.awaitInterrupted();
    closer.awaitBlocked();
    stubborn.release();
    closer.result();
    assertThat(closer.keptTheFlag()).isTrue();
    stubborn.assertEnded();
  }

  @Test
  default void closeWaitsForTheBodyOfCancelledTask() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    Future<String> future = executor.submit(stubborn);
    stubborn.awaitStarted();
    future.cancel(true);
    Caller<Void> closer = closing(executor).awaitBlocked();
    stubborn.release();
    closer.result();
    stubborn.assertEnded();
  }

  @Test
  default void closeTimeoutStopsWhatRunsAndCancelsWhatWaits() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withCloseTimeout(Duration.ofMillis(50)));
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> second = executor.submit(waiting);
    executor.close();
    running.awaitInterrupted();
    assertThat(second.isCancelled()).isTrue();
    assertThat(waiting.hasStarted()).isFalse();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void closeTimeoutBoundsTheWaitForWhatIgnoresTheInterrupt() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor =
        create(cf -> cf.withCloseTimeout(Duration.ofMillis(20)).withGrace(Duration.ofMillis(20)));
    HeldTask stubborn = HeldTask.stubborn();
    var _ = executor.submit(stubborn);
    stubborn.awaitStarted();
    executor.close();
    stubborn.awaitInterrupted();
    assertThat(stubborn.hasEnded()).isFalse();
    assertThat(executor.isTerminated()).isFalse();
    stubborn.release();
    assertThat(executor.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  default void closeTimeoutLeavesTasksAloneThatEndInTime() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create(cf -> cf.withCloseTimeout(Duration.ofSeconds(30)));
    HeldTask held = new HeldTask();
    Future<String> future = executor.submit(held);
    held.awaitStarted();
    Caller<Void> closer = closing(executor).awaitBlocked();
    held.release();
    closer.result();
    assertThat(held.wasInterrupted()).isFalse();
    assertThat(future.resultNow()).isEqualTo(HeldTask.RESULT);
  }

  @Test
  default void interruptedCloseWithTimeoutKeepsTheFlag() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create(cf -> cf.withCloseTimeout(Duration.ofSeconds(30)));
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    held.awaitStarted();
    Caller<Void> closer = closing(executor).awaitBlocked();
    closer.interrupt();
    closer.result();
    assertThat(closer.keptTheFlag()).isTrue();
    held.awaitInterrupted();
    held.assertEnded();
  }

  @Test
  default void taskCancelledByCloseReleasesThoseWhoWaitForIt() throws Exception {
    TaskExecutor executor = createSingle(cf -> cf.withCloseTimeout(Duration.ZERO));
    HeldTask running = new HeldTask();
    var _ = executor.submit(running);
    running.awaitStarted();
    Future<String> waiting = executor.submit(() -> "never");
    Caller<String> getter = Caller.start(() -> soon(waiting)).awaitBlocked();
    executor.close();
    assertThat(getter.failure()).isInstanceOf(CancellationException.class);
    await().until(executor::isTerminated);
  }

  private static Caller<Void> closing(TaskExecutor executor) {
    return Caller.start(() -> {
      executor.close();
      return null;
    });
  }
}
