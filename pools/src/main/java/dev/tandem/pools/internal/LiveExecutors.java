package dev.tandem.pools.internal;

import com.google.common.collect.MapMaker;
import dev.tandem.core.ExecutorStats;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The executors of this JVM that have not terminated, for a dump. It keeps none of them alive.
public final class LiveExecutors {
  private static final Set<AbstractTaskExecutor> all =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());
  private static final int STACK_DEPTH = 5;
  private static final int MAX_TASKS = 100;

  private LiveExecutors() {}

  static <E extends AbstractTaskExecutor> E register(E executor) {
    all.add(executor);
    return executor;
  }

  /// {@return a text for people: each live executor, its counts, and where its tasks are}
  public static String dump() {
    all.removeIf(AbstractTaskExecutor::isTerminated);
    List<AbstractTaskExecutor> sorted =
        all.stream().sorted(Comparator.comparing(executor -> executor.host.name)).toList();
    StringBuilder text = new StringBuilder("Tandem: %d live executors%n".formatted(sorted.size()));
    sorted.forEach(executor -> append(text, executor));
    return text.toString();
  }

  private static void append(StringBuilder text, AbstractTaskExecutor executor) {
    ExecutorStats stats = executor.stats();
    text.append(
        "%s%s: %d running, %d queued, %d succeeded, %d failed, %d cancelled%n"
            .formatted(
                stats.name(),
                executor.isShutdown() ? " (shut down)" : "",
                stats.running(),
                stats.queued(),
                stats.succeeded(),
                stats.failed(),
                stats.cancelled()));
    List<TaskRun<?>> running = executor.host.running();
    running.stream().limit(MAX_TASKS).forEach(task -> append(text, task));
    if (running.size() > MAX_TASKS) {
      text.append("  ... and %d more%n".formatted(running.size() - MAX_TASKS));
    }
  }

  private static void append(StringBuilder text, TaskRun<?> task) {
    Thread thread = task.thread();
    if (thread == null) {
      return; // it has just ended
    }
    text.append("  %s on %s%n".formatted(task.name(), thread));
    StackTraceElement[] stack = thread.getStackTrace();
    for (int i = 0; i < Math.min(STACK_DEPTH, stack.length); i++) {
      text.append("    at ").append(stack[i]).append(System.lineSeparator());
    }
  }
}
