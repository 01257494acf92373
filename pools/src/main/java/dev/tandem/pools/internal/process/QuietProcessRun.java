package dev.tandem.pools.internal.process;

import dev.tandem.pools.internal.executor.UnreadFailure;
import dev.tandem.pools.internal.process.fleet.Message;
import org.jspecify.annotations.Nullable;

/// A task in a worker process whose failure is the business of whoever made it, and needs no log
/// record.
public final class QuietProcessRun<T extends @Nullable Object> extends ProcessRun<T> {
  QuietProcessRun(
      ProcessPoolExecutor executor, @Nullable Message message, @Nullable SubmittedHere submitted) {
    super(executor, message, submitted);
  }

  @Override
  protected @Nullable UnreadFailure failedUnread(Throwable exception) {
    return null;
  }
}
