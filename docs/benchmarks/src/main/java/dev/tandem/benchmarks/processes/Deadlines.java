package dev.tandem.benchmarks.processes;

import static com.google.common.util.concurrent.MoreExecutors.directExecutor;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.core.SerializableRunnable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskTimeoutException;
import dev.tandem.pools.ProcessPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future.State;

/// Prints by how many milliseconds the futures of endless loops miss their deadline of 300 ms: the
/// 99th percentile. Two loops at a time, so both processors of a small machine are taken.
public final class Deadlines {
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 20;

  private static final SerializableRunnable LOOP =
      () -> {
        while (true) {
          Thread.onSpinWait();
        }
      };

  private Deadlines() {}

  public static void main(String[] args) throws Exception {
    List<Double> overshoots = new ArrayList<>();
    try (var pool = Tandem.newProcessPool(Workers.COUNT)) {
      for (int round = 0; round < WARM_UP + ROUNDS; round++) {
        List<Double> figures = overshoots(pool);
        if (round >= WARM_UP) {
          overshoots.addAll(figures);
        }
      }
    }
    double[] sorted = overshoots.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(Locale.ROOT, "%.3f%n", Rounds.quantile(0.99, sorted));
  }

  private static List<Double> overshoots(ProcessPool pool) throws Exception {
    Workers.awaitIdle(pool, Workers.COUNT);
    List<CompletableFuture<Double>> ends = new ArrayList<>();
    for (int i = 0; i < Workers.COUNT; i++) {
      ends.add(overshoot(pool));
    }
    List<Double> figures = new ArrayList<>();
    for (var end : ends) {
      figures.add(end.get());
    }
    return figures;
  }

  private static CompletableFuture<Double> overshoot(ProcessPool pool) {
    var end = new CompletableFuture<Double>();
    long begin = System.nanoTime();
    var future = pool.submit(Task.of("loop", LOOP).withTimeout(TIMEOUT));
    future.addListener(
        () -> {
          double taken = Rounds.millisecondsSince(begin);
          if (future.state() == State.FAILED
              && future.exceptionNow() instanceof TaskTimeoutException) {
            end.complete(taken - TIMEOUT.toMillis());
          } else {
            end.completeExceptionally(
                new IllegalStateException("no timeout", future.exceptionNow()));
          }
        },
        directExecutor());
    return end;
  }
}
