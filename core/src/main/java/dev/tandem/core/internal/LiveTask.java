package dev.tandem.core.internal;

import dev.tandem.core.TaskInfo;

/// The supertype of executors' own tasks, which makes them a [TaskInfo]: that interface is sealed.
public non-sealed interface LiveTask extends TaskInfo {
  /// {@return the process id of the worker that runs the task; 0 if none does, or it is not known}
  default long workerPid() {
    return 0;
  }
}
