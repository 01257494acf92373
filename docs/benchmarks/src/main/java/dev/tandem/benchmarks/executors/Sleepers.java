package dev.tandem.benchmarks.executors;

import com.google.common.util.concurrent.ListenableFuture;
import dev.tandem.Tandem;
import dev.tandem.core.SerializableCallable;
import dev.tandem.core.TaskExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// 10,000 tasks that sleep 100 ms, all at once on virtual threads: the wall time from the first
/// start to the last end. The peer is the least code that does it: a thread and a latch.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@State(Scope.Thread)
public class Sleepers {
  static final int TASKS = 10_000;

  private final SerializableCallable<Integer> sleep =
      () -> {
        Thread.sleep(100);
        return 1;
      };

  @State(Scope.Thread)
  public static class Ours {
    final TaskExecutor executor = Tandem.newVirtualThreadExecutor();

    @TearDown
    public void close() {
      executor.close();
    }
  }

  @Benchmark
  public int ours(Ours ours) throws Exception {
    List<ListenableFuture<Integer>> futures = new ArrayList<>(TASKS);
    for (int i = 0; i < TASKS; i++) {
      futures.add(ours.executor.submit(sleep));
    }
    int sum = 0;
    for (var future : futures) {
      sum += future.get();
    }
    return sum;
  }

  @Benchmark
  public CountDownLatch rawThreads() throws Exception {
    var latch = new CountDownLatch(TASKS);
    Runnable body =
        () -> {
          try {
            sleep.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          } finally {
            latch.countDown();
          }
        };
    for (int i = 0; i < TASKS; i++) {
      Thread.startVirtualThread(body);
    }
    latch.await();
    return latch;
  }
}
