package dev.tandem.benchmarks.executors;

import dev.tandem.Tandem;
import dev.tandem.core.TaskExecutor;
import dev.tandem.structured.TaskScope;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A dump while 10,000 tasks run and a scope has 10,000 subtasks that run.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class DumpOfMany {
  static final int TASKS = 10_000;
  static final int SUBTASKS = 10_000;

  private final CountDownLatch started = new CountDownLatch(TASKS + SUBTASKS);
  private final CountDownLatch end = new CountDownLatch(1);
  private TaskExecutor executor;
  private Thread owner;

  @Setup
  public void open() throws InterruptedException {
    executor = Tandem.newVirtualThreadExecutor(cf -> cf.withName("many"));
    for (int i = 0; i < TASKS; i++) {
      executor.execute(this::run);
    }
    owner = Thread.ofVirtual().start(this::own);
    started.await();
  }

  private void run() {
    started.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void own() {
    try (var scope = TaskScope.open(cf -> cf.withName("many"))) {
      for (int i = 0; i < SUBTASKS; i++) {
        scope.fork(this::run);
      }
      scope.join();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @TearDown
  public void close() throws InterruptedException {
    end.countDown();
    owner.join();
    executor.close();
  }

  @Benchmark
  public String text() {
    return Tandem.dump();
  }

  @Benchmark
  public String json() {
    return Tandem.dumpJson();
  }
}
