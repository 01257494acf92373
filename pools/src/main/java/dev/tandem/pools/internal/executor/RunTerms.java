package dev.tandem.pools.internal.executor;

import dev.tandem.core.Task;
import dev.tandem.core.TaskListener;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The terms on which a task runs in another JVM. Tasks without a name share those of their
/// executor.
///
/// @param name the name of a [Task]; null if the task has its number only
/// @param timeoutNanos how long it may run; 0 for ever
/// @param retries how often it runs again when the JVM that has it is lost
/// @param unread what becomes of a failure that is not read
public record RunTerms(
    @Nullable String name, long timeoutNanos, int retries, TaskListeners listeners, Unread unread) {
  /// What becomes of a failure that is not read.
  public enum Unread {
    /// It is logged when the future is collected, or the executor closes.
    LATER,
    /// It is logged at once: no caller has the future.
    NOW,
    /// It is not logged: a part of Tandem handles it.
    NEVER
  }

  public static RunTerms of(TaskHost host, Unread unread) {
    return new RunTerms(null, host.timeoutNanos, 0, host.listeners, unread);
  }

  /// {@return the terms of a task with a name}
  ///
  /// @param own a listener beside the executor's, or null
  /// @param retries the number of retries of a task that has none of its own
  public static RunTerms of(TaskHost host, Task<?> task, @Nullable TaskListener own, int retries) {
    return new RunTerms(
        task.name(),
        task.timeout() == null ? host.timeoutNanos : TimeUnit.NANOSECONDS.convert(task.timeout()),
        task.retriesOr(retries),
        own == null ? host.listeners : host.listeners.and(own),
        Unread.LATER);
  }

  /// {@return these terms with this number of retries}
  public RunTerms withRetries(int number) {
    return new RunTerms(name, timeoutNanos, number, listeners, unread);
  }
}
