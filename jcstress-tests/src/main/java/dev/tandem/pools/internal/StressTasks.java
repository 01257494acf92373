package dev.tandem.pools.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes the pieces that the tests race.
final class StressTasks {
  private StressTasks() {}

  static ThreadHost host(ThreadHost.Hooks hooks) {
    return new ThreadHost("stress", ThreadOptions.of(cf -> cf), 2, hooks, Runnable::run);
  }

  /// {@return a task as an executor has it: accepted}
  static <T> TaskRun<T> task(ThreadHost host, Callable<T> body) {
    TaskRun<T> task = new TaskRun<>(host, body);
    task.accept();
    return task;
  }

  /// Counts what must happen exactly once.
  static final class EndCount implements ThreadHost.Hooks {
    private final AtomicInteger ends = new AtomicInteger();

    @Override
    public void bodyEnded() {
      ends.incrementAndGet();
    }

    int get() {
      return ends.get();
    }
  }
}
