package dev.tandem.examples;

import dev.tandem.Tandem;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.Task;
import dev.tandem.core.TaskInfo;
import dev.tandem.core.TaskListener;
import dev.tandem.queues.Channel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import jdk.jfr.Recording;

/// Measures what it costs to look inside: nanoseconds of one task, submitted and waited for,
/// watched in several ways; and of asking for counts and dumps. The ways take turns, so that
/// whatever else the machine does hits them all; the figures are medians.
public final class CostOfWatching {
  private static final int BATCH = 256;
  private static final SerializableCallable<Integer> BODY = () -> 1;

  private final int batches;
  private final Map<String, List<Double>> nanos = new LinkedHashMap<>();

  private CostOfWatching(int batches) {
    this.batches = batches;
  }

  public static void main(String[] args) throws Exception {
    new CostOfWatching(1_200)
        .measure(14)
        .forEach((what, ns) -> System.out.printf(Locale.ROOT, "%-40s %,12.0f ns%n", what, ns));
  }

  /// Measures.
  ///
  /// @param batches how many batches of tasks to submit at a time
  /// @param rounds how often; the first third warms up
  static Map<String, Double> run(int batches, int rounds) throws Exception {
    return new CostOfWatching(batches).measure(rounds);
  }

  private Map<String, Double> measure(int rounds) throws Exception {
    LongAdder succeeded = new LongAdder();
    TaskListener counting =
        new TaskListener() {
          @Override
          public void succeeded(TaskInfo task) {
            succeeded.increment();
          }
        };
    CountDownLatch go = new CountDownLatch(1);
    Channel<Integer> channel = Channel.bounded(10);
    try (var plain = Tandem.newThreadPool(2);
        var listened = Tandem.newThreadPool(2, cf -> cf.withListener(counting));
        var renamed = Tandem.newThreadPool(2, cf -> cf.withThreadsNamedAfterTasks());
        var busy = Tandem.newThreadPool(10)) {
      for (int i = 0; i < 10; i++) {
        busy.execute(() -> go.await());
      }
      Task<Integer> named = Task.of("named", BODY);
      for (int round = 0; round < rounds; round++) {
        if (round == rounds / 3) {
          nanos.clear();
        }
        note("a task", tasks(() -> plain.submit(BODY)));
        note("a task with a name", tasks(() -> plain.submit(named)));
        note("a task with a listener", tasks(() -> listened.submit(BODY)));
        note("a task with its thread named after it", tasks(() -> renamed.submit(BODY)));
        try (Recording recording = new Recording()) {
          recording.enable("dev.tandem.Task");
          recording.start();
          note("a task with a recording", tasks(() -> plain.submit(BODY)));
        }
        note("Channel.stats()", each(batches * 100, () -> channel.stats()));
        note("TaskExecutor.stats(), ten running", each(batches * 10, () -> busy.stats()));
        note("Tandem.dump(), ten running", each(Math.max(1, batches / 10), () -> Tandem.dump()));
      }
      go.countDown();
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    nanos.forEach(
        (what, all) -> medians.put(what, all.stream().sorted().toList().get(all.size() / 2)));
    return medians;
  }

  private void note(String what, double value) {
    nanos.computeIfAbsent(what, _ -> new ArrayList<>()).add(value);
  }

  private double tasks(Callable<? extends Future<Integer>> submit) throws Exception {
    List<Future<Integer>> futures = new ArrayList<>(BATCH);
    return each(
            batches,
            () -> {
              for (int i = 0; i < BATCH; i++) {
                futures.add(submit.call());
              }
              for (Future<Integer> future : futures) {
                future.get();
              }
              futures.clear();
              return futures;
            })
        / BATCH;
  }

  private static double each(int times, Callable<?> action) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      action.call();
    }
    return (System.nanoTime() - start) / (double) times;
  }
}
