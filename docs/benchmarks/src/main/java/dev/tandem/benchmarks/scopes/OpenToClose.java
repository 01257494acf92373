package dev.tandem.benchmarks.scopes;

import static dev.tandem.benchmarks.scopes.Opener.BODY;

import dev.tandem.structured.TaskScope;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A scope from its opening to its end, with forks that do nothing. The subclasses say how many
/// forks, and whether the owner is a virtual or a platform thread; all sides run with
/// `--enable-preview`, which only some of them need.
///
/// The owner is JMH's own thread, which `jmh.executor` makes a virtual one, so that no hand-over to
/// another thread is measured.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public abstract class OpenToClose {
  static final String PREVIEW = "--enable-preview";
  static final String VIRTUAL_OWNER = "-Djmh.executor=VIRTUAL";

  private final int forks;
  private final List<Callable<Integer>> bodies;

  OpenToClose(int forks) {
    this.forks = forks;
    this.bodies = Collections.nCopies(forks, BODY);
  }

  @State(Scope.Thread)
  public static class Jdk {
    final Opener scopes = Opener.preview("JdkScopes");
  }

  @State(Scope.Thread)
  public static class Jox {
    final Opener scopes = Opener.preview("JoxScopes");
  }

  @Benchmark
  public void ours() throws Exception {
    try (var scope = TaskScope.<Integer>open()) {
      for (int i = 0; i < forks; i++) {
        scope.fork(BODY);
      }
      scope.join();
    }
  }

  @Benchmark
  public void oursNamed() throws Exception {
    try (var scope = TaskScope.<Integer>open(cf -> cf.withName("checkout"))) {
      for (int i = 0; i < forks; i++) {
        scope.fork(BODY);
      }
      scope.join();
    }
  }

  @Benchmark
  public void jdk(Jdk jdk) throws Exception {
    jdk.scopes.openToClose(forks, BODY);
  }

  @Benchmark
  public void jox(Jox jox) throws Exception {
    jox.scopes.openToClose(forks, BODY);
  }

  /// An executor that is opened and closed, because only its `close` waits for the threads.
  @Benchmark
  public Object invokeAll() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.invokeAll(bodies);
    }
  }
}
