package dev.tandem.pools.internal.executor;

import dev.tandem.core.TaskExecutor;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.core.internal.GuardedLog;
import java.util.ArrayList;
import java.util.List;
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
    for (TaskListener l : all) {
      try {
        l.submitted(task);
      } catch (Throwable e) {
        threw(l, "submitted", task, e);
      }
    }
  }

  @Override
  public void started(TaskInfo task) {
    for (TaskListener l : all) {
      try {
        l.started(task);
      } catch (Throwable e) {
        threw(l, "started", task, e);
      }
    }
  }

  @Override
  public void succeeded(TaskInfo task) {
    for (TaskListener l : all) {
      try {
        l.succeeded(task);
      } catch (Throwable e) {
        threw(l, "succeeded", task, e);
      }
    }
  }

  @Override
  public void failed(TaskInfo task, Throwable exception) {
    for (TaskListener l : all) {
      try {
        l.failed(task, exception);
      } catch (Throwable e) {
        threw(l, "failed", task, e);
      }
    }
  }

  @Override
  public void cancelled(TaskInfo task) {
    for (TaskListener l : all) {
      try {
        l.cancelled(task);
      } catch (Throwable e) {
        threw(l, "cancelled", task, e);
      }
    }
  }

  @Override
  public void ended(TaskInfo task) {
    for (TaskListener l : all) {
      try {
        l.ended(task);
      } catch (Throwable e) {
        threw(l, "ended", task, e);
      }
    }
  }

  private static void threw(TaskListener listener, String event, TaskInfo task, Throwable e) {
    String who = GuardedLog.text(listener);
    GuardedLog.warn(log, "Listener " + who + " threw at '" + event + "' of task " + task.name(), e);
  }
}
