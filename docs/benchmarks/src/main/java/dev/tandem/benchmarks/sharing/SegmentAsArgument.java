package dev.tandem.benchmarks.sharing;

import dev.tandem.Tandem;
import dev.tandem.benchmarks.Figures;
import dev.tandem.benchmarks.Rounds;
import dev.tandem.pools.ProcessPool;
import java.time.Duration;

/// Prints what [Segments] does, of an array that the task captures.
public final class SegmentAsArgument {
  private static final Duration WARM_UP = Duration.ofMillis(1_000);
  private static final int ROUNDS = 15;

  private SegmentAsArgument() {}

  public static void main(String[] args) throws Exception {
    byte[] bytes = new byte[Segments.BYTES];
    bytes[0] = Segments.FIRST;
    try (var pool = Tandem.newProcessPool(1)) {
      new Figures()
          .add("argument", Rounds.median(WARM_UP, ROUNDS, () -> handOver(pool, bytes)))
          .print();
    }
  }

  private static double handOver(ProcessPool pool, byte[] bytes) throws Exception {
    long begin = System.nanoTime();
    byte first = pool.submit(() -> bytes[0]).get();
    double taken = Rounds.millisecondsSince(begin);
    Segments.mustBeFirst(first);
    return taken;
  }
}
