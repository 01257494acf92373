package dev.tandem.pools.internal.executor;

import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// One `map`, `mapSettled` or `forEach` as its consumer sees it.
///
/// @param <R> what the consumer gets
public interface MapDriver<R extends @Nullable Object> {
  /// Waits for the next result.
  ///
  /// @return false at the end; if true, [#takeResult()] gives the result
  boolean advance() throws ExecutionException, InterruptedException;

  /// {@return the result that the last `advance` has found}
  R takeResult();

  /// Ends the map, if it has not ended; may be called by any thread.
  void close();

  boolean isOrdered();

  /// `shutdownNow`; may be called by any thread.
  void executorStopped();
}
