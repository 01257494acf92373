package dev.tandem.structured;

import java.time.Duration;
import java.util.Map;

/// A watchdog for the owner of a round, which reports the stacks of all threads when the round
/// hangs.
final class StressWatch {
  private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

  private StressWatch() {}

  static Thread unstarted(boolean virtual, Runnable body) {
    return virtual
        ? Thread.ofVirtual().name("owner").unstarted(body)
        : Thread.ofPlatform().daemon().name("owner").unstarted(body);
  }

  static void join(Thread owner, Object what) throws InterruptedException {
    if (owner.join(LONGEST_ROUND)) {
      return;
    }
    StringBuilder text = new StringBuilder("stuck in " + what + "\n" + TaskScope.dump());
    append(text, owner, owner.getStackTrace());
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      append(text, entry.getKey(), entry.getValue());
    }
    throw new AssertionError(text.toString());
  }

  private static void append(StringBuilder text, Thread thread, StackTraceElement[] stack) {
    text.append("\n%s is %s".formatted(thread, thread.getState()));
    for (StackTraceElement frame : stack) {
      text.append("\n    at ").append(frame);
    }
  }
}
