package dev.tandem.pools.internal.executor;

import static java.util.Objects.requireNonNull;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.GuardedLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several listeners as one that never throws.
public final class TaskListeners implements TaskListener {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  public static final TaskListeners NONE = new TaskListeners(List.of());

  private final TaskListener[] all;

  TaskListeners(List<TaskListener> all) {
    this.all = all.toArray(TaskListener[]::new);
  }

  public TaskListeners and(TaskListener another) {
    var more = new ArrayList<>(List.of(all));
    more.add(another);
    return new TaskListeners(more);
  }

  public boolean isEmpty() {
    return all.length == 0;
  }

  // no lambdas here: each would be an object per event of each task

  @Override
  public void submitted(TaskInfo task) {
    tell("submitted", task, null);
  }

  @Override
  public void started(TaskInfo task) {
    tell("started", task, null);
  }

  @Override
  public void succeeded(TaskInfo task) {
    tell("succeeded", task, null);
  }

  @Override
  public void failed(TaskInfo task, Throwable exception) {
    tell("failed", task, exception);
  }

  @Override
  public void cancelled(TaskInfo task) {
    tell("cancelled", task, null);
  }

  @Override
  public void ended(TaskInfo task) {
    tell("ended", task, null);
  }

  private void tell(String event, TaskInfo task, @Nullable Throwable exception) {
    for (TaskListener listener : all) {
      try {
        switch (event) {
          case "submitted" -> listener.submitted(task);
          case "started" -> listener.started(task);
          case "succeeded" -> listener.succeeded(task);
          case "failed" -> listener.failed(task, requireNonNull(exception));
          case "cancelled" -> listener.cancelled(task);
          default -> listener.ended(task);
        }
      } catch (Throwable e) {
        String who = GuardedLog.text(listener);
        GuardedLog.warn(
            log, "Listener " + who + " threw at '" + event + "' of task " + task.name(), e);
      }
    }
  }
}
