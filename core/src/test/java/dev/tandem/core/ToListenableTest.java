package dev.tandem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ToListenableTest {
  private final CompletableFuture<String> stage = new CompletableFuture<>();
  private final ListenableFuture<String> future = CompletableFutures.toListenable(stage);

  @Test
  void aResultPasses() {
    assertThat(future).isNotDone();
    stage.complete("x");
    assertThat(future.resultNow()).isEqualTo("x");
  }

  @Test
  void nullPasses() {
    stage.complete(null);
    assertThat(future.resultNow()).isNull();
  }

  @Test
  void anExceptionPasses() {
    IOException exception = new IOException("no route");
    stage.completeExceptionally(exception);
    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(exception);
  }

  @Test
  void theWrapperOfADerivedStageIsTakenOff() {
    IOException exception = new IOException("no route");
    ListenableFuture<Integer> derived =
        CompletableFutures.toListenable(stage.thenApply(String::length));
    stage.completeExceptionally(exception);
    assertThat(derived.exceptionNow()).isSameAs(exception);
  }

  @Test
  void aWrapperWithoutACauseStays() {
    CompletionException exception = new CompletionException("why", null);
    stage.completeExceptionally(exception);
    assertThat(future.exceptionNow()).isSameAs(exception);
  }

  @Test
  void cancellingTheStageCancelsTheFuture() {
    ListenableFuture<Integer> derived =
        CompletableFutures.toListenable(stage.thenApply(String::length));
    stage.cancel(true);
    assertThat(future.isCancelled()).isTrue();
    assertThat(derived.isCancelled()).isTrue();
  }

  @Test
  void cancellingTheFutureCancelsTheStage() {
    assertThat(future.cancel(true)).isTrue();
    assertThat(stage).isCancelled();
    assertThat(future.cancel(true)).isFalse();
  }

  @Test
  void cancellingAfterTheResultChangesNothing() {
    stage.complete("x");
    assertThat(future.cancel(true)).isFalse();
    assertThat(future.resultNow()).isEqualTo("x");
  }

  @Test
  void aStageThatCannotBeCancelledIsLeftAlone() {
    ListenableFuture<String> minimal =
        CompletableFutures.toListenable(stage.minimalCompletionStage());
    assertThat(minimal.cancel(true)).isTrue();
    assertThat(stage).isNotDone();
  }

  @Test
  void aStageWithoutACompletableFutureIsLeftAlone() {
    CompletableFuture<String> closed =
        new CompletableFuture<>() {
          @Override
          public CompletableFuture<String> toCompletableFuture() {
            throw new UnsupportedOperationException("allowed by CompletionStage");
          }
        };
    ListenableFuture<String> view = CompletableFutures.toListenable(closed);
    assertThat(view.cancel(true)).isTrue();
    assertThat(view.isCancelled()).isTrue();
  }

  @Test
  void orTimeoutArrivesAsAnException() {
    stage.orTimeout(20, TimeUnit.MILLISECONDS);
    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void thereAndBackIsTheSame() {
    CompletableFuture<String> round = CompletableFutures.fromListenable(future);
    round.cancel(true);
    assertThat(stage).isCancelled();

    CompletableFuture<String> other = new CompletableFuture<>();
    CompletableFuture<String> otherRound =
        CompletableFutures.fromListenable(CompletableFutures.toListenable(other));
    other.complete("x");
    assertThat(otherRound).isCompletedWithValue("x");
  }

  @Test
  void aStageIsNeeded() {
    assertThatNullPointerException()
        .isThrownBy(() -> CompletableFutures.toListenable(null))
        .withMessageContaining("stage");
  }
}
