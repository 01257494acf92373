package dev.tandem.pools.internal;

import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/// Makes the pieces that the tests race.
final class StressTasks {
  private StressTasks() {}

  static TaskHost host(TaskHost.Hooks hooks) {
    return new TaskHost("stress", ThreadOptions.of(UnaryOperator.identity()), 2, hooks);
  }

  static <T> TaskRun<T> task(TaskHost host, Callable<T> body) {
    return new TaskRun<>(host, body);
  }

  /// Counts what must happen exactly once.
  static final class EndCount implements TaskHost.Hooks {
    private final java.util.concurrent.atomic.AtomicInteger ends =
        new java.util.concurrent.atomic.AtomicInteger();

    @Override
    public void bodyEnded() {
      ends.incrementAndGet();
    }

    int get() {
      return ends.get();
    }
  }
}
