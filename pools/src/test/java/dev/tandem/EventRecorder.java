package dev.tandem;

import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A listener that notes what it is told, and by which thread.
final class EventRecorder implements TaskListener {
  /// One call of a listener's method.
  record Event(String step, TaskInfo task, Thread thread, Throwable exception) {}

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final Consumer<Event> action;

  EventRecorder() {
    this(_ -> {});
  }

  /// Creates a recorder.
  ///
  /// @param action is called with each event after it was noted, and may throw
  EventRecorder(Consumer<Event> action) {
    this.action = action;
  }

  @Override
  public void submitted(TaskInfo task) {
    add("submitted", task, null);
  }

  @Override
  public void started(TaskInfo task) {
    add("started", task, null);
  }

  @Override
  public void succeeded(TaskInfo task) {
    add("succeeded", task, null);
  }

  @Override
  public void failed(TaskInfo task, Throwable exception) {
    add("failed", task, exception);
  }

  @Override
  public void cancelled(TaskInfo task) {
    add("cancelled", task, null);
  }

  @Override
  public void ended(TaskInfo task) {
    add("ended", task, null);
  }

  private void add(String step, TaskInfo task, Throwable exception) {
    Event event = new Event(step, task, Thread.currentThread(), exception);
    events.add(event);
    action.accept(event);
  }

  List<Event> events() {
    return events;
  }

  List<String> steps() {
    return events.stream().map(Event::step).toList();
  }

  boolean hasEnded() {
    return steps().contains("ended");
  }

  /// {@return the only event of this kind}
  Event only(String step) {
    List<Event> found = events.stream().filter(e -> e.step().equals(step)).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one event " + step + ", got " + steps());
    }
    return found.getFirst();
  }
}
