package dev.tandem.pools.internal.executor;

import dev.tandem.core.internal.GuardedLog;
import dev.tandem.core.internal.TandemEvent;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/// What becomes of a task that is submitted, for Flight Recorder. Loaded only where `jdk.jfr` is
/// there.
final class JfrAdmissionEvents {
  private JfrAdmissionEvents() {}

  @Name("dev.tandem.TaskSubmitted")
  @Label("Task Submitted")
  @Description("A Tandem executor has accepted a task")
  @Enabled(false)
  static final class Submitted extends TandemEvent {
    static final Submitted PROBE = new Submitted();

    @Label("Task")
    @Description("The name that it was given; null if it has a number only")
    @Nullable String task;

    @Label("Number")
    @Description("Its number in the executor")
    long number;

    @Label("Executor")
    @Nullable String executor;
  }

  @Name("dev.tandem.TaskRejected")
  @Label("Task Rejected")
  @Description("A Tandem executor has not accepted a task, or had no thread for it")
  static final class Rejected extends TandemEvent {
    static final Rejected PROBE = new Rejected();

    @Label("Task")
    @Description("The name that it was given; null if it has none")
    @Nullable String task;

    @Label("Executor")
    @Nullable String executor;

    @Label("Reason")
    @Description("SHUT_DOWN, QUEUE_FULL, INTERRUPTED or NO_THREAD")
    @Nullable String reason;

    @Label("Message")
    @Nullable String message;
  }

  /// Loads the classes.
  static void load() {
    var _ = Submitted.PROBE;
    var _ = Rejected.PROBE;
  }

  static void accepted(AcceptedTask<?> task) {
    if (Submitted.PROBE.isEnabled()) {
      Submitted event = new Submitted();
      event.task = task.title();
      event.number = task.id();
      event.executor = task.executor();
      event.tell();
    }
  }

  static void rejected(AcceptedTask<?> task, String reason, Throwable cause) {
    if (!Rejected.PROBE.isEnabled()) {
      return;
    }
    Rejected event = new Rejected();
    event.task = task.title();
    event.executor = task.executor();
    event.reason = reason;
    event.message = GuardedLog.text(cause);
    event.tell();
  }
}
