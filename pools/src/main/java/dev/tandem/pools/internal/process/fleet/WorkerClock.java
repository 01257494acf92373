package dev.tandem.pools.internal.process.fleet;

/// What a worker's `System.nanoTime` shows. All processes have one clock, on all systems that we
/// know; where they have not, it was told when the worker connected.
final class WorkerClock {
  private static final long MAX_WAY_NANOS = 10_000_000_000L;

  private volatile long ahead;

  /// What it showed when the worker said so, which was a moment ago.
  void showed(long nanos) {
    long difference = nanos - System.nanoTime();
    ahead = Math.abs(difference) < MAX_WAY_NANOS ? 0 : difference; // small is the way to us
  }

  /// {@return the time since then}
  ///
  /// @param then on the worker's clock
  long since(long then) {
    return System.nanoTime() + ahead - then;
  }
}
