package dev.tandem.pools.internal.thread;

import java.util.concurrent.Callable;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// A task for Flight Recorder. Loaded only where `jdk.jfr` is there.
@Name("dev.tandem.Task")
@Label("Task")
@Category("Tandem")
@Description("One task of a Tandem executor, from the start of its body to its end")
@StackTrace(false)
final class JfrTaskEvent extends Event {
  private static final JfrTaskEvent PROBE = new JfrTaskEvent();

  @Label("Task")
  @Nullable String task;

  @Label("Executor")
  @Nullable String executor;

  @Label("Failed")
  boolean failed;

  static boolean isOn() {
    return PROBE.isEnabled();
  }

  static <T extends @Nullable Object> T call(TaskRun<T> run, Callable<T> body) throws Exception {
    JfrTaskEvent event = new JfrTaskEvent();
    event.failed = true;
    event.begin();
    try {
      T result = body.call();
      event.failed = false;
      return result;
    } finally {
      event.end();
      if (event.shouldCommit()) {
        event.task = run.name();
        event.executor = run.executor();
        event.commit();
      }
    }
  }
}
