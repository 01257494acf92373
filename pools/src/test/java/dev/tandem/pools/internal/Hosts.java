package dev.tandem.pools.internal;

import java.util.function.UnaryOperator;

/// Makes hosts for tasks that run without an executor.
final class Hosts {
  private Hosts() {}

  static TaskHost host(TaskHost.Hooks hooks) {
    return new TaskHost("alone", ThreadOptions.of(UnaryOperator.identity()), 2, hooks);
  }
}
