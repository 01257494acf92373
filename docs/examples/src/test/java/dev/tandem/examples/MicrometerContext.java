package dev.tandem.examples;

import dev.tandem.core.ContextPropagator;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

// @start region="micrometer-adapter"
/** Carries to threads whatever is registered with Micrometer's context propagation. */
enum MicrometerContext implements ContextPropagator {
  INSTANCE;

  private static final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

  @Override
  public <T extends @Nullable Object> Callable<T> wrap(Callable<T> body) {
    return snapshots.captureAll().wrap(body);
  }
} // @end
