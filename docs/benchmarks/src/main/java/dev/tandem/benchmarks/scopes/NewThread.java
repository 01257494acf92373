package dev.tandem.benchmarks.scopes;

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

/// What it costs that a new virtual thread inherits the one inheritable thread-local there is. Not
/// started: that costs ten times as much and is the same for both. A scope's threads never inherit.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class NewThread {
  private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

  private final Runnable body = () -> {};
  private final Thread.Builder inheriting = Thread.ofVirtual().inheritInheritableThreadLocals(true);
  private final Thread.Builder plain = Thread.ofVirtual().inheritInheritableThreadLocals(false);

  @Setup
  public void set() {
    TENANT.set("acme");
  }

  @TearDown
  public void remove() {
    TENANT.remove();
  }

  @Benchmark
  public Thread plain() {
    return plain.unstarted(body);
  }

  @Benchmark
  public Thread inheriting() {
    return inheriting.unstarted(body);
  }
}
