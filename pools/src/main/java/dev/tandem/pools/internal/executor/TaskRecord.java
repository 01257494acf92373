package dev.tandem.pools.internal.executor;

import dev.tandem.core.internal.FlightRecorder;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// What Flight Recorder is told of one task, from its submission to its outcome. There is none, and
/// nothing is allocated or measured, while no recording takes events of tasks. None of the methods
/// throws.
public interface TaskRecord {
  /// How the run of a body ended: the outcome of its future.
  enum Outcome {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED
  }

  /// {@return whether a recording takes events of tasks}
  static boolean isOn() {
    if (!FlightRecorder.isInUse()) {
      return false;
    }
    try {
      return JfrTaskEvent.isOn();
    } catch (Throwable _) { // its class could not be loaded, for lack of memory, files or stack
      return false;
    }
  }

  /// Tells of a task that was accepted.
  static void accepted(AcceptedTask<?> task) {
    if (FlightRecorder.isInUse()) {
      try {
        JfrAdmissionEvents.accepted(task);
      } catch (Throwable _) { // the task is accepted all the same
        // the recording lacks it
      }
    }
  }

  /// Loads the classes, before memory, files or stack are short.
  static void load() {
    if (FlightRecorder.isInUse()) {
      JfrTaskEvent.load();
      JfrAdmissionEvents.load();
    }
  }

  // ---- on threads

  /// {@return the body, which knows when it was submitted if events are taken}
  static <T extends @Nullable Object> Callable<T> stamped(Callable<T> body) {
    return isOn() ? JfrTaskEvent.ofSubmitted(body) : body;
  }

  /// {@return the record of a body that starts now; null if no events are taken}
  ///
  /// @param body one that [#stamped] has given; its queue time is not known if that was before the
  ///   events were enabled
  static @Nullable TaskRecord started(Callable<?> body) {
    return isOn() ? JfrTaskEvent.started(body) : null;
  }

  // ---- in other JVMs

  /// {@return the record of a task that is submitted now; null if no events are taken}
  static @Nullable TaskRecord submitted() {
    return isOn() ? JfrTaskEvent.ofSubmitted(null) : null;
  }

  /// Notes that the body starts, as far as is known. Of several calls the last counts.
  ///
  /// @param pid the process id of the worker that runs it; 0 if it is not known
  void starts(long pid);

  // ---- anywhere

  /// Notes that the body has ended.
  void ended();

  /// Gives the event to the recording, if the body has started. The first call to [#ended()] or to
  /// this ends it.
  ///
  /// @param failure the class of what the future fails with
  void settled(AcceptedTask<?> task, Outcome outcome, @Nullable Class<?> failure);

  /// Gives the event of a body that nothing has stopped.
  ///
  /// @param exception what it has thrown
  default void settled(AcceptedTask<?> task, @Nullable Throwable exception) {
    if (exception == null) {
      settled(task, Outcome.SUCCEEDED, null);
    } else {
      settled(task, Outcome.FAILED, exception.getClass());
    }
  }
}
