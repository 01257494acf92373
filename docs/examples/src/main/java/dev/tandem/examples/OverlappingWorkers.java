package dev.tandem.examples;

import com.google.common.util.concurrent.Futures;
import dev.tandem.Tandem;
import dev.tandem.core.Task;
import dev.tandem.examples.site.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Two workers with five steps each. One after the other their times add up; side by side the
/// longer one counts.
final class OverlappingWorkers {
  private OverlappingWorkers() {}

  private static List<String> work(String name, int millisPerStep) throws InterruptedException {
    List<String> log = new ArrayList<>();
    for (int step = 1; step <= 5; step++) {
      Slow.io(millisPerStep);
      log.add(name + step);
    }
    return log;
  }

  static List<List<String>> sequential() throws InterruptedException {
    return List.of(work("bake", 100), work("wash", 90));
  }

  static List<List<String>> concurrent() throws ExecutionException, InterruptedException {
    try (var pool = Tandem.newThreadPool(2)) {
      var bake = pool.submit(Task.of("bake", () -> work("bake", 100)));
      var wash = pool.submit(Task.of("wash", () -> work("wash", 90)));
      return Futures.allAsList(bake, wash).get();
    }
  }

  static void main() throws Exception {
    Timed.print("sequential", OverlappingWorkers::sequential);
    Timed.print("concurrent", OverlappingWorkers::concurrent);
  }
}
