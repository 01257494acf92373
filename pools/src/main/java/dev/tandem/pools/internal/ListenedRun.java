package dev.tandem.pools.internal;

import dev.tandem.core.Task;
import dev.tandem.core.TaskListener;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A task with a listener of its own beside the executor's.
final class ListenedRun<T extends @Nullable Object> extends TaskRun<T> {
  private final TaskListeners listeners;

  ListenedRun(TaskHost host, Task<T> task, Callable<T> body, TaskListener own) {
    super(host, task, body);
    this.listeners = host.listeners.and(own);
  }

  @Override
  TaskListeners listeners() {
    return listeners;
  }
}
