package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.testing.Caller.soon;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The futures: what they say before and after the end, and whom they tell.
interface FutureContract extends ExecutorFixture {
  @Test
  default void futureOfRunningTaskHasNothingToGiveYet() throws Exception {
    needs(Need.BACKGROUND);
    HeldTask held = new HeldTask();
    Future<String> future = create().submit(held);
    held.awaitStarted();
    assertThat(future.isDone()).isFalse();
    assertThat(future.isCancelled()).isFalse();
    assertThat(future.state()).isEqualTo(Future.State.RUNNING);
    assertThatIllegalStateException().isThrownBy(future::resultNow);
    assertThatIllegalStateException().isThrownBy(future::exceptionNow);
    held.release();
    assertThat(soon(future)).isEqualTo(HeldTask.RESULT);
  }

  @Test
  default void futureOfWaitingTaskHasNothingToGiveYet() throws Exception {
    TaskExecutor executor = createSingle();
    HeldTask held = new HeldTask();
    var _ = executor.submit(held);
    Future<String> future = executor.submit(() -> "second");
    assertThat(future.state()).isEqualTo(Future.State.RUNNING);
    assertThat(future.isDone()).isFalse();
    held.release();
    assertThat(soon(future)).isEqualTo("second");
  }

  @Test
  default void futureOfSuccessfulTaskGivesItsResult() throws Exception {
    Future<String> future = create().submit(() -> "done");
    assertThat(soon(future)).isEqualTo("done");
    assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
    assertThat(future.resultNow()).isEqualTo("done");
    assertThat(future.get(0, SECONDS)).isEqualTo("done");
    assertThat(future.get(-1, SECONDS)).isEqualTo("done");
    assertThat(future.get(Long.MAX_VALUE, DAYS)).isEqualTo("done");
    assertThatIllegalStateException().isThrownBy(future::exceptionNow);
  }

  @Test
  default void nullResultIsAResultLikeAnyOther() throws Exception {
    Future<String> future = create().submit(() -> null);
    assertThat(soon(future)).isNull();
    assertThat(future.state()).isEqualTo(Future.State.SUCCESS);
    assertThat(future.resultNow()).isNull();
  }

  @Test
  default void futureOfFailedTaskGivesItsException() {
    IOException failure = new IOException("thrown on purpose");
    Future<String> future =
        create()
            .submit(() -> {
              throw failure;
            });
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> soon(future))
        .havingCause()
        .is(theOne(failure));
    assertThat(future.state()).isEqualTo(Future.State.FAILED);
    assertThat(future.isDone()).isTrue();
    assertThat(future.isCancelled()).isFalse();
    assertThat(future.exceptionNow()).is(theOne(failure));
    assertThatIllegalStateException().isThrownBy(future::resultNow);
    // it stays readable
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> future.get(0, SECONDS))
        .havingCause()
        .is(theOne(failure));
    assertThat(failure).hasNoSuppressedExceptions();
  }

  @Test
  default void timedGetGivesUpAndTheTaskGoesOn() throws Exception {
    needs(Need.BACKGROUND);
    HeldTask held = new HeldTask();
    Future<String> future = create().submit(held);
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> future.get(20, MILLISECONDS));
    assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(0, MILLISECONDS));
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> future.get(-1, MILLISECONDS));
    assertThat(held.wasInterrupted()).isFalse();
    held.release();
    assertThat(soon(future)).isEqualTo(HeldTask.RESULT);
  }

  @Test
  default void timedGetRefusesNullUnit() {
    Future<String> future = create().submit(() -> "done");
    assertThatNullPointerException().isThrownBy(() -> future.get(1, null));
  }

  @Test
  default void interruptEndsGetAndTheTaskGoesOn() throws Exception {
    needs(Need.BACKGROUND);
    HeldTask held = new HeldTask();
    Future<String> future = create().submit(held);
    held.awaitStarted();
    Caller<String> untimed = Caller.start(future::get).awaitBlocked();
    Caller<String> timed = Caller.start(() -> future.get(1, DAYS)).awaitBlocked();
    untimed.interrupt();
    timed.interrupt();
    assertThat(untimed.failure()).isInstanceOf(InterruptedException.class);
    assertThat(timed.failure()).isInstanceOf(InterruptedException.class);
    assertThat(held.wasInterrupted()).isFalse();
    held.release();
    assertThat(soon(future)).isEqualTo(HeldTask.RESULT);
  }

  @Test
  default void everyWaitingThreadGetsTheResult() throws Exception {
    needs(Need.BACKGROUND);
    HeldTask held = new HeldTask();
    Future<String> future = create().submit(held);
    List<Caller<String>> callers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      callers.add(Caller.start(future::get).awaitBlocked());
    }
    held.release();
    for (Caller<String> caller : callers) {
      assertThat(caller.result()).isEqualTo(HeldTask.RESULT);
    }
  }

  @Test
  default void listenersRunOnceWhetherAddedBeforeOrAfterTheEnd() throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    HeldTask held = new HeldTask();
    ListenableFuture<String> future = executor.submit(held);
    AtomicInteger early = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    CountDownLatch told = new CountDownLatch(1);
    future.addListener(early::incrementAndGet, directExecutor());
    future.addListener(told::countDown, directExecutor());
    assertThat(early).hasValue(0);
    held.release();
    assertThat(told.await(20, SECONDS)).isTrue();
    assertThat(future.isDone()).isTrue();
    future.addListener(late::incrementAndGet, directExecutor());
    assertThat(late).hasValue(1);
    executor.close();
    assertThat(early).hasValue(1);
    assertThat(late).hasValue(1);
  }

  @Test
  default void listenerRunsOnTheExecutorGivenWithIt() throws Exception {
    needs(Need.SAME_JVM);
    ListenableFuture<String> future = create().submit(() -> "done");
    TaskExecutor other = create(cf -> cf.withName("other"));
    CompletableFuture<String> told = new CompletableFuture<>();
    future.addListener(() -> told.complete("told"), other);
    assertThat(soon(told)).isEqualTo("told");
  }

  @Test
  default void nullListenerIsRefused() {
    ListenableFuture<String> future = create().submit(() -> "done");
    assertThatNullPointerException().isThrownBy(() -> future.addListener(null, directExecutor()));
    assertThatNullPointerException().isThrownBy(() -> future.addListener(() -> {}, null));
  }

  @Test
  default void throwingListenerHarmsNeitherTheFutureNorTheExecutor() throws Exception {
    TaskExecutor executor = create();
    for (int i = 0; i < 10; i++) {
      ListenableFuture<String> future = executor.submit(() -> "done");
      future.addListener(
          () -> {
            throw new IllegalStateException("thrown on purpose");
          },
          directExecutor());
      assertThat(soon(future)).isEqualTo("done");
    }
  }

  @Test
  default void callbacksOfGuavaSeeResultAndException() throws Exception {
    TaskExecutor executor = create();
    IOException failure = new IOException("thrown on purpose");
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<Throwable> seenFailure = new CompletableFuture<>();
    Futures.addCallback(
        executor.submit(() -> "done"), intoFutures(seen, seenFailure), directExecutor());
    assertThat(soon(seen)).isEqualTo("done");
    ListenableFuture<String> failing =
        executor.submit(() -> {
          throw failure;
        });
    Futures.addCallback(failing, intoFutures(seen, seenFailure), directExecutor());
    assertThat(soon(seenFailure)).is(theOne(failure));
  }

  @Test
  default void guavaCombinesTheFutures() throws Exception {
    TaskExecutor executor = create();
    List<ListenableFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      futures.add(executor.submit(() -> number));
    }
    assertThat(soon(Futures.allAsList(futures))).containsExactly(0, 1, 2, 3, 4);
    ListenableFuture<Integer> derived =
        Futures.transform(futures.get(4), n -> n * 10, directExecutor());
    assertThat(soon(derived)).isEqualTo(40);
  }

  private static <T> FutureCallback<T> intoFutures(
      CompletableFuture<T> result, CompletableFuture<Throwable> failure) {
    return new FutureCallback<>() {
      @Override
      public void onSuccess(T value) {
        result.complete(value);
      }

      @Override
      public void onFailure(Throwable t) {
        failure.complete(t);
      }
    };
  }
}
