package dev.tandem.core.internal;

import dev.tandem.core.TaskInfo;

/// The supertype of executors' own tasks, which makes them a [TaskInfo]: that interface is sealed.
public non-sealed interface LiveTask extends TaskInfo {}
