package dev.tandem.examples.boot;

import dev.tandem.core.ExecutorStats;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Timers of tasks: `tandem.task.wait`, from submission to the start of the body, or to the end of
/// a task that never started; and `tandem.task.run`, from the start of the body to its real end,
/// also of one that was cancelled and took its time.
///
/// A task is recorded when both its outcome and its end are known; for a task that was stopped, the
/// outcome may be the later of the two.
final class TaskMeters implements TaskListener {
  /// What became of a task.
  enum Result {
    SUCCEEDED,
    FAILED,
    CANCELLED;

    String tag() {
      return TandemMetrics.tag(this);
    }

    long count(ExecutorStats stats) {
      return switch (this) {
        case SUCCEEDED -> stats.succeeded();
        case FAILED -> stats.failed();
        case CANCELLED -> stats.cancelled();
      };
    }
  }

  private final MeterRegistry registry;
  private final boolean byTask;
  private final Map<TaskInfo, Times> unfinished = new ConcurrentHashMap<>();

  TaskMeters(MeterRegistry registry, boolean byTask) {
    this.registry = registry;
    this.byTask = byTask;
  }

  @Override
  public void submitted(TaskInfo task) {
    unfinished.put(task, new Times(System.nanoTime()));
  }

  @Override
  public void started(TaskInfo task) {
    times(task).started(System.nanoTime());
  }

  @Override
  public void succeeded(TaskInfo task) {
    has(task, Result.SUCCEEDED);
  }

  @Override
  public void failed(TaskInfo task, Throwable exception) {
    has(task, Result.FAILED);
  }

  @Override
  public void cancelled(TaskInfo task) {
    has(task, Result.CANCELLED);
  }

  @Override
  public void ended(TaskInfo task) {
    Times times = times(task);
    if (times.ended(System.nanoTime())) {
      record(task, times);
    }
  }

  int unfinished() {
    return unfinished.size();
  }

  private void has(TaskInfo task, Result result) {
    Times times = times(task);
    if (times.has(result)) {
      record(task, times);
    }
  }

  private Times times(TaskInfo task) {
    return unfinished.computeIfAbsent(task, _ -> new Times(System.nanoTime()));
  }

  private void record(TaskInfo task, Times times) {
    unfinished.remove(task);
    Tags tags = Tags.of("executor", task.executor(), "outcome", times.outcome());
    if (byTask) {
      tags = tags.and("task", task.name());
    }
    registry.timer("tandem.task.wait", tags).record(times.waited(), TimeUnit.NANOSECONDS);
    if (times.hasStarted()) {
      registry.timer("tandem.task.run", tags).record(times.ran(), TimeUnit.NANOSECONDS);
    }
  }

  /// What is known of one task, told by up to three threads.
  private static final class Times {
    private final long submitted;
    private long start;
    private boolean hasStarted;
    private long end;
    private boolean hasEnded;
    private @Nullable Result result;

    Times(long submitted) {
      this.submitted = submitted;
    }

    synchronized void started(long now) {
      start = now;
      hasStarted = true;
    }

    /// {@return whether the task can be recorded now}
    synchronized boolean ended(long now) {
      end = now;
      hasEnded = true;
      return result != null;
    }

    /// {@return whether the task can be recorded now}
    synchronized boolean has(Result known) {
      result = known;
      return hasEnded;
    }

    synchronized String outcome() {
      return result == null ? "unknown" : result.tag();
    }

    synchronized boolean hasStarted() {
      return hasStarted;
    }

    synchronized long waited() {
      return (hasStarted ? start : end) - submitted;
    }

    synchronized long ran() {
      return end - start;
    }
  }
}
