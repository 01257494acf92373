package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.executor.UnreadFailure;
import dev.tandem.pools.internal.process.fleet.Message;
import org.jspecify.annotations.Nullable;

/// A body given to the `execute` of a process pool: nobody has its future, so a failure is logged
/// at once.
final class ExecuteProcessRun extends ProcessRun<@Nullable Void> {
  private final Runnable given;

  ExecuteProcessRun(ProcessPoolExecutor executor, @Nullable Message message, Runnable given) {
    super(executor, message, executor.submittedHere());
    this.given = given;
  }

  /// A logger's appender is code of users, too.
  @Override
  boolean tellsUsers() {
    return true;
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
