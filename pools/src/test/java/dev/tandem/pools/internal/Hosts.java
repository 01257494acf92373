package dev.tandem.pools.internal;

/// Makes hosts for tasks that run without an executor.
final class Hosts {
  private Hosts() {}

  static TaskHost host(TaskHost.Hooks hooks) {
    return new TaskHost("alone", CommonOptions.DEFAULTS, false, 2, hooks, Runnable::run);
  }
}
