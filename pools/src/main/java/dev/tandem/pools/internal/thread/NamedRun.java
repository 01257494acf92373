package dev.tandem.pools.internal.thread;

import dev.tandem.core.Task;
import dev.tandem.core.internal.Bodies;
import dev.tandem.pools.internal.executor.TaskListeners;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A run of a [Task], which has a name and may have limits of its own. It does not keep the task: a
/// body may have captured much.
class NamedRun<T extends @Nullable Object> extends TaskRun<T> {
  private final String name;
  private final long timeoutNanos;
  private final long graceNanos;

  /// For dumps. A plain field: a dump that misses it says less.
  private long startedAt;

  NamedRun(ThreadHost host, Task<T> task) {
    super(host, host.inContext(Bodies.named(task.name(), task.body())));
    this.name = task.name();
    this.timeoutNanos = nanos(task.timeout(), host.timeoutNanos);
    this.graceNanos = nanos(task.grace(), host.graceNanos);
  }

  private static long nanos(@Nullable Duration own, long general) {
    return own == null ? general : TimeUnit.NANOSECONDS.convert(own);
  }

  @Override
  public final String title() {
    return name;
  }

  @Override
  final void begins() {
    startedAt = System.nanoTime() | 1; // never 0
  }

  /// {@return when it began, in `System.nanoTime`; 0 if it has not}
  final long startedAt() {
    return startedAt;
  }

  @Override
  final long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  final long graceNanos() {
    return graceNanos;
  }

  /// A run with a listener of its own beside the executor's.
  static final class Listened<T extends @Nullable Object> extends NamedRun<T> {
    private final TaskListeners listeners;

    Listened(ThreadHost host, Task<T> task, TaskListeners listeners) {
      super(host, task);
      this.listeners = listeners;
    }

    @Override
    protected TaskListeners listeners() {
      return listeners;
    }
  }
}
