package dev.tandem.cluster.internal;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.ThrowingRunnable;
import dev.tandem.pools.ProcessPool;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The run of a body on a member.
final class Bodies {
  private Bodies() {}

  /// {@return what the body returns; null if it returns nothing}
  ///
  /// @param body a `Callable` or a `Runnable`
  /// @param processes where it runs; null if on the current thread
  /// @throws Throwable what the body throws, or why its process was lost
  static @Nullable Object run(@Nullable Object body, @Nullable ProcessPool processes)
      throws Throwable {
    if (processes != null) {
      return runThere(body, processes);
    }
    return switch (body) {
      case Callable<?> callable -> callable.call();
      case ThrowingRunnable runnable -> {
        runnable.runChecked();
        yield null;
      }
      case Runnable runnable -> {
        runnable.run();
        yield null;
      }
      case null, default -> throw noBody(body);
    };
  }

  private static @Nullable Object runThere(@Nullable Object body, ProcessPool processes)
      throws Throwable {
    Future<?> future =
        switch (body) {
          case Callable<?> callable -> processes.submit(callable);
          case Runnable runnable -> processes.submit(runnable);
          case null, default -> throw noBody(body);
        };
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw requireNonNull(e.getCause());
    } catch (InterruptedException e) {
      future.cancel(true); // kills the process
      throw e;
    }
  }

  private static IllegalArgumentException noBody(@Nullable Object body) {
    return new IllegalArgumentException(
        "body: %s (expected: a Callable or a Runnable)"
            .formatted(body == null ? null : body.getClass().getName()));
  }
}
