package dev.tandem.pools.internal;

/// Makes hosts for tasks that run without an executor.
final class Hosts {
  private Hosts() {}

  static ThreadHost host(ThreadHost.Hooks hooks) {
    return new ThreadHost("alone", ThreadOptions.of(cf -> cf), 2, hooks, Runnable::run);
  }
}
