package dev.tandem.core;

import com.google.common.util.concurrent.AbstractFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A listenable view of a completion stage.
final class StageFuture<T extends @Nullable Object> extends AbstractFuture<T> {
  private final CompletionStage<T> stage;

  private StageFuture(CompletionStage<T> stage) {
    this.stage = stage;
  }

  static <T extends @Nullable Object> StageFuture<T> follow(CompletionStage<T> stage) {
    StageFuture<T> future = new StageFuture<>(stage);
    var _ = stage.whenComplete(future::complete);
    return future;
  }

  private void complete(T value, @Nullable Throwable exception) {
    if (exception == null) {
      set(value);
      return;
    }
    Throwable cause = exception.getCause();
    Throwable thrown =
        exception instanceof CompletionException && cause != null ? cause : exception;
    if (thrown instanceof CancellationException) {
      super.cancel(false);
    } else {
      setException(thrown);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!super.cancel(mayInterruptIfRunning)) {
      return false;
    }
    try {
      stage.toCompletableFuture().cancel(mayInterruptIfRunning);
    } catch (UnsupportedOperationException e) {
      // a stage may refuse to be a future; then it cannot be cancelled
    }
    return true;
  }
}
