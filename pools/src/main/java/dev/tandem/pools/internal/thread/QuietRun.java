package dev.tandem.pools.internal.thread;

import dev.tandem.pools.internal.executor.UnreadFailure;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A task whose failure is handled by a part of Tandem, and needs no log record.
class QuietRun<T extends @Nullable Object> extends TaskRun<T> {
  QuietRun(ThreadHost host, Callable<T> body) {
    super(host, body);
  }

  @Override
  protected @Nullable UnreadFailure failedUnread(Throwable exception) {
    return null;
  }
}
