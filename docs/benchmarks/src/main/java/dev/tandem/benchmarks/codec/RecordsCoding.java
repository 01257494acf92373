package dev.tandem.benchmarks.codec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A result: a list of 10,000 records.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class RecordsCoding {
  record Row(int id, String name, double price) implements Serializable {}

  private static List<Row> rows() {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> new Row(i, "name" + i, i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private final Endpoints endpoints = new Endpoints(rows());

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
