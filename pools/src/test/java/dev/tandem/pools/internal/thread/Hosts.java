package dev.tandem.pools.internal.thread;

import dev.tandem.pools.internal.executor.AcceptedTask;

/// Makes hosts for tasks that run without an executor.
public final class Hosts {
  private Hosts() {}

  /// {@return a task of a host that stops}
  public static AcceptedTask<Integer> stoppingTask() {
    ThreadHost host = host(new ThreadHost.Hooks() {});
    host.stop();
    return new TaskRun<>(host, () -> 1);
  }

  static ThreadHost host(ThreadHost.Hooks hooks) {
    return new ThreadHost("alone", ThreadOptions.of(cf -> cf), 2, hooks, Runnable::run);
  }
}
