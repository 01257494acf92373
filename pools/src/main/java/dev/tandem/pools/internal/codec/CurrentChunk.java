package dev.tandem.pools.internal.codec;

import dev.tandem.core.SerializableCallable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The chunk of a map that the current thread works on, in the context that the application put
/// around [#body()]. The context surrounds each input of the chunk, so that what the function sets
/// for one does not reach the next.
public final class CurrentChunk {
  /// The inputs of a chunk.
  public interface Inputs {
    /// Applies the map's function to the next input.
    void applyNext() throws Exception;
  }

  private static final ThreadLocal<@Nullable Inputs> current = new ThreadLocal<>();

  private CurrentChunk() {}

  /// Sets what [#body()] runs; null if no input waits for its context.
  public static void set(@Nullable Inputs inputs) {
    current.set(inputs);
  }

  /// {@return a callable that can be sent to another JVM and applies the function there to the next
  /// input of the current chunk, once for each [#set]}
  public static Callable<@Nullable Void> body() {
    return (SerializableCallable<@Nullable Void>)
        () -> {
          Inputs inputs = current.get();
          if (inputs == null) {
            throw new IllegalStateException("no chunk of a map is running");
          }
          current.set(null);
          inputs.applyNext();
          return null;
        };
  }
}
