package dev.tandem.pools.internal.process;

import dev.tandem.core.Task;
import dev.tandem.pools.internal.executor.TaskListeners;
import dev.tandem.pools.internal.process.fleet.Message;
import org.jspecify.annotations.Nullable;

/// A run of a [Task] in a worker process: it has a name, and may have limits and a listener of its
/// own.
public final class NamedProcessRun<T extends @Nullable Object> extends ProcessRun<T> {
  private final String name;
  private final long timeoutNanos;
  private final int retries;
  private final TaskListeners listeners;

  NamedProcessRun(
      ProcessPoolExecutor executor,
      @Nullable Message message,
      @Nullable SubmittedHere submitted,
      Task<T> task,
      long timeoutNanos,
      TaskListeners listeners) {
    super(executor, message, submitted);
    this.name = task.name();
    this.timeoutNanos = timeoutNanos;
    this.retries = task.retries();
    this.listeners = listeners;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return name;
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public int retries() {
    return retries;
  }

  @Override
  protected TaskListeners listeners() {
    return listeners;
  }
}
