package dev.tandem.core.internal;

import com.google.common.collect.MapMaker;
import dev.tandem.core.TaskInfo;
import java.util.Map;

/// When a dump has first seen a task that runs.
///
/// A task without a name is not stamped at its start: to read the clock costs a tenth of all that
/// such a task costs. The second dump knows for how long the first one is past, and so, at least,
/// the task runs; a task that hangs is in both.
public final class SeenBefore {
  private static final Map<TaskInfo, Long> seen = new MapMaker().weakKeys().makeMap();

  private SeenBefore() {}

  /// Says how long a task has been running.
  ///
  /// @param startedAt when it started, in `System.nanoTime`; 0 if that is not known
  public static void sayAge(DumpEntry entry, TaskInfo task, long startedAt) {
    long now = System.nanoTime();
    Long before = seen.putIfAbsent(task, now);
    boolean stamped = startedAt != 0;
    entry.span("ageMillis", ", for ", stamped ? (Long) (now - startedAt) : null, "");
    entry.span(
        "atLeastMillis",
        ", for at least ",
        stamped || before == null ? null : (Long) (now - before),
        "");
  }

  /// Forgets the tasks that have ended.
  public static void forgetEnded() {
    seen.keySet().removeIf(task -> !task.isRunning());
  }
}
