package dev.tandem.benchmarks.executors;

/// Computes for as long as it is told to.
final class Burn {
  private static final int STEPS = 100_000;
  private static final int TRIES = 60;

  private Burn() {}

  /// Steps that each need the one before: a processor cannot do them faster side by side, nor the
  /// compiler leave them out, since the last is the result.
  static long steps(long count) {
    long x = 0x9E3779B97F4A7C15L;
    for (long i = 0; i < count; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /// {@return how many steps take a microsecond here, once they are compiled}
  static double stepsPerMicro() {
    double fastest = Double.MAX_VALUE;
    long sum = 0;
    for (int i = 0; i < TRIES; i++) {
      long begin = System.nanoTime();
      sum += steps(STEPS);
      fastest = Math.min(fastest, (System.nanoTime() - begin) / 1e3);
    }
    if (sum == 0) {
      throw new IllegalStateException("the steps lead nowhere");
    }
    return STEPS / fastest;
  }
}
