package dev.tandem.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// How futures fail, and how soon.
public final class Failures {
  private Failures() {}

  /// Waits for a future that fails.
  ///
  /// @return the cause
  public static Throwable cause(Future<?> future) {
    Throwable thrown = catchThrowable(() -> future.get(40, TimeUnit.SECONDS));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    return thrown.getCause();
  }

  /// Waits for a future that fails.
  ///
  /// @return the cause, which is of that type
  public static <X extends Throwable> X cause(Future<?> future, Class<X> type) {
    Throwable cause = cause(future);
    assertThat(cause).isInstanceOf(type);
    return type.cast(cause);
  }

  /// Waits for a future whose worker is lost.
  ///
  /// @return what is known of that
  static WorkerCrashedException crash(Future<?> future) {
    return cause(future, WorkerCrashedException.class);
  }

  /// Prints a figure that has a bound on an idle machine, and asserts that it isn't far from it.
  ///
  /// @param what which row of the failures, and what was measured
  /// @param since when that began
  static void figure(String what, long since) {
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    System.out.println("%s: %.1f ms".formatted(what, took.toNanos() / 1e6));
    assertThat(took).as(what).isLessThan(Duration.ofSeconds(30));
  }
}
