package dev.tandem.benchmarks.codec;

import dev.tandem.core.SerializableCallable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A task: a lambda that has captured a number and a text.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class LambdaCoding {
  private static SerializableCallable<String> lambda(int number, String text) {
    return () -> text + number;
  }

  private final Endpoints endpoints = new Endpoints(lambda(3, "text"));

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
