package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cancelling a task before, while and after it runs.
interface CancelContract extends ExecutorFixture {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void taskCancelledBeforeItStartedNeverRuns(boolean mayInterrupt) throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask running = new HeldTask();
    HeldTask waiting = new HeldTask();
    Future<String> first = executor.submit(running);
    running.awaitStarted();
    Future<String> future = executor.submit(waiting);
    assertThat(future.cancel(mayInterrupt)).isTrue();
    assertCancelled(future);
    running.release();
    assertThat(soon(first)).isEqualTo(HeldTask.RESULT);
    // had it been still there, it would have run before this one
    assertThat(soon(executor.submit(() -> "third"))).isEqualTo("third");
    assertThat(waiting.hasStarted()).isFalse();
  }

  @Test
  default void cancelWithInterruptStopsTheRunningBody() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    Future<String> future = executor.submit(held);
    held.awaitStarted();
    assertThat(future.cancel(true)).isTrue();
    assertCancelled(future);
    held.awaitInterrupted();
    held.awaitEnded();
  }

  @Test
  default void cancelWithoutInterruptLetsTheRunningBodyEnd() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    CompletableFuture<Boolean> flagAtTheEnd = new CompletableFuture<>();
    Future<String> future =
        executor.submit(() -> {
          String result = held.call();
          flagAtTheEnd.complete(Thread.currentThread().isInterrupted());
          return result;
        });
    held.awaitStarted();
    assertThat(future.cancel(false)).isTrue();
    assertCancelled(future);
    held.release();
    assertThat(soon(flagAtTheEnd)).isFalse();
    assertThat(held.wasInterrupted()).isFalse();
    assertCancelled(future);
  }

  @Test
  default void cancelOfRunningTaskReleasesThoseWhoWaitBeforeTheBodyEnds() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    HeldTask stubborn = HeldTask.stubborn();
    Future<String> future = executor.submit(stubborn);
    stubborn.awaitStarted();
    Caller<String> getter = Caller.start(future::get).awaitBlocked();
    assertThat(future.cancel(true)).isTrue();
    assertThat(getter.failure()).isInstanceOf(CancellationException.class);
    assertThat(stubborn.hasEnded()).isFalse();
    stubborn.release();
    stubborn.awaitEnded();
    assertCancelled(future);
  }

  @Test
  default void cancelOfEndedTaskChangesNothing() throws Exception {
    TaskExecutor executor = create();
    Future<String> good = executor.submit(() -> "done");
    IllegalStateException failure = new IllegalStateException("thrown on purpose");
    Future<String> bad =
        executor.submit(() -> {
          throw failure;
        });
    await().until(() -> good.isDone() && bad.isDone());
    assertThat(good.cancel(true)).isFalse();
    assertThat(bad.cancel(false)).isFalse();
    assertThat(good.isCancelled()).isFalse();
    assertThat(bad.isCancelled()).isFalse();
    assertThat(good.get()).isEqualTo("done");
    assertThat(bad.exceptionNow()).is(theOne(failure));
  }

  @Test
  default void cancelMayBeRepeated() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    Future<String> future = executor.submit(held);
    held.awaitStarted();
    assertThat(future.cancel(false)).isTrue();
    // which of the two answers a second call gives is left open
    var _ = future.cancel(false);
    assertCancelled(future);
    held.release();
  }

  @Test
  default void cancelTellsTheListenersOnce() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    ListenableFuture<String> future = executor.submit(held);
    AtomicInteger told = new AtomicInteger();
    future.addListener(told::incrementAndGet, directExecutor());
    held.awaitStarted();
    future.cancel(true);
    held.awaitEnded();
    executor.close();
    await().until(() -> told.get() > 0); // of a task elsewhere on a thread of its own
    assertThat(told).hasValue(1);
  }

  @Test
  default void whatCancelledBodyThrowsOrReturnsIsDropped() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask returns = HeldTask.stubborn();
    HeldTask throwing = HeldTask.stubborn();
    Future<String> first = executor.submit(returns);
    Future<String> second =
        executor.submit(() -> {
          var _ = throwing.call();
          throw new IllegalStateException("thrown on purpose");
        });
    returns.awaitStarted();
    throwing.awaitStarted();
    first.cancel(true);
    second.cancel(true);
    returns.release();
    throwing.release();
    executor.close();
    assertCancelled(first);
    assertCancelled(second);
  }

  @Test
  default void taskMayCancelItself() throws Exception {
    needs(Need.BACKGROUND, Need.SAME_JVM);
    TaskExecutor executor = create();
    CompletableFuture<Future<?>> itself = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Future<?> future =
        executor.submit(() -> {
          soon(itself).cancel(true);
          interrupted.complete(Thread.currentThread().isInterrupted());
        });
    itself.complete(future);
    assertThat(soon(interrupted)).isTrue();
    assertCancelled(future);
    executor.close();
  }

  @Test
  default void placeOfCancelledBodyIsTakenUntilItHasEnded() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    HeldTask stubborn = HeldTask.stubborn();
    Future<String> cancelled = executor.submit(stubborn);
    stubborn.awaitStarted();
    CompletableFuture<Boolean> alone = new CompletableFuture<>();
    var _ = executor.submit(() -> alone.complete(stubborn.hasEnded()));
    cancelled.cancel(true);
    stubborn.awaitInterrupted();
    assertThat(alone).isNotDone();
    stubborn.release();
    assertThat(soon(alone)).as("the second body started after the first had ended").isTrue();
  }

  @Test
  default void cancellingManyAtTheirStartLosesNoPlace() throws Exception {
    needs(Need.SAME_JVM);
    TaskExecutor executor = createSingle();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 1_000; i++) {
      Future<?> future =
          executor.submit(() -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
          });
      if (i % 3 == 0) {
        Thread.yield();
      }
      future.cancel(i % 2 == 0);
    }
    CountDownLatch after = new CountDownLatch(1);
    executor.execute(after::countDown);
    assertThat(after.await(20, SECONDS)).isTrue();
    assertThat(most.get()).as("bodies at once").isLessThanOrEqualTo(1);
    await().untilAsserted(() -> assertThat(executor.stats().running()).isZero());
    assertThat(executor.stats().queued()).isZero();
    assertThat(executor.stats().completed()).isEqualTo(1_001);
  }

  private static void assertCancelled(Future<?> future) {
    assertThat(future.isCancelled()).isTrue();
    assertThat(future.isDone()).isTrue();
    assertThat(future.state()).isEqualTo(Future.State.CANCELLED);
    assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> future.get(1, SECONDS));
    assertThatIllegalStateException().isThrownBy(future::resultNow);
    assertThatIllegalStateException().isThrownBy(future::exceptionNow);
  }
}
