package dev.tandem.core;

import dev.tandem.core.internal.StatsSnapshot;

/// Counts of an executor's tasks at about one moment. The counts are read one after the other while
/// work goes on, so they may disagree by the tasks that moved in between; once the executor is idle
/// they are exact. Each input of a `map` counts as one task once its result was taken.
///
/// Immutable; equal if all counts and the name are. Only Tandem makes it, so that later versions
/// may count more.
public sealed interface ExecutorStats permits StatsSnapshot {
  /// {@return the executor's name}
  String name();

  /// {@return the number of tasks accepted so far}
  long submitted();

  /// {@return the number of tasks that returned a result}
  long succeeded();

  /// {@return the number of tasks that threw or were stopped at their timeout}
  long failed();

  /// {@return the number of tasks that were cancelled}
  long cancelled();

  /// {@return the number of tasks whose body is on a thread now, cancelled and timed-out ones
  /// included}
  long running();

  /// {@return the number of tasks accepted that have neither started nor been cancelled}
  long queued();

  /// {@return the number of tasks that have an outcome}
  long completed();

  /// {@return how many bytes of memory the executor's tasks have in common with this JVM: the
  /// segments, arrays and numbers of a process pool that are not closed, and 1 MiB for each of its
  /// workers that deals with large arrays; 0 for other executors}
  long sharedBytes();
}
