package dev.tandem.benchmarks.channels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Round trips over two variables that both threads spin on.
final class SpinTrips {
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int THERE = 32;
  // two pairs of cache lines away, also from the array's length
  private static final int BACK = 64;
  private static final int LENGTH = 96;

  private SpinTrips() {}

  static long run(int trips) throws InterruptedException, ExecutionException {
    long[] cells = new long[LENGTH];
    return Crew.run(
        Crew.PLATFORM, List.of(() -> sendAndReceive(cells, trips), () -> echo(cells, trips)));
  }

  private static long sendAndReceive(long[] cells, int trips) {
    for (long i = 1; i <= trips; i++) {
      CELL.setVolatile(cells, THERE, i);
      awaitValue(cells, BACK, i);
    }
    return trips;
  }

  private static long echo(long[] cells, int trips) {
    for (long i = 1; i <= trips; i++) {
      awaitValue(cells, THERE, i);
      CELL.setVolatile(cells, BACK, i);
    }
    return 0;
  }

  private static void awaitValue(long[] cells, int index, long value) {
    while ((long) CELL.getVolatile(cells, index) != value) {
      Thread.onSpinWait();
    }
  }
}
