package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.codec.Output;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Outputs that are used again and again to encode: at most as many as threads encode at the same
/// time.
final class Outputs {
  private static final int PLACES = 16;
  private static final int STRIDE = 16; // one place per cache line

  private final AtomicReferenceArray<@Nullable Output> places =
      new AtomicReferenceArray<>(PLACES * STRIDE);
  private final long limit;

  Outputs(long limit) {
    this.limit = limit;
  }

  private static int place() {
    return ((int) Thread.currentThread().threadId() & (PLACES - 1)) * STRIDE;
  }

  /// {@return an empty output, for the current thread until it gives it back}
  Output take() {
    Output kept = places.getAndSet(place(), null);
    return kept == null ? new Output(limit) : kept;
  }

  void giveBack(Output output) {
    output.reset();
    places.setRelease(place(), output);
  }
}
