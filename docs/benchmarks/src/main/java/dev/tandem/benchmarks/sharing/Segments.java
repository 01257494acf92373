package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/// Prints how many milliseconds pass from the submit of a task that captures a segment of 64 MiB,
/// which its worker has not seen before, until the segment's first byte is back.
public final class Segments {
  static final int BYTES = 64 << 20;
  static final byte FIRST = 42;

  private static final Duration WARM_UP = Duration.ofMillis(1_000);
  private static final int ROUNDS = 15;

  private Segments() {}

  public static void main(String[] args) throws Exception {
    try (var pool = Tandem.newProcessPool(1)) {
      new Figures().add("segment", Rounds.median(WARM_UP, ROUNDS, () -> handOver(pool))).print();
    }
  }

  private static double handOver(ProcessPool pool) throws Exception {
    try (var segment = pool.newSegment(BYTES)) {
      segment.memory().set(ValueLayout.JAVA_BYTE, 0, FIRST);
      long begin = System.nanoTime();
      byte first = pool.submit(() -> segment.memory().get(ValueLayout.JAVA_BYTE, 0)).get();
      double taken = Rounds.millisecondsSince(begin);
      mustBeFirst(first);
      return taken;
    }
  }

  static void mustBeFirst(byte first) {
    if (first != FIRST) {
      throw new IllegalStateException("first byte: " + first + " (expected: " + FIRST + ")");
    }
  }
}
