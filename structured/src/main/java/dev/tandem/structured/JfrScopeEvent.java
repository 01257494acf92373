package dev.tandem.structured;

import dev.tandem.core.internal.TandemEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/// A scope for Flight Recorder. Loaded only where `jdk.jfr` is there: a scope keeps it as an object
/// of no type.
@Name("dev.tandem.Scope")
@Label("Scope")
@Description("One task scope, from its opening to the end of its close; its thread is the owner's")
final class JfrScopeEvent extends TandemEvent {
  private static final JfrScopeEvent PROBE = new JfrScopeEvent();

  @Label("Scope")
  @Description("Its path: the names of the scopes and subtasks around it, and its own")
  @Nullable String scope;

  @Label("Subtasks")
  @Description("How many were forked")
  int subtasks;

  @Label("Failed Subtasks")
  @Description("Whether a subtask has failed")
  boolean failed;

  @Label("Cancelled")
  @Description("Why it was cancelled before it was left")
  @Nullable String cancelled;

  @Label("Joined")
  @Description("Whether join came to its end")
  boolean joined;

  private JfrScopeEvent() {}

  /// {@return an event that has begun; null if none is recorded}
  static @Nullable Object started() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    JfrScopeEvent event = new JfrScopeEvent();
    event.begin();
    return event;
  }

  /// Ends the event of a scope.
  ///
  /// @param started what [#started()] gave
  /// @param reason why it was cancelled before its owner left; null if it was not
  static void ended(Object started, ScopeNode of, boolean joined, @Nullable CancelReason reason) {
    JfrScopeEvent event = (JfrScopeEvent) started;
    event.end();
    if (event.shouldCommit()) {
      event.scope = of.path();
      event.subtasks = of.state.forked();
      event.failed = of.firstFailure() != null;
      event.cancelled = reason == null ? null : reason.kind().text;
      event.joined = joined;
      event.tell();
    }
  }
}
