package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FromListenableTest {
  private final SettableFuture<String> future = SettableFuture.create();
  private final CompletableFuture<String> bridge = CompletableFutures.fromListenable(future);

  @Test
  void aResultPasses() {
    assertThat(bridge).isNotDone();
    future.set("x");
    assertThat(bridge).isCompletedWithValue("x");
    assertThat(future.isCancelled()).isFalse();
  }

  @Test
  void nullPasses() {
    future.set(null);
    assertThat(bridge).isCompletedWithValue(null);
  }

  @Test
  void whatTheTaskThrewPassesUnwrapped() {
    IOException exception = new IOException("no route");
    future.setException(exception);
    assertThat(bridge).isCompletedExceptionally();
    assertThat(bridge.exceptionNow()).isSameAs(exception);
    assertThatThrownBy(bridge::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(exception);
  }

  @Test
  void aCancellationExceptionThatTheTaskThrewIsNoCancellation() {
    CancellationException thrown = new CancellationException("of something inside");
    future.setException(thrown);
    assertThat(future.isCancelled()).isFalse();
    assertThat(bridge).isDone();
  }

  @Test
  void cancellingTheTaskCancelsTheBridge() {
    future.cancel(false);
    assertThat(bridge).isCancelled();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(bridge::join);
  }

  @Test
  void cancellingTheBridgeCancelsTheTask() {
    bridge.cancel(false);
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void completingTheBridgeOtherwiseCancelsTheTask() {
    bridge.complete("cached");
    assertThat(future.isCancelled()).isTrue();
    assertThat(bridge).isCompletedWithValue("cached");
  }

  @Test
  void completingTheBridgeWithAnExceptionCancelsTheTask() {
    bridge.completeExceptionally(new IOException("stop"));
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void orTimeoutCancelsTheTask() {
    CountDownLatch cancelled = new CountDownLatch(1);
    future.addListener(cancelled::countDown, MoreExecutors.directExecutor());
    assertThatThrownBy(bridge.orTimeout(20, TimeUnit.MILLISECONDS)::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(await(cancelled)).isTrue();
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void completeOnTimeoutCancelsTheTask() {
    CountDownLatch cancelled = new CountDownLatch(1);
    future.addListener(cancelled::countDown, MoreExecutors.directExecutor());
    assertThat(bridge.completeOnTimeout("late", 20, TimeUnit.MILLISECONDS).join())
        .isEqualTo("late");
    assertThat(await(cancelled)).isTrue();
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void cancellingADerivedStageDoesNotReachTheTask() {
    bridge.thenApply(String::length).cancel(true);
    assertThat(future.isDone()).isFalse();
  }

  @Test
  void cancellingTheBridgeInterruptsTheBody() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (var executor = MoreExecutors.listeningDecorator(Executors.newSingleThreadExecutor())) {
      ListenableFuture<?> task =
          executor.submit(() -> {
            running.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException _) {
              interrupted.countDown();
            }
          });
      CompletableFuture<?> taskBridge = CompletableFutures.fromListenable(task);
      assertThat(await(running)).isTrue();
      taskBridge.cancel(true);
      assertThat(await(interrupted)).isTrue();
    }
  }

  @Test
  void aFutureIsNeeded() {
    assertThatNullPointerException()
        .isThrownBy(() -> CompletableFutures.fromListenable(null))
        .withMessageContaining("future");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
