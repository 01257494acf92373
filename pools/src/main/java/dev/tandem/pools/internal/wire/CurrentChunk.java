package dev.tandem.pools.internal.wire;

import dev.tandem.core.SerializableCallable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The chunk of a map whose context a worker has just decoded. The context was put around [#body()]
/// by the application and surrounds the chunk's inputs in the worker.
///
/// Thread: the worker's main thread.
public final class CurrentChunk {
  /// The inputs of a chunk.
  public interface Inputs {
    /// Applies the map's function to each.
    void applyAll() throws Exception;
  }

  private static @Nullable Inputs current;

  private CurrentChunk() {}

  /// Sets what [#body()] runs; null if no chunk waits for its context.
  public static void set(@Nullable Inputs inputs) {
    current = inputs;
  }

  /// {@return a callable that can be sent to a worker and runs the current chunk there, once}
  public static Callable<@Nullable Void> body() {
    return (SerializableCallable<@Nullable Void>)
        () -> {
          Inputs inputs = current;
          if (inputs == null) {
            throw new IllegalStateException("no chunk of a map is running");
          }
          current = null;
          inputs.applyAll();
          return null;
        };
  }
}
