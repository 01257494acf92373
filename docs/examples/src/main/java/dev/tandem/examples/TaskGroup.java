package dev.tandem.examples;

import com.google.common.base.Throwables;
import dev.tandem.examples.site.Slow;
import dev.tandem.structured.TaskScope;
import dev.tandem.structured.TaskScope.Subtask;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/// A task group: a flight, a hotel and a car are booked at the same time, all or nothing. If one
/// cannot be had, the others are stopped at once and undo what they have begun, and when the
/// failure is reported, nobody is still booking.
final class TaskGroup {
  private TaskGroup() {}

  record Trip(String flight, String hotel, String car) {}

  /// Somebody else's booking system.
  private static String book(String what, int millis) throws InterruptedException {
    Slow.io(millis);
    return what + " booked";
  }

  static Trip sequential() throws InterruptedException {
    return new Trip(book("flight", 120), book("hotel", 100), book("car", 80));
  }

  static Trip concurrent() throws ExecutionException, InterruptedException {
    try (var group = TaskScope.open(cf -> cf.withName("trip"))) {
      Subtask<String> flight = group.fork("flight", () -> book("flight", 120));
      Subtask<String> hotel = group.fork("hotel", () -> book("hotel", 100));
      Subtask<String> car = group.fork("car", () -> book("car", 80));
      group.join();
      return new Trip(flight.get(), hotel.get(), car.get());
    }
  }

  /// A trip for which there is no car.
  ///
  /// @return why it failed, and what was undone by then
  static List<String> soldOut() throws InterruptedException {
    Queue<String> log = new ConcurrentLinkedQueue<>();
    try (var group = TaskScope.open(cf -> cf.withName("trip"))) {
      group.fork("flight", () -> bookOrUndo("flight", log));
      group.fork("hotel", () -> bookOrUndo("hotel", log));
      group.fork(
          "car",
          () -> {
            Slow.io(20);
            throw new IllegalStateException("no car left");
          });
      group.join();
    } catch (ExecutionException e) {
      log.add(Throwables.getRootCause(e).getMessage()); // last: the others have ended before
    }
    return List.copyOf(log);
  }

  private static String bookOrUndo(String what, Queue<String> log) throws InterruptedException {
    try {
      return book(what, 60_000);
    } catch (InterruptedException e) {
      log.add(what + " undone");
      throw e;
    }
  }

  static void main() throws Exception {
    Timed.print("sequential", TaskGroup::sequential);
    Timed.print("concurrent", TaskGroup::concurrent);
    Timed.print("sold out", TaskGroup::soldOut);
  }
}
