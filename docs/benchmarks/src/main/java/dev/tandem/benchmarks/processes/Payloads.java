package dev.tandem.benchmarks.processes;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import java.time.Duration;
import java.util.Random;

/// Prints how many megabytes a second go to a worker, captured by a task, and come back, as its
/// result: one array of bytes at a time.
public final class Payloads {
  private static final int MIB = 1 << 20;
  private static final Duration WARM_UP = Duration.ofMillis(1_000);

  // what a worker gives back: making it is not what is measured
  private static byte[] kept = {};

  private Payloads() {}

  public static void main(String[] args) throws Exception {
    var figures = new Figures();
    measure("1m", MIB, 300, figures);
    measure("64m", 64 * MIB, 15, figures);
    figures.print();
  }

  private static void measure(String name, int size, int rounds, Figures figures) throws Exception {
    byte[] data = random(size);
    try (var pool =
        Tandem.newProcessPool(Workers.COUNT, cf -> cf.withInitializer(() -> keep(size)))) {
      figures
          .add("up_" + name, Rounds.median(WARM_UP, rounds, () -> up(pool, data)))
          .add("down_" + name, Rounds.median(WARM_UP, rounds, () -> down(pool, size)));
    }
  }

  private static double up(ProcessPool pool, byte[] data) throws Exception {
    long begin = System.nanoTime();
    byte last = pool.submit(() -> data[data.length - 1]).get();
    double taken = Rounds.secondsSince(begin);
    if (last != data[data.length - 1]) {
      throw new IllegalStateException("something else arrived in the worker");
    }
    return data.length / 1e6 / taken;
  }

  private static double down(ProcessPool pool, int size) throws Exception {
    long begin = System.nanoTime();
    byte[] result = pool.submit(() -> kept).get();
    double taken = Rounds.secondsSince(begin);
    if (result.length != size) {
      throw new IllegalStateException("bytes: " + result.length + " (expected: " + size + ")");
    }
    return size / 1e6 / taken;
  }

  private static void keep(int size) {
    kept = random(size);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
