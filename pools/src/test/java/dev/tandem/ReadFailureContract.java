package dev.tandem;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.MapOrderContract.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.tandem.core.CompletableFutures;
import dev.tandem.core.Outcome;
import dev.tandem.core.Outcome.Failure;
import dev.tandem.core.Task;
import dev.tandem.core.TaskExecutor;
import dev.tandem.testing.Caller;
import dev.tandem.testing.CapturedLog;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A failure that somebody has read is not logged.
interface ReadFailureContract extends ExecutorFixture {
  /// A way to learn of a failure.
  enum Reading {
    GET {
      @Override
      void read(ListenableFuture<String> future) {
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class);
      }
    },
    GET_WITH_TIMEOUT {
      @Override
      void read(ListenableFuture<String> future) {
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class);
      }
    },
    GET_UNINTERRUPTIBLY {
      @Override
      void read(ListenableFuture<String> future) {
        assertThatThrownBy(() -> Uninterruptibles.getUninterruptibly(future))
            .isInstanceOf(ExecutionException.class);
      }
    },
    EXCEPTION_NOW {
      @Override
      void read(ListenableFuture<String> future) {
        await().until(future::isDone);
        assertThat(future.exceptionNow()).hasMessage("no route");
      }
    },
    OUTCOME {
      @Override
      void read(ListenableFuture<String> future) {
        await().until(future::isDone);
        assertThat(Outcome.of(future)).isInstanceOf(Failure.class);
      }
    },
    CALLBACK {
      @Override
      void read(ListenableFuture<String> future) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Futures.addCallback(
            future,
            new FutureCallback<>() {
              @Override
              public void onSuccess(String result) {}

              @Override
              public void onFailure(Throwable t) {
                told.countDown();
              }
            },
            directExecutor());
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
      }
    },
    ALL_AS_LIST {
      @Override
      void read(ListenableFuture<String> future) {
        assertThatThrownBy(() -> Futures.allAsList(future).get())
            .isInstanceOf(ExecutionException.class);
      }
    },
    CATCHING {
      @Override
      void read(ListenableFuture<String> future) throws Exception {
        ListenableFuture<String> caught =
            Futures.catching(future, Exception.class, _ -> "caught", directExecutor());
        assertThat(caught.get()).isEqualTo("caught");
      }
    },
    COMPLETABLE_FUTURE {
      @Override
      void read(ListenableFuture<String> future) {
        assertThatThrownBy(() -> CompletableFutures.fromListenable(future).join())
            .isInstanceOf(CompletionException.class);
      }
    };

    abstract void read(ListenableFuture<String> future) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  default void aFailureThatWasReadIsNotLogged(Reading reading) throws Exception {
    TaskExecutor executor = create();
    String name = "read-" + reading;
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      reading.read(executor.submit(failing(name)));
      executor.close();
      assertThat(log.about(name)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  default void aFailureMayBeReadByAnotherThreadWhileItHappens(Reading reading) throws Exception {
    needs(Need.BACKGROUND);
    TaskExecutor executor = create();
    String name = "awaited-" + reading;
    HeldTask held = new HeldTask();
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      ListenableFuture<String> future =
          executor.submit(
              Task.of(
                  name,
                  () -> {
                    held.call();
                    throw new IllegalStateException("no route");
                  }));
      held.awaitStarted();
      Caller<Void> reader =
          Caller.start(() -> {
            reading.read(future);
            return null;
          });
      reader.awaitBlocked();
      held.release();
      reader.result();
      executor.close();
      assertThat(log.about(name)).isEmpty();
    }
  }

  @Test
  default void theFailuresOfAMapReachItsConsumerAndNotTheLog() {
    String name = "mapped-" + getClass().getSimpleName();
    TaskExecutor executor = create(cf -> cf.withName(name));
    try (CapturedLog log = CapturedLog.of(TaskExecutor.class)) {
      assertThatThrownBy(() -> executor.map(numbers(100), _ -> fail()).toList())
          .isInstanceOf(CompletionException.class);
      assertThat(executor.mapSettled(numbers(100), _ -> fail()).toList()).hasSize(100);
      assertThatThrownBy(() -> executor.forEach(numbers(100), _ -> fail()))
          .isInstanceOf(ExecutionException.class);
      executor.close();
      System.gc();
      assertThat(log.about(name)).isEmpty();
    }
  }

  private static Task<String> failing(String name) {
    return Task.of(name, () -> fail());
  }

  private static String fail() {
    throw new IllegalStateException("no route");
  }
}
