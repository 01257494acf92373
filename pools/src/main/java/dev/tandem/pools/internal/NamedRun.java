package dev.tandem.pools.internal;

import dev.tandem.core.Task;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A run of a [Task], which has a name and may have limits of its own.
class NamedRun<T extends @Nullable Object> extends TaskRun<T> {
  private final Task<T> task;

  NamedRun(TaskHost host, Task<T> task) {
    super(host, host.inContext(Bodies.named(task.name(), task.body())));
    this.task = task;
  }

  @Override
  public final String name() {
    return task.name();
  }

  @Override
  final boolean isNamed() {
    return true;
  }

  @Override
  final long timeoutNanos() {
    Duration own = task.timeout();
    return own == null ? super.timeoutNanos() : TimeUnit.NANOSECONDS.convert(own);
  }

  @Override
  final long graceNanos() {
    Duration own = task.grace();
    return own == null ? super.graceNanos() : TimeUnit.NANOSECONDS.convert(own);
  }

  /// A run with a listener of its own beside the executor's.
  static final class Listened<T extends @Nullable Object> extends NamedRun<T> {
    private final TaskListeners listeners;

    Listened(TaskHost host, Task<T> task, TaskListeners listeners) {
      super(host, task);
      this.listeners = listeners;
    }

    @Override
    TaskListeners listeners() {
      return listeners;
    }
  }
}
