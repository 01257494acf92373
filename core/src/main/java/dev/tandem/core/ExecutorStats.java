package dev.tandem.core;

/// Counts of an executor's tasks at about one moment. The counts are read one after the other while
/// work goes on, so they may disagree by the tasks that moved in between; once the executor is idle
/// they are exact. Each input of a `map` counts as one task once its result was taken.
///
/// @param name the executor's name
/// @param submitted tasks accepted so far
/// @param succeeded tasks that returned a result
/// @param failed tasks that threw or were stopped at their timeout
/// @param cancelled tasks that were cancelled
/// @param running tasks whose body is on a thread now, cancelled and timed-out ones included
/// @param queued tasks accepted that have neither started nor been cancelled
public record ExecutorStats(
    String name,
    long submitted,
    long succeeded,
    long failed,
    long cancelled,
    long running,
    long queued) {
  /// {@return tasks that have an outcome}
  public long completed() {
    return succeeded + failed + cancelled;
  }
}
