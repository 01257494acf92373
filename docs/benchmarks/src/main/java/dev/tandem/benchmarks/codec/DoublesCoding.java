package dev.tandem.benchmarks.codec;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// An argument: 1 MiB of numbers.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class DoublesCoding {

  private final Endpoints endpoints = new Endpoints(new double[1 << 17]);

  @Benchmark
  public Object encode() throws Exception {
    return endpoints.encode();
  }

  @Benchmark
  public Object serialize() throws Exception {
    return endpoints.serialize();
  }

  @Benchmark
  public Object decode() throws Exception {
    return endpoints.decode();
  }

  @Benchmark
  public Object deserialize() throws Exception {
    return endpoints.deserialize();
  }
}
