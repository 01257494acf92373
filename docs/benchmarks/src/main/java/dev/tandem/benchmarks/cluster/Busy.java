package dev.tandem.benchmarks.cluster;

import dev.tandem.benchmarks.Rounds;
import dev.tandem.core.SerializableFunction;
import dev.tandem.core.TaskExecutor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.stream.IntStream;

/// A map of tasks that each compute until they have had a millisecond of CPU time.
final class Busy {
  static final int TASKS = 2_000;
  private static final int ROUNDS = 3;
  private static final long TASK_NANOS = 1_000_000;
  private static final int STEPS = 2_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final List<Integer> INPUTS = IntStream.rangeClosed(1, TASKS).boxed().toList();
  private static final SerializableFunction<Integer, Integer> BURN = Busy::burn;

  private Busy() {}

  /// {@return how many tasks a second run, warm}
  static double rate(TaskExecutor executor) throws Exception {
    map(executor);
    return Rounds.median(ROUNDS, () -> map(executor));
  }

  private static double map(TaskExecutor executor) {
    long begin = System.nanoTime();
    long done;
    try (var results = executor.map(INPUTS, BURN)) {
      done = results.filter(result -> result != 0).count();
    }
    double taken = Rounds.secondsSince(begin);
    if (done != TASKS) {
      throw new IllegalStateException("done: " + done + " (expected: " + TASKS + ")");
    }
    return TASKS / taken;
  }

  /// {@return the microseconds of CPU time that a task costs the caller, who runs none}
  static double cpu(TaskExecutor executor) throws Exception {
    return Rounds.median(ROUNDS, () -> CpuTime.micros(() -> map(executor)) / TASKS);
  }

  private static int burn(int seed) {
    long end = THREADS.getCurrentThreadCpuTime() + TASK_NANOS;
    int x = seed; // not 0, and so never 0
    do {
      for (int i = 0; i < STEPS; i++) {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
      }
    } while (THREADS.getCurrentThreadCpuTime() < end);
    return x;
  }
}
