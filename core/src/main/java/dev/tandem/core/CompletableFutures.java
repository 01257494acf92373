package dev.tandem.core;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;
import static dev.tandem.core.internal.Checks.notNull;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The bridge between Guava's futures, which Tandem's executors give, and the JDK's. Results,
/// exceptions and cancellation pass both ways.
///
/// {@snippet file="GuideSnippetsTest.java" region="completable-future"}
public final class CompletableFutures {
  private CompletableFutures() {}

  /// {@return a completable future that completes as `future` does}
  ///
  /// If the completable future is completed in another way (`cancel`, `complete`, `orTimeout`),
  /// `future` is cancelled and its task interrupted. Cancelling a stage *derived* from the
  /// completable future does not reach back; that is how completable futures work.
  ///
  /// A failure of `future` counts as read, whether or not the completable future is read.
  ///
  /// @param <T> the type of the result
  /// @param future the future to follow
  /// @throws NullPointerException if `future` is null
  public static <T extends @Nullable Object> CompletableFuture<T> fromListenable(
      ListenableFuture<T> future) {
    notNull(future, "future");
    CompletableFuture<T> bridge = new CompletableFuture<>();
    Futures.addCallback(
        future,
        new FutureCallback<T>() {
          @Override
          public void onSuccess(T result) {
            bridge.complete(result);
          }

          @Override
          public void onFailure(Throwable t) {
            if (future.isCancelled()) {
              bridge.cancel(false);
            } else {
              bridge.completeExceptionally(t);
            }
          }
        },
        directExecutor());
    // a no-op when it was the callback above that completed the bridge
    var _ = bridge.whenComplete((_, _) -> future.cancel(true));
    return bridge;
  }

  /// {@return a listenable future that completes as `stage` does} Cancelling it cancels `stage`, if
  /// that can be cancelled. A [java.util.concurrent.CompletionException] is taken off: its cause
  /// arrives.
  ///
  /// @param <T> the type of the result
  /// @param stage the stage to follow
  /// @throws NullPointerException if `stage` is null
  public static <T extends @Nullable Object> ListenableFuture<T> toListenable(
      CompletionStage<T> stage) {
    return StageFuture.follow(notNull(stage, "stage"));
  }
}
