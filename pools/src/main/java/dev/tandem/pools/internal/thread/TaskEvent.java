package dev.tandem.pools.internal.thread;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The way of each task to Java Flight Recorder, where the module `jdk.jfr` is there and the event
/// is enabled.
final class TaskEvent {
  private static final boolean JFR_PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private TaskEvent() {}

  static boolean isOn() {
    return JFR_PRESENT && JfrTaskEvent.isOn();
  }

  static <T extends @Nullable Object> T call(TaskRun<T> run, Callable<T> body) throws Exception {
    return JfrTaskEvent.call(run, body);
  }
}
