package dev.tandem.core.internal;

import dev.tandem.core.TaskInfo;

/// What an executor's own task implements to be a [TaskInfo], which is sealed for everybody else.
public non-sealed interface LiveTask extends TaskInfo {}
