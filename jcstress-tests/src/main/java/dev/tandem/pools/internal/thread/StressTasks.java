package dev.tandem.pools.internal.thread;

import dev.tandem.pools.internal.executor.AcceptedTask;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes the pieces that the tests race.
public final class StressTasks {
  private StressTasks() {}

  /// {@return a task of some host}
  public static AcceptedTask<Integer> task() {
    return task(host(new ThreadHost.Hooks() {}), () -> 1);
  }

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
