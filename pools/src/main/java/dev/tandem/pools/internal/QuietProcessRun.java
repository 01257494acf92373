package dev.tandem.pools.internal;

import dev.tandem.pools.internal.process.Message;
import org.jspecify.annotations.Nullable;

/// A task in a worker process whose failure is the business of whoever made it, and needs no log
/// record.
final class QuietProcessRun<T extends @Nullable Object> extends ProcessRun<T> {
  QuietProcessRun(
      ProcessPoolExecutor executor, @Nullable Message message, @Nullable SubmittedHere submitted) {
    super(executor, message, submitted);
  }

  @Override
  @Nullable UnreadFailure failedUnread(Throwable exception) {
    return null;
  }
}
