package dev.tandem.pools.internal;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several listeners as one that never throws.
final class TaskListeners implements TaskListener {
  private static final Logger log = LoggerFactory.getLogger(TaskExecutor.class);

  private final TaskListener[] all;

  TaskListeners(List<TaskListener> all) {
    this.all = all.toArray(TaskListener[]::new);
  }

  TaskListeners and(TaskListener another) {
    var more = new java.util.ArrayList<>(List.of(all));
    more.add(another);
    return new TaskListeners(more);
  }

  boolean isEmpty() {
    return all.length == 0;
  }

  @Override
  public void submitted(TaskInfo task) {
    for (TaskListener l : all) {
      guard(task, "submitted", l, x -> x.submitted(task));
    }
  }

  @Override
  public void started(TaskInfo task) {
    for (TaskListener l : all) {
      guard(task, "started", l, x -> x.started(task));
    }
  }

  @Override
  public void succeeded(TaskInfo task) {
    for (TaskListener l : all) {
      guard(task, "succeeded", l, x -> x.succeeded(task));
    }
  }

  @Override
  public void failed(TaskInfo task, Throwable exception) {
    for (TaskListener l : all) {
      guard(task, "failed", l, x -> x.failed(task, exception));
    }
  }

  @Override
  public void cancelled(TaskInfo task) {
    for (TaskListener l : all) {
      guard(task, "cancelled", l, x -> x.cancelled(task));
    }
  }

  @Override
  public void ended(TaskInfo task) {
    for (TaskListener l : all) {
      guard(task, "ended", l, x -> x.ended(task));
    }
  }

  private static void guard(
      TaskInfo task, String event, TaskListener listener, Consumer<TaskListener> call) {
    try {
      call.accept(listener);
    } catch (Throwable e) {
      log.warn("Listener {} threw at '{}' of task {}", listener, event, task.name(), e);
    }
  }
}
