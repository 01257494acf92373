package dev.tandem.pools.internal.thread;

import dev.tandem.core.internal.Bodies;
import dev.tandem.pools.internal.executor.UnreadFailure;
import org.jspecify.annotations.Nullable;

/// A body given to `execute`. No caller has its future, so a failure is logged at once.
final class ExecuteRun extends TaskRun<@Nullable Void> {
  private final Runnable given;

  ExecuteRun(ThreadHost host, Runnable given) {
    super(host, host.inContext(Bodies.of(given, null)));
    this.given = given;
  }

  @Override
  protected @Nullable UnreadFailure failedUnread(Throwable exception) {
    UnreadFailure.log("Task " + name() + " failed", name(), host.isStopping(), exception);
    return null;
  }

  @Override
  public @Nullable Runnable withdraw() {
    return super.withdraw() == null ? null : given;
  }
}
