package dev.tandem.benchmarks.scopes;

import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.structured.Parallel;
import dev.tandem.structured.TaskScope;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/// Prints how long 1 to 100,000 subtasks take that each sleep for 10 ms, from the start of the
/// first to the end of the last, on virtual threads. The owner is a platform thread.
public final class FanOut {
  private static final int[] SUBTASKS = {1, 10, 100, 1_000, 10_000, 100_000};
  private static final int LIMIT = 1_000;
  private static final Duration SLEEP = Duration.ofMillis(10);
  private static final int ROUNDS = 5;

  private static final Callable<Integer> BODY = () -> sleep(1);

  private FanOut() {}

  private interface Way {
    void run(int subtasks) throws Exception;
  }

  /// @param args the way, and the milliseconds for a point
  public static void main(String[] args) throws Exception {
    var warmUp = Duration.ofMillis(2L * Integer.parseInt(args[1]));
    Way way = way(args[0]);
    Rounds.median(warmUp, 1, () -> millis(way, LIMIT));
    var figures = new Figures();
    for (int subtasks : SUBTASKS) {
      figures.add("" + subtasks, Rounds.median(ROUNDS, () -> millis(way, subtasks)));
    }
    figures.print();
  }

  private static Way way(String name) {
    return switch (name) {
      case "scope" -> FanOut::scope;
      case "map" -> subtasks -> Parallel.map(inputs(subtasks), LIMIT, FanOut::sleep);
      case "jdk" -> {
        Opener jdk = Opener.preview("JdkScopes");
        yield subtasks -> jdk.openToClose(subtasks, BODY);
      }
      case "invokeAll" -> FanOut::invokeAll;
      case "gatherer" -> FanOut::gatherer;
      default -> throw new IllegalArgumentException("way: " + name);
    };
  }

  private static double millis(Way way, int subtasks) throws Exception {
    long begin = System.nanoTime();
    way.run(subtasks);
    return Rounds.millisecondsSince(begin);
  }

  private static void scope(int subtasks) throws Exception {
    try (var scope = TaskScope.<Integer>open()) {
      for (int i = 0; i < subtasks; i++) {
        scope.fork(BODY);
      }
      scope.join();
    }
  }

  private static void invokeAll(int subtasks) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      executor.invokeAll(Collections.nCopies(subtasks, BODY));
    }
  }

  private static void gatherer(int subtasks) {
    List<Integer> results =
        inputs(subtasks).stream()
            .gather(Gatherers.mapConcurrent(LIMIT, FanOut::sleepQuietly))
            .toList();
    if (results.size() != subtasks) {
      throw new IllegalStateException("results: " + results.size());
    }
  }

  private static List<Integer> inputs(int subtasks) {
    return IntStream.range(0, subtasks).boxed().toList();
  }

  private static Integer sleep(Integer result) throws InterruptedException {
    Thread.sleep(SLEEP);
    return result;
  }

  private static Integer sleepQuietly(Integer result) {
    try {
      return sleep(result);
    } catch (InterruptedException e) {
      throw new IllegalStateException("no thread interrupts this one", e);
    }
  }
}
