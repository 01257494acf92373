package dev.tandem.benchmarks.channels;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;

/// How the benchmarks that move elements measure: in elements a second. One operation of JMH starts
/// the threads, moves all elements through a new queue and waits for the threads.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1, time = 800, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Timeout(time = 1, timeUnit = TimeUnit.MINUTES)
@State(Scope.Thread)
public abstract class ItemRate {
  /// So many that it takes 50 ms and more. The system needs some milliseconds to give each of the
  /// threads a core of its own, and on a shared core those that spin get nowhere.
  static final int MANY = 5_000_000;

  /// For queues with a lock or a node for each element.
  static final int SOME = 1_500_000;

  /// For queues that park at each element.
  static final int FEW = 20_000;
}
