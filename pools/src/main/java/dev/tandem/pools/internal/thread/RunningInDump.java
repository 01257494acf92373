package dev.tandem.pools.internal.thread;

import com.google.common.collect.Iterables;
import dev.tandem.core.internal.DumpEntry;
import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.SeenBefore;
import java.util.List;

/// The part of a dump that shows tasks on threads.
final class RunningInDump {
  private static final int STACK_DEPTH = 5;
  private static final String TASKS = "tasks";

  private RunningInDump() {}

  /// Adds the tasks that run.
  static void add(DumpEntry executor, List<TaskRun<?>> running) {
    executor.list(TASKS);
    int shown = 0;
    for (TaskRun<?> task : running) {
      Thread thread = task.thread();
      if (thread != null) { // else it has just ended
        boolean stack = executor.dump().takeStack(shown++);
        executor.add(TASKS, task.name(), entry -> fill(entry, task, thread, stack));
      }
    }
  }

  private static void fill(DumpEntry entry, TaskRun<?> task, Thread thread, boolean stack) {
    entry
        .say("name", "", task.name(), "")
        .note("id", task.id())
        .say("thread", " on ", GuardedLog.text(thread), "")
        .note("threadId", thread.threadId())
        .note("state", thread.getState());
    SeenBefore.sayAge(entry, task, task instanceof NamedRun<?> named ? named.startedAt() : 0);
    entry.lines("stack", "at ", stack ? top(thread) : List.of());
  }

  private static List<String> top(Thread thread) {
    List<StackTraceElement> stack = List.of(thread.getStackTrace());
    // where it waits in the JDK says little; the caller of the JDK says more
    int own = Iterables.indexOf(stack, frame -> !isJdk(frame));
    return stack.stream()
        .skip(Math.max(0, own - 1))
        .limit(STACK_DEPTH)
        .map(StackTraceElement::toString)
        .toList();
  }

  private static boolean isJdk(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
  }
}
