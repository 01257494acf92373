package dev.tandem.benchmarks.executors;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.core.TaskExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Prints how long a task takes from which so much is to be computed: 1 µs to 100 ms. Many of the
/// same size are given to two workers at once, and the time until all are done is divided by their
/// number, so half of the size is the best there is.
public final class TaskCosts {
  private static final int[] MICROS = {1, 10, 100, 1_000, 10_000, 100_000};
  private static final int WORKERS = 2;
  private static final int FEWEST = 8;
  private static final int MOST = 20_000;
  private static final int ROUNDS = 3;
  private static final int WARM_UP_POINTS = 6;

  private TaskCosts() {}

  /// Does so many tasks of so many steps.
  private interface Way {
    void run(int tasks, long steps) throws Exception;
  }

  /// @param args the way, and the milliseconds for a point
  public static void main(String[] args) throws Exception {
    int pointMillis = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "sequential" -> print(pointMillis, TaskCosts::inSequence);
      case "threads" -> print(pointMillis, Tandem.newThreadPool(WORKERS));
      case "jdkThreads" -> print(pointMillis, Executors.newFixedThreadPool(WORKERS));
      case "virtual" -> print(pointMillis, Tandem.newVirtualThreadExecutor());
      case "processes" -> {
        try (var pool = Tandem.newProcessPool(WORKERS)) {
          print(pointMillis, (tasks, steps) -> submitAll(pool, tasks, steps));
        }
      }
      case "processesMap" -> {
        try (var pool = Tandem.newProcessPool(WORKERS)) {
          print(pointMillis, (tasks, steps) -> map(pool, tasks, steps));
        }
      }
      default -> throw new IllegalArgumentException("way: " + args[0]);
    }
  }

  private static void print(int pointMillis, ExecutorService executor) throws Exception {
    try (executor) {
      print(
          pointMillis,
          (tasks, steps) -> {
            List<Future<Long>> futures = new ArrayList<>(tasks);
            for (int i = 0; i < tasks; i++) {
              futures.add(executor.submit(() -> Burn.steps(steps)));
            }
            getAll(futures);
          });
    }
  }

  private static void print(int pointMillis, Way way) throws Exception {
    double stepsPerMicro = Burn.stepsPerMicro();
    var figures = new Figures();
    // in front of the first point, of the smallest tasks, the compilers need longer
    var warmUp = Duration.ofMillis((long) WARM_UP_POINTS * pointMillis);
    for (int micros : MICROS) {
      int tasks = Math.clamp(pointMillis * 1_000L / micros, FEWEST, MOST);
      long steps = Math.round(stepsPerMicro * micros);
      figures.add(
          "" + micros, Rounds.median(warmUp, ROUNDS, () -> microsPerTask(way, tasks, steps)));
      warmUp = Duration.ofMillis(pointMillis / 2);
    }
    figures.print();
  }

  private static double microsPerTask(Way way, int tasks, long steps) throws Exception {
    long begin = System.nanoTime();
    way.run(tasks, steps);
    return Rounds.secondsSince(begin) * 1e6 / tasks;
  }

  private static void inSequence(int tasks, long steps) {
    for (int i = 0; i < tasks; i++) {
      check(Burn.steps(steps));
    }
  }

  // not the loop above: a lambda for an ExecutorService cannot be sent to a process
  private static void submitAll(TaskExecutor executor, int tasks, long steps) throws Exception {
    List<Future<Long>> futures = new ArrayList<>(tasks);
    for (int i = 0; i < tasks; i++) {
      futures.add(executor.submit(() -> Burn.steps(steps)));
    }
    getAll(futures);
  }

  private static void map(TaskExecutor executor, int tasks, long steps) {
    List<Integer> inputs = IntStream.range(0, tasks).boxed().toList();
    try (var results = executor.map(inputs, _ -> Burn.steps(steps))) {
      results.forEach(TaskCosts::check);
    }
  }

  private static void getAll(List<Future<Long>> futures) throws Exception {
    for (var future : futures) {
      check(future.get());
    }
  }

  private static void check(long result) {
    if (result == 0) {
      throw new IllegalStateException("the steps lead nowhere");
    }
  }
}
