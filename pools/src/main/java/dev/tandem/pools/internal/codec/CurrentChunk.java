package dev.tandem.pools.internal.wire;

import dev.tandem.core.SerializableCallable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The chunk of a map that a worker works on, in the context that the application put around
/// [#body()]. The context surrounds each input of the chunk, so that what the function sets for one
/// does not reach the next.
///
/// Thread: the worker's main thread.
public final class CurrentChunk {
  /// The inputs of a chunk.
  public interface Inputs {
    /// Applies the map's function to the next input.
    void applyNext() throws Exception;
  }

  private static @Nullable Inputs current;

  private CurrentChunk() {}

  /// Sets what [#body()] runs; null if no input waits for its context.
  public static void set(@Nullable Inputs inputs) {
    current = inputs;
  }

  /// {@return a callable that can be sent to a worker and applies the function there to the next
  /// input of the current chunk, once for each [#set]}
  public static Callable<@Nullable Void> body() {
    return (SerializableCallable<@Nullable Void>)
        () -> {
          Inputs inputs = current;
          if (inputs == null) {
            throw new IllegalStateException("no chunk of a map is running");
          }
          current = null;
          inputs.applyNext();
          return null;
        };
  }
}
